//! What users may do.

mod delete;
mod edit;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::Role;
use types::{BuiltinRole, Permission};
use ui::{Button, ButtonKind, Column, DataTable, IconButton, IconName, Page};

use super::directory_view::DirectoryView;
use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::texts::{I18n, text};
use delete::DeleteDialog;
use edit::RoleDialog;

/// The name of a role in the language of the app: those that come with Rapport are translated.
pub fn role_name(i18n: I18n, role: &Role) -> String {
    let name = match role.builtin {
        Some(BuiltinRole::SuperAdministrator) => t_string!(i18n, roles.super_administrator),
        Some(BuiltinRole::Administrator) => t_string!(i18n, roles.administrator),
        Some(BuiltinRole::Agent) => t_string!(i18n, roles.agent),
        Some(BuiltinRole::Viewer) => t_string!(i18n, roles.viewer),
        None => return role.name.clone(),
    };
    name.to_owned()
}

/// The list of roles.
#[component]
pub fn RolesPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (edit, delete) = (DialogFor::<Option<Role>>::new(), DialogFor::<Role>::new());
    let rows = Memo::new(move |_| {
        let mut roles: Vec<Role> = app.read(|state| state.directory.roles.values().cloned().collect());
        roles.sort_by_key(|role| (role.builtin.is_none(), role.builtin, role.name.to_lowercase()));
        roles
    });
    let create = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| edit.show(None)>
                {text!(i18n, roles.create)}
            </Button>
        }
    };
    let table = move || {
        let columns = columns(app, edit, delete);
        view! { <DataTable caption=text!(i18n, settings.roles) columns rows key=|role: &Role| role.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.roles) description=text!(i18n, roles.intro) actions=create>
            <DirectoryView>{table()}</DirectoryView>
        </Page>
        <RoleDialog dialog=edit />
        <DeleteDialog dialog=delete />
    }
    .into_any()
}

fn columns(app: App, edit: DialogFor<Option<Role>>, delete: DialogFor<Role>) -> Vec<Column<Role>> {
    let i18n = app.i18n;
    let name = move |role: &Role| {
        let role = role.clone();
        let note = role.builtin.map(|_| view! { <span class="faint">{text!(i18n, roles.builtin)}</span> });
        view! { <span class="lines"><span>{move || role_name(i18n, &role)}</span>{note}</span> }
    };
    let may = move |role: &Role| {
        let (count, total) = (role.permissions.len(), Permission::ALL.len());
        move || t_string!(i18n, roles.permission_count, count = count, total = total).to_string()
    };
    vec![
        Column::new(text!(i18n, roles.role), name),
        Column::new(text!(i18n, roles.users), |role: &Role| role.user_count),
        Column::new(text!(i18n, roles.may), may),
        Column::new(text!(i18n, forms.actions), move |role: &Role| actions(app, edit, delete, role)),
    ]
}

fn actions(
    app: App,
    edit: DialogFor<Option<Role>>,
    delete: DialogFor<Role>,
    role: &Role,
) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let (shown, deleted) = (role.clone(), role.clone());
    let name = StoredValue::new(role.clone());
    let name = move || name.with_value(|role| role_name(i18n, role));
    let is_builtin = role.builtin.is_some();
    let open_label = move || match is_builtin {
        true => t_string!(i18n, roles.view_named, name = name()).to_string(),
        false => t_string!(i18n, forms.edit_named, name = name()).to_string(),
    };
    let icon = if is_builtin { IconName::Eye } else { IconName::Edit };
    let trash = (!is_builtin).then(|| {
        view! {
            <IconButton
                label=move || t_string!(i18n, forms.delete_named, name = name()).to_string()
                icon=IconName::Trash
                on_press=move |_| delete.show(deleted.clone())
            />
        }
    });
    view! {
        <span class="row-actions">
            <IconButton label=open_label icon on_press=move |_| edit.show(Some(shown.clone())) />
            {trash}
        </span>
    }
}
