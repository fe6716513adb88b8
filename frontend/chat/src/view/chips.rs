//! The files that go with the message being written.

use std::cell::RefCell;

use visitor_kit::browser::element::{El, el, set_attribute, set_text};
use visitor_kit::browser::list::List;
use visitor_kit::browser::watched::effect;

use super::icon::{self, icon};
use super::icon_button;
use crate::attachments::{Attachment, Upload};
use crate::chat::Chat;

/// One line a file.
pub fn chips(chat: Chat) -> El {
    let chips = el("div", "chat-chips");
    let list = RefCell::new(List::new(&chips));
    effect(Box::new(move || {
        chat.draft.read(|draft| {
            let keys: Vec<String> =
                draft.attachments.iter().map(|attachment| attachment.key.clone()).collect();
            list.borrow_mut().show(&keys, &|index| chip(chat, &draft.attachments[index]));
        });
    }));
    chips
}

fn chip(chat: Chat, attachment: &Attachment) -> El {
    let (key, name) = (attachment.key.clone(), attachment.name.as_str());
    let progress = el("progress", "")
        .attr("max", "100")
        .attr("aria-label", &chat.fill("attachment_uploading", "name", name));
    let error = el("span", "chat-error").attr("role", "alert");
    let remove = {
        let key = key.clone();
        icon_button("chat-tool", icon::CLOSE, &chat.fill("remove_attachment", "name", name), move || {
            chat.remove_attachment(&key);
        })
    };
    let (shown_progress, shown_error) = (progress.clone(), error.clone());
    el("div", "chat-chip")
        .child(icon(icon::FILE))
        .child(el("span", "chat-chip-name").text(name))
        .child(progress)
        .child(error)
        .child(remove)
        .bind(move |chip| {
            let state = chat.draft.read(|draft| {
                let found = draft.attachments.iter().find(|attachment| attachment.key == key);
                found.map(|attachment| attachment.state.clone())
            });
            let (percent, reason) = match state {
                Some(Upload::Running(percent)) => (Some(percent.to_string()), String::new()),
                Some(Upload::Failed(reason)) => (None, reason),
                Some(Upload::Stored(_)) | None => (None, String::new()),
            };
            set_attribute(shown_progress.element(), "value", percent.as_deref());
            set_attribute(shown_progress.element(), "hidden", percent.is_none().then_some(""));
            set_attribute(chip, "data-failed", (!reason.is_empty()).then_some(""));
            set_text(shown_error.element(), &reason);
        })
}
