//! A section that the signed-in user may not see.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::State;
use types::BuiltinRole;
use types::accounts::UserState;
use ui::{EmptyState, IconName, Page};

use super::permissions;
use super::section::Section;
use crate::context::use_app;
use crate::texts::text;

/// How many people are named at the most.
const NAMED: usize = 3;

/// Says which permission is missing, and who can give it.
#[component]
pub fn NoPermission(
    /// What may not be seen.
    section: Section,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let body = move || {
        let names = app.read(administrators);
        let who = if names.is_empty() {
            t_string!(i18n, settings.who_can_give).to_owned()
        } else {
            t_string!(i18n, settings.who_can_give_names, names = names.join(", ")).to_string()
        };
        let missing =
            t_string!(i18n, settings.missing, permission = permissions::title(i18n, section.permission()));
        format!("{missing} {who}")
    };
    view! {
        <Page title=move || section.title(i18n)>
            <EmptyState icon=IconName::Lock title=text!(i18n, settings.no_permission) body />
        </Page>
    }
    .into_any()
}

/// Some of the active super administrators.
fn administrators(state: &State) -> Vec<String> {
    let directory = &state.directory;
    let is_super = |id| {
        directory.roles.get(id).is_some_and(|role| role.builtin == Some(BuiltinRole::SuperAdministrator))
    };
    let active = directory.users.values().filter(|user| user.state == UserState::Active);
    active.filter(|user| is_super(&user.role_id)).map(|user| user.name.clone()).take(NAMED).collect()
}
