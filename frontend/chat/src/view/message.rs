//! One line of the conversation.

use types::conversations::DeliveryState;
use types::files::File;
use visitor_kit::browser::clock;
use visitor_kit::browser::element::{El, el, set_attribute, set_text};
use visitor_kit::config::readable_size;
use visitor_kit::timeline::{MessageRow, Row};

use super::button;
use super::icon::{self, icon};
use crate::chat::{Chat, State};

/// A day or a message.
pub fn row(chat: Chat, row: &Row) -> El {
    match row {
        Row::Day { day, at } => {
            let day = match clock::day_of(clock::now()) - day {
                0 => chat.text("today"),
                1 => chat.text("yesterday"),
                _ => clock::name_of_day(*at, &chat.config.locale),
            };
            el("p", "chat-day").text(&day)
        }
        Row::Message(message) => bubble(chat, message),
    }
}

fn bubble(chat: Chat, message: &MessageRow) -> El {
    let class = match (message.mine, message.continues) {
        (true, true) => "chat-message mine continues",
        (true, false) => "chat-message mine",
        (false, true) => "chat-message continues",
        (false, false) => "chat-message",
    };
    let team = || message.author_name.clone().unwrap_or_else(|| chat.text("team"));
    let author = if message.mine { chat.text("you") } else { team() };
    let initial = author.chars().next().map(String::from).unwrap_or_default();
    let name =
        el("p", "chat-author").child(el("i", "").attr("aria-hidden", "true").text(&initial)).text(&author);
    let mut row = el("div", class).child(name);
    // The team's HTML was made safe by the server; the visitor's own text stays text.
    if !message.mine && !message.html.is_empty() {
        row = row.child(el("div", "chat-bubble").html(&message.html));
    } else if !message.text.is_empty() {
        row = row.child(el("div", "chat-bubble").text(&message.text));
    }
    for file in &message.attachments {
        row = row.child(attachment(chat, file));
    }
    row.child(meta(chat, message))
}

fn meta(chat: Chat, message: &MessageRow) -> El {
    let locale = &chat.config.locale;
    let time = el("time", "")
        .attr("title", &clock::day_and_time(message.at, locale))
        .text(&clock::time_of_day(message.at, locale));
    let meta = el("p", "chat-meta").child(time);
    if message.mine { meta.child(progress(chat, message.key.clone())) } else { meta }
}

/// How far a message of the visitor has come.
enum Progress {
    Sending,
    Refused(String),
    /// Among the messages that arrived, only the last one says how far.
    Arrived(&'static str),
}

fn progress(chat: Chat, key: String) -> El {
    let text = el("span", "");
    let retry = {
        let key = key.clone();
        button("chat-link", &chat.text("retry"), move || chat.retry(&key))
    };
    let (shown_text, shown_retry) = (text.clone(), retry.clone());
    el("span", "chat-state").child(text).text(" ").child(retry).bind(move |element| {
        let (said, refusal) = match chat.state.read(|state| progress_of(state, &key)) {
            Progress::Sending => ("state_sending", None),
            Progress::Refused(reason) => ("state_failed", Some(reason)),
            Progress::Arrived(said) => (said, None),
        };
        set_text(shown_text.element(), &if said.is_empty() { String::new() } else { chat.text(said) });
        set_attribute(shown_retry.element(), "hidden", refusal.is_none().then_some(""));
        set_attribute(element, "data-failed", refusal.as_deref());
        set_attribute(element, "title", refusal.as_deref());
    })
}

fn progress_of(state: &State, key: &str) -> Progress {
    if let Some(waiting) = state.outbox.message(key) {
        return waiting.refusal.clone().map_or(Progress::Sending, Progress::Refused);
    }
    match state.conversation.last_own() {
        Some((message, reached)) if message.client_id.as_deref() == Some(key) => {
            Progress::Arrived(if reached == DeliveryState::Read { "state_read" } else { "state_sent" })
        }
        _ => Progress::Arrived(""),
    }
}

fn attachment(chat: Chat, file: &File) -> El {
    let url = [&chat.config.api_base, file.url.as_str()].concat();
    if file.is_image {
        let image = el("img", "").attr("alt", &chat.fill("image_alt", "name", &file.name)).attr("src", &url);
        return el("a", "chat-image").attr("href", &url).child(image);
    }
    let size = readable_size(u32::try_from(file.size).unwrap_or(u32::MAX));
    el("a", "chat-file")
        .attr("href", &url)
        .attr("download", &file.name)
        .attr("aria-label", &chat.fill("download", "name", &file.name))
        .child(icon(icon::FILE))
        .child(el("span", "chat-chip-name").text(&file.name))
        .child(el("small", "").text(&size))
}
