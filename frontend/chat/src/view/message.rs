//! One line of the conversation.

use leptos::prelude::*;
use types::conversations::DeliveryState;
use types::files::File;
use visitor_kit::browser::clock;
use visitor_kit::config::readable_size;
use visitor_kit::timeline::{MessageRow, Row};

use super::button;
use super::icon::{self, icon};
use crate::chat::Chat;

/// The name of the visitor's last message that the server has, and whether the team has read it.
pub type LastOwn = Memo<Option<(String, bool)>>;

/// What [`LastOwn`] is worked out by.
pub fn last_own(chat: Chat) -> LastOwn {
    Memo::new(move |_| {
        chat.conversation.with(|conversation| {
            let (message, state) = conversation.last_own()?;
            let key = message.client_id.clone().unwrap_or_else(|| message.id.to_string());
            Some((key, state == DeliveryState::Read))
        })
    })
}

/// A day or a message.
pub fn row(chat: Chat, row: Row, last_own: LastOwn) -> AnyView {
    match row {
        Row::Day { day, at } => {
            let name = match clock::day_of(clock::now()) - day {
                0 => chat.text("today"),
                1 => chat.text("yesterday"),
                _ => clock::name_of_day(at, &chat.locale()),
            };
            view! { <p class="chat-day">{name}</p> }.into_any()
        }
        Row::Message(message) => bubble(chat, message, last_own),
    }
}

fn bubble(chat: Chat, message: MessageRow, last_own: LastOwn) -> AnyView {
    let locale = chat.locale();
    let (at, exact) = (clock::time_of_day(message.at, &locale), clock::day_and_time(message.at, &locale));
    let team = message.author_name.clone().unwrap_or_else(|| chat.text("team"));
    let author = if message.mine { chat.text("you") } else { team };
    let class = match (message.mine, message.continues) {
        (true, true) => "chat-message mine continues",
        (true, false) => "chat-message mine",
        (false, true) => "chat-message continues",
        (false, false) => "chat-message",
    };
    let initial = author.chars().next().filter(|_| !message.mine).map(String::from);
    // The team's HTML was made safe by the server; the visitor's own text stays text.
    let content = match message.mine || message.html.is_empty() {
        true if message.text.is_empty() => ().into_any(),
        true => view! { <div class="chat-bubble">{message.text}</div> }.into_any(),
        false => view! { <div class="chat-bubble" inner_html=message.html></div> }.into_any(),
    };
    let attachments: Vec<_> = message.attachments.into_iter().map(|file| attachment(chat, file)).collect();
    view! {
        <div class=class>
            <p class="chat-author">{initial.map(|initial| view! { <i aria-hidden="true">{initial}</i> })}{author}</p>
            {content}
            {attachments}
            <p class="chat-meta">
                <time title=exact>{at}</time>
                {message.mine.then(|| state(chat, message.key, last_own))}
            </p>
        </div>
    }
    .into_any()
}

/// How far a message of the visitor has come. Among those that arrived, only the last one says so.
fn state(chat: Chat, key: String, last_own: LastOwn) -> AnyView {
    let refusal = {
        let key = key.clone();
        Memo::new(move |_| {
            chat.outbox.with(|outbox| outbox.message(&key).map(|waiting| waiting.refusal.clone()))
        })
    };
    let shown = move || match refusal.get() {
        Some(Some(reason)) => {
            let key = key.clone();
            let text = chat.text("state_failed");
            let retry = button("chat-link", chat.text("retry"), move || chat.retry(&key));
            view! { <span class="chat-state failed"><span title=reason>{text}</span> {retry}</span> }.into_any()
        }
        Some(None) => said(chat, "state_sending"),
        None => match last_own.get() {
            Some((last, is_read)) if last == key => said(chat, if is_read { "state_read" } else { "state_sent" }),
            _ => ().into_any(),
        },
    };
    shown.into_any()
}

fn said(chat: Chat, key: &str) -> AnyView {
    view! { <span class="chat-state">{chat.text(key)}</span> }.into_any()
}

fn attachment(chat: Chat, file: File) -> AnyView {
    let url = [&chat.parts().config.api_base, file.url.as_str()].concat();
    if file.is_image {
        let alt = chat.fill("image_alt", "name", &file.name);
        return view! {
            <a class="chat-image" href=url.clone() target="_blank" rel="noopener"><img src=url.clone() alt=alt/></a>
        }
        .into_any();
    }
    let (label, name) = (chat.fill("download", "name", &file.name), file.name.clone());
    let size = readable_size(u32::try_from(file.size).unwrap_or(u32::MAX));
    view! {
        <a class="chat-file" href=url download=name aria-label=label>
            {icon(icon::FILE)}<span class="chat-chip-name">{file.name}</span><small>{size}</small>
        </a>
    }
    .into_any()
}
