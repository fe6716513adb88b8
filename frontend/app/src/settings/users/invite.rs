//! Invites somebody.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{CreateUser, Team};
use types::{BuiltinRole, Event, RoleId, TeamId};
use ui::{Checkbox, Field, Select, TextInput};

use super::roles_to_give;
use crate::context::{App, use_app};
use crate::forms::{FormDialog, Submission, learn};
use crate::texts::text;

/// Asks for name, address, role and teams.
#[component]
pub fn InviteDialog(
    /// Whether it is open, both ways.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (role, teams) = (RwSignal::new(String::new()), RwSignal::new(Vec::<TeamId>::new()));
    Effect::new(move |_| {
        if open.get() {
            name.set(String::new());
            email.set(String::new());
            teams.set(Vec::new());
            role.set(untrack(|| usual_role(app)));
        }
    });
    let send = move |()| {
        let Ok(role_id) = role.get_untracked().parse::<RoleId>() else { return };
        let request = CreateUser {
            name: name.get_untracked(),
            email: email.get_untracked(),
            role_id,
            team_ids: teams.get_untracked(),
        };
        submission.run(async move { app.api().create_user(&request).await }, move |user| {
            open.set(false);
            learn(app, &Event::UserChanged { user: user.clone() });
            app.toasts.show(t_string!(i18n, users.invitation_sent, email = user.email).to_string());
        });
    };
    let all_teams =
        Memo::new(move |_| app.read(|state| state.directory.teams.values().cloned().collect::<Vec<Team>>()));
    view! {
        <FormDialog
            open
            title=text!(i18n, users.invite_title)
            submit_label=text!(i18n, users.send_invitation)
            submission
            on_submit=send
        >
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <Field label=text!(i18n, users.email) hint=text!(i18n, users.email_hint) error=submission.field("email")>
                <TextInput value=email kind="email" required=true />
            </Field>
            <Field label=text!(i18n, users.role) hint=text!(i18n, users.role_limits) error=submission.field("role_id")>
                <Select value=role options=Signal::derive(move || roles_to_give(app)) />
            </Field>
            <Show when=move || all_teams.with(|teams| !teams.is_empty())>
                <fieldset class="choices">
                    <legend>{text!(i18n, users.teams)}</legend>
                    {move || all_teams.get().into_iter().map(|team| team_choice(teams, team)).collect_view()}
                </fieldset>
            </Show>
        </FormDialog>
    }
    .into_any()
}

/// The role most people are invited with.
fn usual_role(app: App) -> String {
    app.read(|state| {
        let agent = state.directory.roles.values().find(|role| role.builtin == Some(BuiltinRole::Agent));
        agent.map(|role| role.id.to_string()).unwrap_or_default()
    })
}

fn team_choice(chosen: RwSignal<Vec<TeamId>>, team: Team) -> impl IntoView {
    let checked = RwSignal::new(false);
    Effect::new(move |_| {
        let is_checked = checked.get();
        chosen.update(|chosen| {
            chosen.retain(|id| *id != team.id);
            chosen.extend(is_checked.then_some(team.id));
        });
    });
    let name = team.name;
    view! { <Checkbox label=move || name.clone() checked /> }
}
