//! What has to be said beside the conversation: one thing at a time, the most important one.

use leptos::prelude::*;
use visitor_kit::browser::page;

use super::{button, focus_composer};
use crate::chat::{Chat, Link};

/// The strip above the composer.
pub fn notices(chat: Chat) -> impl IntoView {
    // Reading it in the view would make it anew at each message.
    let is_closed = Memo::new(move |_| chat.conversation.with(|conversation| conversation.is_closed()));
    view! {
        <div class="chat-notices" role="status">
            {move || notice(chat, is_closed.get()).map(|notice| view! {
                <p class=notice.class>
                    <span>{notice.text}</span>
                    {notice.action.map(|(label, act)| button("chat-link", label, act))}
                </p>
            })}
        </div>
    }
}

struct Notice {
    class: &'static str,
    text: String,
    action: Option<(String, Box<dyn Fn()>)>,
}

fn notice(chat: Chat, is_closed: bool) -> Option<Notice> {
    let plain = |class, text| Some(Notice { class, text, action: None });
    let with = |key: &str, label: &str, act: Box<dyn Fn()>| {
        Some(Notice { class: "chat-notice", text: chat.text(key), action: Some((chat.text(label), act)) })
    };
    let link = chat.link.get();
    let said = chat.notice.get();
    match link {
        Link::Ended => with("session_ended", "start_again", Box::new(move || {
            chat.start_again();
            focus_composer();
        })),
        Link::Lost if page::is_online() => plain("chat-notice warn", chat.text("reconnecting")),
        Link::Lost => plain("chat-notice warn", chat.text("offline")),
        _ if chat.is_too_long() => {
            let limit = chat.parts().config.limits.message_characters.to_string();
            plain("chat-notice bad", chat.fill("too_long", "count", &limit))
        }
        _ if said.is_some() => plain("chat-notice", said.unwrap_or_default()),
        Link::Regained => plain("chat-notice ok", chat.text("back_online")),
        _ if chat.is_outdated.get() => with("updated", "reload", Box::new(reload)),
        _ if is_closed => plain("chat-notice", chat.text("closed_by_team")),
        _ => None,
    }
}

fn reload() {
    // What is being written and sent is kept, so nothing is lost.
    if let Some(window) = page::window() {
        let _ = window.location().reload();
    }
}
