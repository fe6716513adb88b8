//! Where the visitor writes.

use visitor_kit::browser::element::{El, el, set_attribute};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::{chips, icon, icon_button};
use crate::chat::Chat;

pub(super) const TEXT_ID: &str = "chat-text";

/// The composer, with the files that go with the message.
pub fn composer(chat: Chat) -> El {
    let limit = chat.config.limits.message_characters;
    let send = icon_button("chat-send", icon::SEND, &chat.text("send"), || ()).attr("type", "submit").bind(
        move |button| {
            let can_send = chat.draft.read(|draft| draft.can_be_sent(limit));
            set_attribute(button, "disabled", (!can_send).then_some(""));
        },
    );
    let (picker, attach) = file_picker(chat);
    el("form", "chat-composer")
        .child(chips::chips(chat))
        .child(text_area(chat))
        .child(picker)
        .child(el("div", "chat-tools").child(attach).child(send))
        .on("submit", move |event| {
            event.prevent_default();
            chat.send();
        })
        .shown_when(move || chat.state.read(|state| !state.conversation.is_ended()))
}

fn text_area(chat: Chat) -> El {
    let area = el("textarea", "chat-text")
        .attr("id", TEXT_ID)
        .attr("rows", "1")
        .attr("placeholder", &chat.text("composer_placeholder"))
        .attr("aria-label", &chat.text("composer_label"));
    let text: HtmlTextAreaElement = area.unchecked();
    let (written, followed) = (text.clone(), text);
    area.on("input", move |_| write(chat, written.value()))
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            // Enter also ends the composition of a character in many languages.
            if key.key() == "Enter" && !key.shift_key() && !key.is_composing() {
                event.prevent_default();
                chat.send();
            }
        })
        .on("paste", move |event| {
            let event: ClipboardEvent = event.unchecked_into();
            chat.attach(event.clipboard_data().and_then(|data| data.files()));
        })
        .bind(move |_| {
            chat.draft.read(|draft| {
                if followed.value() != draft.text {
                    followed.set_value(&draft.text);
                }
            });
            fit_height(&followed);
        })
}

fn write(chat: Chat, written: String) {
    if written.trim().is_empty() {
        chat.stop_typing();
    } else {
        chat.note_typing();
    }
    chat.draft.change(|draft| draft.text = written);
}

/// The browser's own picker, which is not shown, and the button that opens it.
fn file_picker(chat: Chat) -> (El, El) {
    let picker = el("input", "").attr("type", "file").attr("multiple", "").attr("hidden", "");
    let input: HtmlInputElement = picker.unchecked();
    let (opened, chosen) = (input.clone(), input);
    let button = icon_button("chat-tool", icon::ATTACH, &chat.text("attach"), move || opened.click());
    let picker = picker.on("change", move |_| {
        chat.attach(chosen.files());
        // The same file can be chosen again.
        chosen.set_value("");
    });
    (picker, button)
}

/// Makes the text area as high as its text; the style sheet limits it.
fn fit_height(text: &HtmlTextAreaElement) {
    let style = text.style();
    // Fails only for names that are not valid.
    let _ = style.set_property("height", "auto");
    let height = text.scroll_height();
    if height > 0 {
        let _ = style.set_property("height", &[&height.to_string(), "px"].concat());
    }
}
