//! What can be done with one message.

use leptos::{prelude::*, task::spawn_local};
use types::conversations::Message;
use ui::{IconName, Menu, MenuItem};

use crate::browser;
use crate::context::use_app;
use crate::inbox::actions;
use crate::texts::text;

/// The ellipsis of a message.
#[component]
pub fn MessageMenu(message: Message) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let Message { id, thread_id, text, .. } = message;
    let copy_text = Callback::new(move |()| {
        let text = text.clone();
        spawn_local(async move {
            if browser::copy(&text).await {
                app.toasts.show(untrack(|| leptos_i18n::t_string!(i18n, words.copied)));
            }
        });
    });
    view! {
        <span class="message-menu">
            <Menu label=text!(i18n, inbox.message_actions) icon=IconName::More icon_only=true>
                <MenuItem icon=IconName::Link on_select=move |()| actions::copy_link(app, thread_id, Some(id))>
                    {text!(i18n, inbox.copy_message_link)}
                </MenuItem>
                <MenuItem icon=IconName::Copy on_select=copy_text>{text!(i18n, inbox.copy_text)}</MenuItem>
            </Menu>
        </span>
    }
}
