//! Shows what a role may do, and changes it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{Role, RolePath, SaveRole};
use types::{Event, PermissionSet};
use ui::{Dialog, Field, TextInput};

use super::role_name;
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::settings::permissions::PermissionPicker;
use crate::texts::text;

/// The whole of what a role shall be. Whose records its users see stays as it is.
fn request(existing: Option<Role>, name: String, permissions: PermissionSet) -> SaveRole {
    let record_access = existing.map(|role| role.record_access).unwrap_or_default();
    SaveRole { name, permissions, record_access }
}

/// Creates a role, changes one, or shows one that cannot be changed.
#[component]
pub fn RoleDialog(
    /// The dialog with the role; `None` for one to be created.
    dialog: DialogFor<Option<Role>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, permissions) = (RwSignal::new(String::new()), RwSignal::new(PermissionSet::new()));
    let (form_open, view_open) = open_by_kind(dialog, move |role| {
        name.set(role.as_ref().map(|role| role.name.clone()).unwrap_or_default());
        permissions.set(role.map(|role| role.permissions).unwrap_or_default());
    });
    let save = move |()| {
        let existing = dialog.get_untracked().flatten();
        let role_id = existing.as_ref().map(|role| role.id);
        let request = request(existing, name.get_untracked(), permissions.get_untracked());
        let send = async move {
            match role_id {
                Some(role_id) => app.api().update_role(&RolePath { role_id }, &request).await,
                None => app.api().create_role(&request).await,
            }
        };
        submission.run(send, move |role| {
            form_open.set(false);
            learn(app, &Event::RoleChanged { role: role.clone() });
            match role_id {
                Some(_) => app.toasts.show(t_string!(i18n, words.saved)),
                None => app.toasts.show(t_string!(i18n, roles.created, name = role.name).to_string()),
            }
        });
    };
    let existing = move || dialog.get().flatten();
    let shown_name = move || existing().map(|role| role_name(i18n, &role)).unwrap_or_default();
    let title = move || match existing() {
        Some(_) => t_string!(i18n, roles.edit_title, name = shown_name()).to_string(),
        None => t_string!(i18n, roles.create).to_owned(),
    };
    let submit_label = move || match existing() {
        Some(_) => t_string!(i18n, words.save),
        None => t_string!(i18n, roles.create),
    };
    let mine = Signal::derive(move || {
        app.read(|state| state.me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default())
    });
    let none = Signal::stored(PermissionSet::new());
    view! {
        <FormDialog open=form_open title submit_label submission on_submit=save wide=true>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <p class="muted">{text!(i18n, roles.beyond_note)}</p>
            <PermissionPicker chosen=permissions changeable=mine />
        </FormDialog>
        <Dialog
            open=view_open
            title=move || t_string!(i18n, roles.view_title, name = shown_name()).to_string()
            close_label=text!(i18n, words.close)
            wide=true
        >
            <p class="muted">{text!(i18n, roles.builtin_note)}</p>
            <PermissionPicker chosen=permissions changeable=none />
        </Dialog>
    }
    .into_any()
}

/// Two dialogs instead of one: the first to change a role, the second to look at one that cannot be changed.
fn open_by_kind(
    dialog: DialogFor<Option<Role>>,
    fill: impl Fn(Option<Role>) + 'static,
) -> (RwSignal<bool>, RwSignal<bool>) {
    let (form_open, view_open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if dialog.open.get() {
            let role = dialog.get().flatten();
            let is_builtin = role.as_ref().is_some_and(|role| role.builtin.is_some());
            fill(role);
            form_open.set(!is_builtin);
            view_open.set(is_builtin);
            dialog.open.set(false);
        }
    });
    (form_open, view_open)
}
