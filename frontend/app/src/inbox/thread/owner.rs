//! The "Owner" dropdown: users and teams, found by typing.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::UserState;
use types::{Permission, ThreadId};
use ui::{ButtonKind, Icon, IconName, Popover};

use super::of_thread;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::inbox::actions::{self, Owner};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::text;

/// Shows the owner; whoever may assign chooses another one.
#[component]
pub fn OwnerMenu(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = RwSignal::new(false);
    let may_assign = app.may(Permission::AssignThreads);
    let name = move || {
        let owner = of_thread(app, id, Owner::of);
        owner.name(app).unwrap_or_else(|| t_string!(i18n, inbox.unassigned).to_owned())
    };
    app.commands.offer(Command::Assign, move || {
        if may_assign.get_untracked() {
            open.set(true);
        }
    });
    view! {
        <Show
            when=move || may_assign.get()
            fallback=move || view! { <span class="owner muted"><Icon name=IconName::User /> {name}</span> }
        >
            <span class="owner" title=text!(i18n, inbox.owner)>
                <Popover label=move || { let name = name(); t_string!(i18n, inbox.owner_is, name = name).to_string() } icon=IconName::User kind=ButtonKind::Normal open>
                    <Choices id open />
                </Popover>
            </span>
        </Show>
    }
}

#[component]
fn Choices(id: ThreadId, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let query = RwSignal::new(String::new());
    let options = Memo::new(move |_| {
        let needle = query.get().trim().to_lowercase();
        let mut options = choices(app, id);
        options.retain(|option| option.label.to_lowercase().contains(&needle));
        options
    });
    let on_choose = Callback::new(move |value: String| {
        open.set(false);
        actions::assign(app, id, read_choice(&value));
    });
    view! {
        <SearchList
            id="owner"
            label=text!(i18n, inbox.owner)
            placeholder=text!(i18n, inbox.owner_hint)
            no_match=text!(i18n, inbox.owner_none)
            query
            options
            on_choose
        />
    }
}

/// Nobody, oneself, the inbox's other users, then teams. A value is `u` or `t` and an id, or empty for nobody.
fn choices(app: App, id: ThreadId) -> Vec<SearchOption> {
    let i18n = app.i18n;
    let current = of_thread(app, id, Owner::of);
    let nobody = SearchOption {
        value: String::new(),
        icon: IconName::Close,
        label: t_string!(i18n, inbox.unassigned).to_owned(),
        keys: None,
        chosen: current == Owner::default(),
    };
    app.read(|state| {
        let me = state.my_id();
        let mut users: Vec<_> =
            state.directory.users.values().filter(|user| user.state == UserState::Active).collect();
        users.sort_by_key(|user| (Some(user.id) != me, user.name.to_lowercase()));
        let user = |user: &types::accounts::User| SearchOption {
            value: format!("u{}", user.id),
            icon: IconName::User,
            label: match Some(user.id) == me {
                true => t_string!(i18n, inbox.me, name = user.name.clone()).to_string(),
                false => user.name.clone(),
            },
            keys: None,
            chosen: current.user == Some(user.id),
        };
        let mut teams: Vec<_> = state.directory.teams.values().collect();
        teams.sort_by_key(|team| team.name.to_lowercase());
        let team = |team: &types::accounts::Team| SearchOption {
            value: format!("t{}", team.id),
            icon: IconName::Contacts,
            label: team.name.clone(),
            keys: None,
            chosen: current.team == Some(team.id),
        };
        let users = users.into_iter().map(user);
        std::iter::once(nobody).chain(users).chain(teams.into_iter().map(team)).collect()
    })
}

fn read_choice(value: &str) -> Owner {
    Owner {
        user: value.strip_prefix('u').and_then(|id| id.parse().ok()),
        team: value.strip_prefix('t').and_then(|id| id.parse().ok()),
    }
}
