//! Everybody who signs in.

mod confirmations;
mod edit;
mod invite;
mod row;

use leptos::prelude::*;
use types::accounts::User;
use types::{PermissionSet, RoleId};
use ui::{Button, ButtonKind, Column, DataTable, EmptyState, Field, IconName, Page, SelectOption, TextInput};

use super::directory_view::DirectoryView;
use super::role_name;
use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::texts::text;
use confirmations::{DeactivateDialog, SignOutDialog};
use edit::EditDialog;
use invite::InviteDialog;

/// The dialogs of the page.
#[derive(Clone, Copy)]
struct Dialogs {
    edit: DialogFor<User>,
    sign_out: DialogFor<User>,
    deactivate: DialogFor<User>,
}

/// The list of users with what can be done to each.
#[component]
pub fn UsersPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let invite = RwSignal::new(false);
    let dialogs =
        Dialogs { edit: DialogFor::new(), sign_out: DialogFor::new(), deactivate: DialogFor::new() };
    let query = RwSignal::new(String::new());
    let rows = Memo::new(move |_| found(app, &query.get().trim().to_lowercase()));
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| invite.set(true)>
                {text!(i18n, users.invite)}
            </Button>
        }
    };
    let table = move || {
        let columns = columns(app, dialogs);
        view! { <DataTable caption=text!(i18n, settings.users) columns rows key=|user: &User| user.id /> }
    };
    let nobody = move || {
        view! {
            <EmptyState icon=IconName::Search title=text!(i18n, users.no_match) body=text!(i18n, users.no_match_hint) />
        }
    };
    view! {
        <Page title=text!(i18n, settings.users) description=text!(i18n, users.intro) actions>
            <DirectoryView>
                <div class="filters">
                    <Field label=text!(i18n, users.filter)><TextInput value=query kind="search" /></Field>
                </div>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=nobody>{table()}</Show>
            </DirectoryView>
        </Page>
        <InviteDialog open=invite />
        <EditDialog dialog=dialogs.edit />
        <SignOutDialog dialog=dialogs.sign_out />
        <DeactivateDialog dialog=dialogs.deactivate />
    }
    .into_any()
}

/// Users whose name or address holds this, by name.
fn found(app: App, needle: &str) -> Vec<User> {
    let matches = |user: &&User| {
        user.name.to_lowercase().contains(needle) || user.email.to_lowercase().contains(needle)
    };
    let mut users: Vec<User> =
        app.read(|state| state.directory.users.values().filter(matches).cloned().collect());
    users.sort_by_key(|user| user.name.to_lowercase());
    users
}

fn columns(app: App, dialogs: Dialogs) -> Vec<Column<User>> {
    let i18n = app.i18n;
    vec![
        Column::new(text!(i18n, users.user), move |user: &User| row::who(app, user)),
        Column::new(text!(i18n, users.role), move |user: &User| role_of(app, user.role_id)),
        Column::new(text!(i18n, users.state), move |user: &User| row::state(app, user.state)),
        Column::new(text!(i18n, users.last_seen), move |user: &User| row::last_seen(app, user)),
        Column::new(text!(i18n, forms.actions), move |user: &User| row::actions(app, dialogs, user)),
    ]
}

/// The name of a role; follows its changes.
fn role_of(app: App, id: RoleId) -> impl IntoView {
    move || app.read(|state| state.directory.roles.get(&id).map(|role| role_name(app.i18n, role)))
}

/// What the signed-in user may do. Tracked.
fn my_permissions(app: App) -> PermissionSet {
    app.read(|state| state.me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default())
}

/// The roles that the signed-in user may give: those that may do no more. Tracked.
fn roles_to_give(app: App) -> Vec<SelectOption> {
    let mine = my_permissions(app);
    app.read(|state| {
        let roles = state.directory.roles.values();
        roles
            .filter(|role| role.permissions.is_subset(&mine))
            .map(|role| SelectOption { value: role.id.to_string(), label: role_name(app.i18n, role) })
            .collect()
    })
}
