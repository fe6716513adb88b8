//! All shortcuts at a glance.

use leptos::prelude::*;
use ui::Dialog;

use super::{COMMANDS, Group, shortcut, title};
use crate::context::use_app;
use crate::texts::text;

/// Lists every command that has a shortcut.
#[component]
pub fn HelpDialog() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    view! {
        <Dialog open=app.commands.help_open title=text!(i18n, commands.help_title) close_label=text!(i18n, words.close) wide=true>
            // Longer than a window: whoever has no mouse scrolls it with the arrows.
            <div class="shortcuts" tabindex="0">
                {shortcuts(Group::General, text!(i18n, commands.group_general))}
                {shortcuts(Group::Conversation, text!(i18n, commands.group_conversation))}
                {shortcuts(Group::Records, text!(i18n, commands.group_records))}
                {shortcuts(Group::Call, text!(i18n, commands.group_call))}
                {shortcuts(Group::Navigation, text!(i18n, commands.group_navigation))}
            </div>
        </Dialog>
    }
}

fn shortcuts(group: Group, heading: impl Fn() -> &'static str + Send + 'static) -> impl IntoView {
    let i18n = use_app().i18n;
    let rows = COMMANDS
        .iter()
        .filter(|entry| entry.group == group)
        .filter_map(|entry| {
            let keys = shortcut(entry.command)?;
            let command = entry.command;
            Some(view! { <div><dt>{move || title(i18n, command)}</dt><dd><kbd>{keys}</kbd></dd></div> })
        })
        .collect_view();
    view! { <section><h3>{heading}</h3><dl>{rows}</dl></section> }
}
