//! Erases a contact for good.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::ContactId;
use types::crm::{ContactPath, EraseContact};
use ui::ConfirmDialog;

use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Says what goes, asks for the name, erases, and leads back to the list.
#[component]
pub(super) fn EraseDialog(open: RwSignal<bool>, id: ContactId, name: Signal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let navigate = use_navigate();
    let on_confirm = Callback::new(move |()| {
        let (navigate, confirm_name) = (navigate.clone(), name.get_untracked());
        submission.run(
            async move {
                app.api().erase_contact(&ContactPath { contact_id: id }, &EraseContact { confirm_name }).await
            },
            move |_| {
                open.set(false);
                app.toasts.show(t_string!(i18n, contacts.erased));
                navigate("/contacts", NavigateOptions::default());
            },
        );
    });
    view! {
        <ConfirmDialog
            open
            title=move || t_string!(i18n, contacts.erase_title, name = name.get()).to_string()
            confirm_label=text!(i18n, contacts.erase_now)
            cancel_label=text!(i18n, words.cancel)
            typed_name=name
            typed_name_label=text!(i18n, contacts.erase_type_name)
            on_confirm
            busy=submission.busy
        >
            <p>{text!(i18n, contacts.erase_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
}
