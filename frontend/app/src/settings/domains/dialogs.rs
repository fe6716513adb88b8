//! The dialogs around domains.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::ErrorCode;
use types::accounts::{CreateDomain, Domain, DomainPath};
use ui::{ConfirmDialog, Field, TextInput};

use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, FormError, Submission};
use crate::paged::Paged;
use crate::texts::text;

/// Adds a domain.
#[component]
pub fn AddDialog(open: RwSignal<bool>, domains: Paged<Domain>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            name.set(String::new());
        }
    });
    let save = move |()| {
        let request = CreateDomain { name: name.get_untracked() };
        submission.run(async move { app.api().create_domain(&request).await }, move |_| {
            open.set(false);
            domains.reload();
            app.toasts.show(t_string!(i18n, domains.added));
        });
    };
    view! {
        <FormDialog open title=text!(i18n, domains.add) submit_label=text!(i18n, domains.add) submission on_submit=save>
            <Field label=text!(i18n, domains.name) hint=text!(i18n, domains.name_hint) error=submission.field("name")>
                <TextInput value=name required=true placeholder="meet.example.org" />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// Asks before a domain goes.
#[component]
pub fn RemoveDialog(dialog: DialogFor<Domain>, domains: Paged<Domain>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let title = move || {
        t_string!(i18n, domains.remove_title, name = dialog.of(|domain| domain.name.clone())).to_string()
    };
    Effect::new(move |_| {
        if dialog.open.get() {
            submission.clear();
        }
    });
    let confirm = move |()| {
        let Some(domain) = dialog.get_untracked() else { return };
        let path = DomainPath { domain_id: domain.id };
        submission.run(async move { app.api().delete_domain(&path).await }, move |()| {
            dialog.open.set(false);
            domains.reload();
            app.toasts.show(t_string!(i18n, domains.removed));
        });
    };
    let is_used = Signal::derive(move || submission.code() == Some(ErrorCode::InUse));
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, domains.remove)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, domains.remove_effect)}</p>
            <Show when=move || is_used.get() fallback=move || view! { <FormError submission /> }>
                <p class="form-error" role="alert">{text!(i18n, domains.in_use)}</p>
            </Show>
        </ConfirmDialog>
    }
    .into_any()
}
