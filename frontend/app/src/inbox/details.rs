//! The contact of the open conversation: facts, company, other conversations.

use leptos::prelude::*;
use leptos_router::components::A;
use types::conversations::{ListThreads, ThreadItem};
use types::crm::Contact;
use types::{ContactId, Permission, ThreadId};
use ui::{Avatar, AvatarSize, Icon, IconButton, IconName, Pill, Tone};

use super::loading::load_contact;
use super::path_of_thread;
use super::row::page_of;
use super::toggle_details;
use crate::browser;
use crate::commands::{Command, shortcut};
use crate::context::{App, use_app};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The right panel.
#[component]
pub fn Details() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = Memo::new(move |_| {
        app.read(|state| {
            let open = state.open.as_ref()?;
            state.threads.get(open.id).map(|item| (open.id, item.thread.contact_id))
        })
    });
    let may_read = app.may(Permission::ReadContacts);
    view! {
        <aside class="details" aria-label=text!(i18n, inbox.details)>
            <header>
                <IconButton
                    label=text!(i18n, inbox.hide_details)
                    icon=IconName::ChevronRight
                    kbd=shortcut(Command::ToggleDetails).unwrap_or_default()
                    on_press=move |_| toggle_details(app)
                />
            </header>
            <Show when=move || may_read.get()>
                {move || open.get().map(|(thread, contact)| view! { <ContactDetails thread contact /> })}
            </Show>
        </aside>
    }
}

#[component]
fn ContactDetails(thread: ThreadId, contact: ContactId) -> impl IntoView {
    let app = use_app();
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        load_contact(app, contact)
    });
    view! {
        <RemoteView remote>
            <Facts id=contact />
            <Origin thread />
            <Company id=contact />
            <OtherConversations thread contact />
        </RemoteView>
    }
}

/// The contact as events keep it. Tracked.
fn contact(app: App, id: ContactId) -> Option<Contact> {
    app.read(|state| state.directory.contacts.get(&id).cloned())
}

#[component]
fn Facts(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let current = Memo::new(move |_| contact(app, id));
    let name = Signal::derive(move || current.get().map(|contact| contact.name).unwrap_or_default());
    let fact = move |label: fn(crate::texts::I18n) -> &'static str,
                     value: fn(App, &Contact) -> Option<String>| {
        let value = Memo::new(move |_| {
            current.with(|contact| contact.as_ref().and_then(|contact| value(app, contact)))
        });
        move || {
            value.get().map(|value| {
                let title = value.clone();
                view! { <dt>{move || label(i18n)}</dt><dd class="trunc" title=title>{value}</dd> }
            })
        }
    };
    let verified = move || current.with(|contact| contact.as_ref().is_some_and(|contact| contact.verified));
    view! {
        <div class="who">
            <Avatar name key=id.to_string() size=AvatarSize::Large />
            <div class="trunc">
                <h2><A href=format!("/contacts/{id}")>{move || name.get()}</A></h2>
                <span class="muted trunc">{move || current.get().and_then(|contact| contact.job_title)}</span>
            </div>
        </div>
        <Show when=move || !verified()>
            <p><Pill tone=Tone::Warn icon=IconName::Info>{text!(i18n, inbox.unverified)}</Pill></p>
        </Show>
        <dl class="contact-facts">
            {fact(|i18n| leptos_i18n::t_string!(i18n, inbox.email), |_, contact| contact.email.clone())}
            {fact(|i18n| leptos_i18n::t_string!(i18n, inbox.phone), |_, contact| contact.phone.clone())}
            {fact(|i18n| leptos_i18n::t_string!(i18n, inbox.owner), owner_name)}
            {fact(|i18n| leptos_i18n::t_string!(i18n, inbox.local_time), local_time)}
            {fact(|i18n| leptos_i18n::t_string!(i18n, words.language), language_name)}
        </dl>
    }
}

fn owner_name(app: App, contact: &Contact) -> Option<String> {
    app.read(|state| contact.owner_id.and_then(|id| state.user_name(id)).map(ToOwned::to_owned))
}

fn local_time(app: App, contact: &Contact) -> Option<String> {
    let zone = contact.time_zone.as_deref()?;
    let tag = crate::preferences::tag(app.i18n.get_locale());
    let options = [("hour", "2-digit"), ("minute", "2-digit"), ("timeZone", zone)];
    let time = browser::date_text(tag, browser::now_ms(), &options);
    let place = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    Some(format!("{time}, {place}"))
}

fn language_name(app: App, contact: &Contact) -> Option<String> {
    contact
        .language
        .as_deref()
        .map(|tag| browser::language_name(crate::preferences::tag(app.i18n.get_locale()), tag))
}

/// Where the conversation was started.
#[component]
fn Origin(thread: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let page = Memo::new(move |_| {
        app.read(|state| state.threads.get(thread).and_then(|item| item.thread.started_from.clone()))
    });
    move || {
        page.get().map(|address| {
            let shown = page_of(&address);
            view! {
                <details class="sec" open>
                    <summary><h3>{text!(i18n, inbox.started_on)}</h3></summary>
                    <p class="trunc" title=address>{shown}</p>
                </details>
            }
        })
    }
}

#[component]
fn Company(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let company = Memo::new(move |_| {
        let company_id = contact(app, id)?.company_id?;
        app.read(|state| state.directory.companies.get(&company_id).cloned())
    });
    move || {
        company.get().map(|company| {
            let people = company.contact_count;
            view! {
                <details class="sec" open>
                    <summary><h3>{text!(i18n, inbox.company)}</h3></summary>
                    <p class="mini">
                        <Avatar name=company.name.clone() key=company.id.to_string() size=AvatarSize::Small />
                        <A href=format!("/companies/{}", company.id) attr:class="trunc">{company.name.clone()}</A>
                        <span class="faint num">{move || leptos_i18n::t_string!(i18n, inbox.people, count = people).to_string()}</span>
                    </p>
                </details>
            }
        })
    }
}

#[component]
fn OtherConversations(thread: ThreadId, contact: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let remote = Remote::new(move || async move {
        let query = ListThreads { contact_id: Some(contact), limit: Some(20), ..ListThreads::default() };
        let mut items = app.api().list_threads(&query).await?.items;
        items.retain(|item| item.thread.id != thread);
        Ok(items)
    });
    let count = move || remote.get().map(|items| items.len());
    view! {
        <details class="sec" open>
            <summary><h3>{text!(i18n, inbox.other_conversations)}</h3><span class="faint num">{count}</span></summary>
            <RemoteView remote>
                <ul>{move || remote.get().unwrap_or_default().into_iter().map(other).collect_view()}</ul>
                <Show when=move || count() == Some(0)><p class="muted">{text!(i18n, inbox.no_other_conversations)}</p></Show>
            </RemoteView>
        </details>
    }
}

fn other(item: ThreadItem) -> impl IntoView {
    let ThreadItem { thread, .. } = item;
    let title = thread.subject.clone().unwrap_or_else(|| thread.preview.clone());
    let path = path_of_thread(&thread);
    view! {
        <li>
            <A href=path attr:class="mini">
                <Icon name=IconName::Chat />
                <span class="trunc">{title}</span>
            </A>
        </li>
    }
}
