//! Deletes a role that nobody has.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Event;
use types::accounts::{Role, RolePath};
use ui::{ConfirmDialog, Dialog};

use crate::context::use_app;
use crate::forms::{DialogFor, FormError, Submission, learn};
use crate::texts::text;

/// Asks before a role is deleted; says why it cannot be while users have it.
#[component]
pub fn DeleteDialog(
    /// The dialog with the role.
    dialog: DialogFor<Role>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (confirm_open, in_use_open) = (RwSignal::new(false), RwSignal::new(false));
    // How many users have it now, which may have changed since the dialog was opened.
    let user_count = move || {
        let id = dialog.get().map(|role| role.id);
        id.and_then(|id| app.read(|state| state.directory.roles.get(&id).map(|role| role.user_count)))
            .unwrap_or_default()
    };
    Effect::new(move |_| {
        if dialog.open.get() {
            let is_used = untrack(user_count) > 0;
            submission.clear();
            confirm_open.set(!is_used);
            in_use_open.set(is_used);
            dialog.open.set(false);
        }
    });
    let name = move || dialog.of(|role| role.name.clone());
    let confirm = move |()| {
        let Some(role) = dialog.get_untracked() else { return };
        let path = RolePath { role_id: role.id };
        submission.run(async move { app.api().delete_role(&path).await }, move |()| {
            confirm_open.set(false);
            learn(app, &Event::RoleDeleted { role_id: role.id });
            app.toasts.show(t_string!(i18n, roles.deleted, name = role.name).to_string());
        });
    };
    view! {
        <ConfirmDialog
            open=confirm_open
            title=move || t_string!(i18n, roles.delete_title, name = name()).to_string()
            confirm_label=text!(i18n, roles.delete_role)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, roles.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
        <Dialog
            open=in_use_open
            title=move || t_string!(i18n, roles.in_use_title, name = name()).to_string()
            close_label=text!(i18n, words.close)
        >
            <p>{move || t_string!(i18n, roles.in_use, count = user_count()).to_string()}</p>
            <div class="actions">
                <A href="/settings/users" attr:class="btn primary">{text!(i18n, roles.to_users)}</A>
            </div>
        </Dialog>
    }
    .into_any()
}
