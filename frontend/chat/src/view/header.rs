//! The heading: who one talks to, and what can be done with the conversation.

use visitor_kit::browser::element::{El, el};

use super::{button, end_dialog, icon, icon_button};
use crate::chat::Chat;

pub(super) const MENU_ID: &str = "chat-menu";

/// The heading.
pub fn header(chat: Chat) -> El {
    let mut actions = el("div", "chat-actions").child(menu(chat));
    if chat.host.is_some() {
        let close = icon_button("chat-action", icon::CLOSE, &chat.text("close_chat"), move || chat.close());
        actions = actions.child(close);
    }
    el("header", "chat-header")
        .child(el("h1", "chat-title").text(&chat.config.style.title))
        .child(el("p", "chat-welcome").text_of(move || below_title(chat)))
        .child(actions)
}

/// Who answers, as far as that is known.
fn below_title(chat: Chat) -> String {
    chat.state.read(|state| match state.conversation.thread() {
        Some(thread) if !chat.config.preview => match &thread.answered_by {
            Some(name) => chat.fill("answered_by", "name", name),
            None => chat.text("nobody_yet"),
        },
        _ => chat.config.style.welcome.clone(),
    })
}

fn menu(chat: Chat) -> El {
    let item = button("chat-menu-item", &chat.text("end_conversation"), end_dialog::open);
    let opener =
        icon_button("chat-action", icon::MORE, &chat.text("menu"), || ()).attr("popovertarget", MENU_ID);
    el("div", "")
        .child(opener)
        .child(el("div", "chat-menu").attr("id", MENU_ID).attr("popover", "auto").child(item))
        .shown_when(move || {
            !chat.config.preview && chat.state.read(|state| state.conversation.thread().is_some())
        })
}
