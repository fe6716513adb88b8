//! The record of a contact: its facts, its conversations, merging and erasing.

mod conversations;
mod erase_dialog;
mod facts_form;
mod merge_dialog;

use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use types::crm::Contact;
use types::{ContactId, ErrorCode, Permission};
use ui::{Avatar, AvatarSize, Button, ButtonKind, IconName, Pill, Section, Tone};

use crate::context::use_app;
use crate::inbox::load_contact;
use crate::remote::{Remote, RemoteView};
use crate::shell::NotFoundPage;
use crate::texts::text;
use conversations::Conversations;
use erase_dialog::EraseDialog;
use facts_form::FactsForm;
use merge_dialog::MergeDialog;

/// The contact that the address names.
#[component]
pub fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("contact")?.parse::<ContactId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Record id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Record(id: ContactId) -> impl IntoView {
    let app = use_app();
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.track();
        load_contact(app, id)
    });
    // The id of a merged contact leads to the one that stayed.
    let merged_into = Memo::new(move |_| match remote.error() {
        Some(client::ClientError::Problem(problem)) if problem.code == ErrorCode::ContactMerged => {
            problem.extra?.get("contact_id")?.as_str()?.parse::<ContactId>().ok()
        }
        _ => None,
    });
    view! {
        <main class="screen">
            {move || merged_into.get().map(|into| view! { <Redirect path=format!("/contacts/{into}") /> })}
            <div class="page contact">
                <Show when=move || remote.get().is_none()><h1 class="sr-only">{text!(app.i18n, inbox.details)}</h1></Show>
                <RemoteView remote>
                    <Head id />
                    <Facts id />
                    <Conversations id />
                </RemoteView>
            </div>
        </main>
    }
}

/// The contact as events keep it. Tracked.
fn contact(id: ContactId) -> Memo<Option<Contact>> {
    let app = use_app();
    Memo::new(move |_| app.read(|state| state.directory.contacts.get(&id).cloned()))
}

#[component]
fn Head(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let current = contact(id);
    let name = Signal::derive(move || current.get().map(|contact| contact.name).unwrap_or_default());
    let verified = move || current.with(|contact| contact.as_ref().is_some_and(|contact| contact.verified));
    let (may_edit, may_erase) = (app.may(Permission::EditContacts), app.may(Permission::EraseContacts));
    let (merging, erasing) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <header>
            <Avatar name key=id.to_string() size=AvatarSize::Large />
            <div class="title"><h1>{move || name.get()}</h1></div>
            <Show
                when=verified
                fallback=move || view! { <Pill tone=Tone::Warn icon=IconName::Info>{text!(i18n, inbox.unverified)}</Pill> }
            >
                <Pill tone=Tone::Ok icon=IconName::Check>{text!(i18n, contacts.verified)}</Pill>
            </Show>
            <Show when=move || may_edit.get()>
                <Button on_press=move |_| merging.set(true)>{text!(i18n, contacts.merge)}</Button>
            </Show>
            <Show when=move || may_erase.get()>
                <Button kind=ButtonKind::Danger icon=IconName::Trash on_press=move |_| erasing.set(true)>
                    {text!(i18n, contacts.erase)}
                </Button>
            </Show>
        </header>
        <MergeDialog open=merging into=id />
        <EraseDialog open=erasing id name />
    }
}

#[component]
fn Facts(id: ContactId) -> impl IntoView {
    let i18n = use_app().i18n;
    let current = contact(id);
    view! {
        <Section title=text!(i18n, contacts.facts)>
            {move || current.get().map(|contact| view! { <FactsForm contact /> })}
        </Section>
    }
}
