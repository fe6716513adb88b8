//! Where conversations arrive, and who answers them.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::Team;
use types::conversations::{Inbox, InboxPath, SaveInbox};
use types::{Event, UserId};
use ui::{
    Button, ButtonKind, Column, DataTable, EmptyState, Field, IconButton, IconName, Menu, MenuItem, Page,
    RelativeTime, TextInput,
};

use super::directory_view::DirectoryView;
use super::member_picker::MemberPicker;
use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormDialog, Submission, learn};
use crate::texts::text;

/// The list of inboxes.
#[component]
pub fn InboxesPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let edit = DialogFor::<Option<Inbox>>::new();
    let rows = Memo::new(move |_| app.read(|state| state.directory.inboxes_by_name()));
    let create = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| edit.show(None)>
                {text!(i18n, inboxes.create)}
            </Button>
        }
    };
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Inbox title=text!(i18n, inboxes.empty) body=text!(i18n, inboxes.empty_hint) />
        }
    };
    let table = move || {
        let columns = columns(app, edit);
        view! { <DataTable caption=text!(i18n, settings.inboxes) columns rows key=|inbox: &Inbox| inbox.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.inboxes) description=text!(i18n, inboxes.intro) actions=create>
            <DirectoryView>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>{table()}</Show>
            </DirectoryView>
        </Page>
        <InboxDialog dialog=edit />
    }
    .into_any()
}

fn columns(app: App, edit: DialogFor<Option<Inbox>>) -> Vec<Column<Inbox>> {
    let i18n = app.i18n;
    let actions = move |inbox: &Inbox| {
        let (name, inbox) = (inbox.name.clone(), inbox.clone());
        view! {
            <IconButton
                label=move || t_string!(i18n, forms.edit_named, name = name.clone()).to_string()
                icon=IconName::Edit
                on_press=move |_| edit.show(Some(inbox.clone()))
            />
        }
    };
    let members = move |inbox: &Inbox| {
        let ids = inbox.member_ids.clone();
        move || {
            let names: Vec<String> = app.read(|state| {
                ids.iter().filter_map(|id| state.user_name(*id)).map(ToOwned::to_owned).collect()
            });
            let all = names.join(", ");
            view! { <span class="clamp" title=all.clone()>{all.clone()}</span> }
        }
    };
    vec![
        Column::new(text!(i18n, inboxes.inbox), |inbox: &Inbox| inbox.name.clone()),
        Column::new(text!(i18n, inboxes.member_count), members),
        Column::new(text!(i18n, inboxes.since), |inbox: &Inbox| {
            view! { <RelativeTime unix_ms=inbox.created_at.0 as f64 / 1000.0 /> }
        }),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

/// Creates an inbox, or changes one.
#[component]
fn InboxDialog(dialog: DialogFor<Option<Inbox>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let (name, members) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    Effect::new(move |_| {
        if dialog.open.get() {
            let inbox = dialog.get().flatten();
            name.set(inbox.as_ref().map(|inbox| inbox.name.clone()).unwrap_or_default());
            members.set(inbox.map(|inbox| inbox.member_ids).unwrap_or_default());
        }
    });
    let save = move |()| {
        let inbox_id = dialog.get_untracked().flatten().map(|inbox| inbox.id);
        let request = SaveInbox { name: name.get_untracked(), member_ids: members.get_untracked() };
        let send = async move {
            match inbox_id {
                Some(inbox_id) => app.api().update_inbox(&InboxPath { inbox_id }, &request).await,
                None => app.api().create_inbox(&request).await,
            }
        };
        submission.run(send, move |inbox| {
            dialog.open.set(false);
            learn(app, &Event::InboxChanged { inbox: inbox.clone() });
            match inbox_id {
                Some(_) => app.toasts.show(t_string!(i18n, words.saved)),
                None => app.toasts.show(t_string!(i18n, inboxes.created, name = inbox.name).to_string()),
            }
        });
    };
    let existing = move || dialog.get().flatten();
    let title = move || match existing() {
        Some(inbox) => t_string!(i18n, inboxes.edit_title, name = inbox.name).to_string(),
        None => t_string!(i18n, inboxes.create).to_owned(),
    };
    let submit_label = move || match existing() {
        Some(_) => t_string!(i18n, words.save),
        None => t_string!(i18n, inboxes.create),
    };
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=name required=true />
            </Field>
            <p class="muted">{text!(i18n, inboxes.members_hint)}</p>
            <MemberPicker members error=submission.field("member_ids") />
            <TeamMenu members />
        </FormDialog>
    }
    .into_any()
}

/// Adds all members of a team at once.
#[component]
fn TeamMenu(members: RwSignal<Vec<UserId>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let teams =
        Memo::new(move |_| app.read(|state| state.directory.teams.values().cloned().collect::<Vec<Team>>()));
    let item = move |team: Team| {
        let add = move |()| {
            members.update(|members| {
                for id in &team.member_ids {
                    if !members.contains(id) {
                        members.push(*id);
                    }
                }
            });
        };
        view! { <MenuItem on_select=add>{team.name}</MenuItem> }
    };
    view! {
        <Show when=move || teams.with(|teams| !teams.is_empty())>
            <div>
                <Menu label=text!(i18n, inboxes.add_team) kind=ButtonKind::Normal icon=IconName::Contacts>
                    {move || teams.get().into_iter().map(item).collect_view()}
                </Menu>
            </div>
        </Show>
    }
    .into_any()
}
