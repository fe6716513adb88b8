//! Groups of users.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Event;
use types::accounts::{SaveTeam, Team, TeamPath};
use ui::{
    Button, ButtonKind, Column, ConfirmDialog, DataTable, EmptyState, Field, IconButton, IconName, Page,
    TextInput,
};

use super::directory_view::DirectoryView;
use super::member_picker::MemberPicker;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, FormError, Submission, learn};
use crate::texts::text;

/// The list of teams.
#[component]
pub fn TeamsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (edit, delete) = (DialogFor::<Option<Team>>::new(), DialogFor::<Team>::new());
    let rows = Memo::new(move |_| {
        let mut teams: Vec<Team> = app.read(|state| state.directory.teams.values().cloned().collect());
        teams.sort_by_key(|team| team.name.to_lowercase());
        teams
    });
    let create = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| edit.show(None)>
                {text!(i18n, teams.create)}
            </Button>
        }
    };
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Contacts title=text!(i18n, teams.empty) body=text!(i18n, teams.empty_hint) />
        }
    };
    let table = move || {
        let columns = columns(app, edit, delete);
        view! { <DataTable caption=text!(i18n, settings.teams) columns rows key=|team: &Team| team.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.teams) description=text!(i18n, teams.intro) actions=create>
            <DirectoryView>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>{table()}</Show>
            </DirectoryView>
        </Page>
        <TeamDialog dialog=edit />
        <DeleteDialog dialog=delete />
    }
    .into_any()
}

fn columns(app: App, edit: DialogFor<Option<Team>>, delete: DialogFor<Team>) -> Vec<Column<Team>> {
    let i18n = app.i18n;
    let members = move |team: &Team| {
        let ids = team.member_ids.clone();
        move || {
            let names: Vec<String> = app.read(|state| {
                ids.iter().filter_map(|id| state.user_name(*id)).map(ToOwned::to_owned).collect()
            });
            names.join(", ")
        }
    };
    let actions = move |team: &Team| {
        let (edited, deleted) = (team.clone(), team.clone());
        let name = StoredValue::new(team.name.clone());
        view! {
            <span class="row-actions">
                <IconButton
                    label=move || t_string!(i18n, forms.edit_named, name = name.get_value()).to_string()
                    icon=IconName::Edit
                    on_press=move |_| edit.show(Some(edited.clone()))
                />
                <IconButton
                    label=move || t_string!(i18n, forms.delete_named, name = name.get_value()).to_string()
                    icon=IconName::Trash
                    on_press=move |_| delete.show(deleted.clone())
                />
            </span>
        }
    };
    vec![
        Column::new(text!(i18n, teams.team), |team: &Team| team.name.clone()),
        Column::new(text!(i18n, forms.members), members),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

/// Creates a team, or changes one.
#[component]
fn TeamDialog(dialog: DialogFor<Option<Team>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, members) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    Effect::new(move |_| {
        if dialog.open.get() {
            let team = dialog.get().flatten();
            name.set(team.as_ref().map(|team| team.name.clone()).unwrap_or_default());
            members.set(team.map(|team| team.member_ids).unwrap_or_default());
        }
    });
    let save = move |()| {
        let team_id = dialog.get_untracked().flatten().map(|team| team.id);
        let request = SaveTeam { name: name.get_untracked(), member_ids: members.get_untracked() };
        let send = async move {
            match team_id {
                Some(team_id) => app.api().update_team(&TeamPath { team_id }, &request).await,
                None => app.api().create_team(&request).await,
            }
        };
        submission.run(send, move |team| {
            dialog.open.set(false);
            learn(app, &Event::TeamChanged { team: team.clone() });
            match team_id {
                Some(_) => app.toasts.show(t_string!(i18n, words.saved)),
                None => app.toasts.show(t_string!(i18n, teams.created, name = team.name).to_string()),
            }
        });
    };
    let existing = move || dialog.get().flatten();
    let title = move || match existing() {
        Some(team) => t_string!(i18n, teams.edit_title, name = team.name).to_string(),
        None => t_string!(i18n, teams.create).to_owned(),
    };
    let submit_label = move || match existing() {
        Some(_) => t_string!(i18n, words.save),
        None => t_string!(i18n, teams.create),
    };
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <MemberPicker members error=submission.field("member_ids") />
        </FormDialog>
    }
    .into_any()
}

#[component]
fn DeleteDialog(dialog: DialogFor<Team>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(team) = dialog.get_untracked() else { return };
        let path = TeamPath { team_id: team.id };
        submission.run(async move { app.api().delete_team(&path).await }, move |()| {
            dialog.open.set(false);
            learn(app, &Event::TeamDeleted { team_id: team.id });
            app.toasts.show(t_string!(i18n, teams.deleted, name = team.name).to_string());
        });
    };
    let title =
        move || t_string!(i18n, teams.delete_title, name = dialog.of(|team| team.name.clone())).to_string();
    let effect = move || {
        t_string!(i18n, teams.delete_effect, count = dialog.of(|team| team.member_ids.len())).to_string()
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, teams.delete_team)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{effect}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
