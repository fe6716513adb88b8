//! Who is signed in, and what is theirs.

use leptos::prelude::*;
use ui::{Avatar, IconName, Menu, MenuItem, MenuSeparator};

use crate::commands::Command;
use crate::context::use_app;
use crate::texts::text;

/// Profile and sign-out.
#[component]
pub fn UserMenu() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let name = Memo::new(move |_| {
        app.read(|state| state.me.as_ref().map(|me| me.user.name.clone()).unwrap_or_default())
    });
    let key = app.peek(state::State::my_id).map(|id| id.to_string()).unwrap_or_default();
    let run = move |command| {
        move |()| {
            app.commands.run(command);
        }
    };
    view! {
        <span class="user-menu">
            <Avatar name=name key=key />
        <Menu label=move || name.get() icon=IconName::User icon_only=true>
            <MenuItem icon=IconName::User on_select=run(Command::GoProfile)>{text!(i18n, shell.profile)}</MenuItem>
            <MenuSeparator />
            <MenuItem icon=IconName::SignOut on_select=run(Command::SignOut)>
                {text!(i18n, commands.sign_out)}
            </MenuItem>
        </Menu>
        </span>
    }
}
