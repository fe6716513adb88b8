//! Asks before a user is signed out or deactivated.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::accounts::{User, UserPath};
use ui::ConfirmDialog;

use crate::context::use_app;
use crate::forms::{DialogFor, FormError, Submission, learn};
use crate::texts::text;

/// Signs a user out everywhere.
#[component]
pub fn SignOutDialog(
    /// The dialog with the user.
    dialog: DialogFor<User>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = move || dialog.of(|user| user.name.clone());
    let confirm = move |()| {
        let Some(user) = dialog.get_untracked() else { return };
        let path = UserPath { user_id: user.id };
        submission.run(async move { app.api().sign_out_user(&path).await }, move |()| {
            dialog.open.set(false);
            app.toasts.show(t_string!(i18n, users.signed_out, name = user.name).to_string());
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title=move || t_string!(i18n, users.sign_out_title, name = name()).to_string()
            confirm_label=text!(i18n, users.sign_out)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{move || t_string!(i18n, users.sign_out_effect, name = name()).to_string()}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}

/// Deactivates a user.
#[component]
pub fn DeactivateDialog(
    /// The dialog with the user.
    dialog: DialogFor<User>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let name = move || dialog.of(|user| user.name.clone());
    let confirm = move |()| {
        let Some(user) = dialog.get_untracked() else { return };
        let path = UserPath { user_id: user.id };
        submission.run(async move { app.api().deactivate_user(&path).await }, move |user| {
            dialog.open.set(false);
            learn(app, &Event::UserChanged { user: user.clone() });
            app.toasts.show(t_string!(i18n, users.deactivated_toast, name = user.name).to_string());
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title=move || t_string!(i18n, users.deactivate_title, name = name()).to_string()
            confirm_label=text!(i18n, users.deactivate_user)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <ul class="effects">
                <li>{move || t_string!(i18n, users.deactivate_effect, name = name()).to_string()}</li>
                <li>{move || t_string!(i18n, users.deactivate_threads, name = name()).to_string()}</li>
                <li>{move || t_string!(i18n, users.deactivate_kept, name = name()).to_string()}</li>
            </ul>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
