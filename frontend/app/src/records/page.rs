//! The page of one record: its facts, what belongs to it, and what happened.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::components::{A, Redirect};
use leptos_router::hooks::use_navigate;
use state::Record;
use types::crm::{ObjectKind, RecordRef};
use types::{ContactId, ErrorCode, Permission};
use ui::{Avatar, AvatarSize, ConfirmDialog, Icon, IconName, Menu, MenuItem, Section};

use super::associations::AssociationCards;
use super::contact::{ConsentSection, ContactActions, Conversations};
use super::form::{RecordFields, RecordForm};
use super::kind::{kind_plural, path_of_list};
use super::requests;
use super::timeline::Timeline;
use super::values::cell;
use crate::context::use_app;
use crate::forms::{FormError, Submission, UnsavedBar};
use crate::meetings::{OfContact, contact_meetings_screen};
use crate::parts::LazyScreen;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The record that the address names.
#[component]
pub fn RecordPage(record: RecordRef) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let refreshes = app.refreshes();
    let remote = Remote::new(move || {
        refreshes.get();
        requests::load(app, record)
    });
    // The id of a merged contact leads to the one that stayed.
    let merged_into = Memo::new(move |_| match remote.error() {
        Some(client::ClientError::Problem(problem)) if problem.code == ErrorCode::ContactMerged => {
            problem.extra?.get("contact_id")?.as_str()?.parse::<ContactId>().ok()
        }
        _ => None,
    });
    let is_there = Memo::new(move |_| remote.get().is_some());
    let conversations = move || {
        (record.kind == ObjectKind::Contact).then(|| {
            let id = ContactId(record.id.0);
            view! { <Conversations id /> <ConsentSection id /> }
        })
    };
    let meetings = move || {
        (record.kind == ObjectKind::Contact).then(|| view! { <Meetings id=ContactId(record.id.0) /> })
    };
    view! {
        <main class="screen">
            {move || merged_into.get().map(|into| view! { <Redirect path=format!("/contacts/{into}") /> })}
            <A href=path_of_list(record.kind) attr:class="back-link">
                <Icon name=IconName::Back /> {move || kind_plural(i18n, record.kind)}
            </A>
            <div class="page record">
                <Show when=move || !is_there.get()><h1 class="sr-only">{move || kind_plural(i18n, record.kind)}</h1></Show>
                <RemoteView remote>
                    <Head record />
                    <div class="record-body">
                        <div>
                            <Facts record />
                            {meetings}
                            {conversations}
                            <Timeline record />
                        </div>
                        <AssociationCards record />
                    </div>
                </RemoteView>
            </div>
        </main>
    }
    .into_any()
}

/// The meetings of a contact: a part of the app of its own.
#[component]
fn Meetings(id: ContactId) -> impl IntoView {
    provide_context(OfContact(id));
    view! { <LazyScreen fetch=contact_meetings_screen /> }
}

/// The record as events keep it.
fn current(record: RecordRef) -> Memo<Option<Record>> {
    let app = use_app();
    Memo::new(move |_| app.read(|state| state.directory.record(record)))
}

#[component]
fn Head(record: RecordRef) -> impl IntoView {
    let app = use_app();
    let current = current(record);
    let name =
        Signal::derive(move || current.get().map(|record| record.name().to_owned()).unwrap_or_default());
    let columns: &'static [&'static str] = match record.kind {
        ObjectKind::Deal => &["stage"],
        ObjectKind::Ticket => &["status", "priority"],
        ObjectKind::Contact | ObjectKind::Company | ObjectKind::Call => &[],
    };
    let pills = move || {
        let record = current.get()?;
        Some(columns.iter().map(|column| cell(app, &record, column)).collect_view())
    };
    let actions = match record.kind {
        ObjectKind::Contact => view! { <ContactActions id=ContactId(record.id.0) /> }.into_any(),
        _ => view! { <DeleteAction record name /> }.into_any(),
    };
    view! {
        <header>
            <Avatar name key=record.id.to_string() size=AvatarSize::Large />
            <div class="title"><h1>{move || name.get()}</h1></div>
            {pills}
            {actions}
        </header>
    }
}

/// Deletes a company, a deal or a ticket.
#[component]
fn DeleteAction(record: RecordRef, name: Signal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_edit = app.may(Permission::EditContacts);
    let open = RwSignal::new(false);
    let submission = Submission::new();
    let navigate = use_navigate();
    let confirm = Callback::new(move |()| {
        let navigate = navigate.clone();
        submission.run(requests::delete(app, record), move |()| {
            open.set(false);
            app.toasts.show(t_string!(i18n, records.deleted, name = name.get_untracked()).to_string());
            navigate(path_of_list(record.kind), NavigateOptions::default());
        });
    });
    view! {
        <Show when=move || may_edit.get()>
            <Menu label=text!(i18n, inbox.more_actions) icon=IconName::More icon_only=true>
                <MenuItem icon=IconName::Trash danger=true on_select=move |()| open.set(true)>
                    {text!(i18n, records.delete)}
                </MenuItem>
            </Menu>
        </Show>
        <ConfirmDialog
            open
            title=move || t_string!(i18n, records.delete_title, name = name.get()).to_string()
            confirm_label=text!(i18n, records.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, records.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}

/// What is known of the record, to be changed by whoever may.
#[component]
fn Facts(record: RecordRef) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let current = current(record);
    let form = RecordForm::new(record.kind);
    Effect::new(move |_| {
        if let Some(record) = current.get() {
            form.take(&record);
        }
    });
    let submission = Submission::new();
    let may_edit = app.may(Permission::EditContacts);
    let disabled = Signal::derive(move || !may_edit.get());
    let changed = Signal::derive(move || form.is_changed());
    let save = move |()| {
        submission.run(requests::update(app, record, form.draft(app)), move |saved| {
            // What is typed counts as saved from here on, however the server writes it.
            form.take(&saved);
            form.discard();
            app.change(|state| state.directory.insert_record(saved));
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <Section title=text!(i18n, contacts.facts)>
            <form
                class="record-fields"
                on:submit=move |event| { event.prevent_default(); save(()) }
            >
                <RecordFields form submission disabled />
                // Enter in a field saves, as in every form.
                <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true" disabled=move || disabled.get()></button>
            </form>
            <UnsavedBar changed submission on_save=save on_discard=move |()| form.discard() />
        </Section>
    }
    .into_any()
}
