//! What has to be said beside the conversation: one thing at a time, the most important one.

use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::page;

use super::{button, focus_composer};
use crate::chat::{Chat, Link};

/// The strip above the composer.
pub fn notices(chat: Chat) -> El {
    let act = move || match current(chat).action {
        Some(Action::StartAgain) => {
            chat.start_again();
            focus_composer();
        }
        Some(Action::Reload) => reload(),
        None => (),
    };
    let label = move || match current(chat).action {
        Some(Action::StartAgain) => chat.text("start_again"),
        Some(Action::Reload) => chat.text("reload"),
        None => String::new(),
    };
    // Stays in the page while there is nothing to say, as screen readers hear only of changes in it.
    el("div", "")
        .attr("role", "status")
        .attr_of("class", move || Some(current(chat).class.to_owned()))
        .child(el("span", "").text_of(move || current(chat).text))
        .child(button("chat-link", "", act).text_of(label))
}

#[derive(Clone, Copy)]
enum Action {
    StartAgain,
    Reload,
}

struct Notice {
    class: &'static str,
    text: String,
    action: Option<Action>,
}

fn current(chat: Chat) -> Notice {
    let limit = chat.config.limits.message_characters;
    let is_too_long = chat.draft.read(|draft| draft.is_too_long(limit));
    chat.state.read(|state| {
        let plain = |class, text: &str| Notice { class, text: text.to_owned(), action: None };
        let with = |key, action| Notice {
            class: "chat-notice",
            text: chat.text(key).to_owned(),
            action: Some(action),
        };
        match (state.link, &state.notice) {
            (Link::Ended, _) => with("session_ended", Action::StartAgain),
            (Link::Lost, _) if page::is_online() => plain("chat-notice warn", &chat.text("reconnecting")),
            (Link::Lost, _) => plain("chat-notice warn", &chat.text("offline")),
            _ if is_too_long => plain("chat-notice bad", &chat.fill("too_long", "count", &limit.to_string())),
            (_, Some(said)) => plain("chat-notice", said),
            (Link::Regained, _) => plain("chat-notice ok", &chat.text("back_online")),
            _ if state.is_outdated => with("updated", Action::Reload),
            _ if state.conversation.is_closed() => plain("chat-notice", &chat.text("closed_by_team")),
            _ => plain("chat-notice none", ""),
        }
    })
}

fn reload() {
    // What is being written and sent is kept, so nothing is lost.
    if let Some(window) = page::window() {
        let _ = window.location().reload();
    }
}
