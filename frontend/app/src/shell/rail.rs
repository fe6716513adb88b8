//! The navigation at the left; a bar at the bottom on a phone.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use types::Permission;
use types::conversations::View;
use ui::{Icon, IconButton, IconName};

use super::bell::Bell;
use super::user_menu::UserMenu;
use crate::commands::{Command, shortcut};
use crate::context::use_app;
use crate::records::{KINDS, path_of_list};
use crate::texts::text;

/// Whoever holds one of these has something to set.
const SETTINGS: &[Permission] = &[
    Permission::ManageUsers,
    Permission::ManageTeams,
    Permission::ManageRoles,
    Permission::ManageApiTokens,
    Permission::ManageWebhooks,
    Permission::ManageInboxes,
    Permission::ManageChannels,
    Permission::ManageSettings,
    Permission::ManageMail,
    Permission::ManageCalls,
    Permission::UseCallIntelligence,
    Permission::ManageJobs,
    Permission::ReadAudit,
];

/// The main navigation.
#[component]
pub fn Rail() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = use_location().pathname;
    let current =
        move |prefix: &'static str| move || path.with(|path| path.starts_with(prefix)).then_some("page");
    let may_read_contacts = app.may(Permission::ReadContacts);
    let on_records = move || {
        let is_records = |path: &String| KINDS.iter().any(|kind| path.starts_with(path_of_list(*kind)));
        path.with(is_records).then_some("page")
    };
    let on_calls = move || {
        let is_calls = |path: &String| path.starts_with("/calls") || path.starts_with("/clips");
        path.with(is_calls).then_some("page")
    };
    let sees_settings =
        Memo::new(move |_| app.read(|state| SETTINGS.iter().any(|permission| state.may(*permission))));
    let has_unread = Memo::new(move |_| {
        app.read(|state| state.threads.count(View::AllOpen).is_some_and(|count| count.unread > 0))
    });
    view! {
        <nav class="rail" aria-label=text!(i18n, shell.navigation)>
            <span class="logo" aria-hidden="true">"R"</span>
            <A href="/inbox" attr:aria-label=text!(i18n, shell.inbox) attr:title=text!(i18n, shell.inbox) attr:aria-current=current("/inbox")>
                <Icon name=IconName::Inbox />
                <Show when=move || has_unread.get()><span class="dot"><span class="sr-only">{text!(i18n, shell.has_unread)}</span></span></Show>
            </A>
            <Show when=move || may_read_contacts.get()>
                <A href="/contacts" attr:aria-label=text!(i18n, records.contacts) attr:title=text!(i18n, records.contacts) attr:aria-current=on_records>
                    <Icon name=IconName::Contacts />
                </A>
            </Show>
            <A href="/calls" attr:aria-label=text!(i18n, records.calls) attr:title=text!(i18n, records.calls) attr:aria-current=on_calls>
                <Icon name=IconName::Phone />
            </A>
            <Bell />
            <span class="push"></span>
            <IconButton
                label=text!(i18n, commands.palette)
                icon=IconName::Command
                kbd=shortcut(Command::Palette).unwrap_or_default()
                on_press=move |_| app.commands.palette_open.set(true)
            />
            <IconButton
                label=text!(i18n, commands.help)
                icon=IconName::Help
                kbd=shortcut(Command::Help).unwrap_or_default()
                on_press=move |_| app.commands.help_open.set(true)
                attr:class="btn quiet icon-only wide-only"
            />
            <Show when=move || sees_settings.get()>
                <A href="/settings" attr:aria-label=text!(i18n, shell.settings) attr:title=text!(i18n, shell.settings) attr:aria-current=current("/settings")>
                    <Icon name=IconName::Settings />
                </A>
            </Show>
            <UserMenu />
        </nav>
    }
}
