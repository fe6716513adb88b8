//! The screen, built once; what changes in it follows the chat's signals.

mod chips;
mod composer;
mod end_dialog;
mod header;
mod icon;
mod identity_form;
mod log;
mod message;
mod notices;

use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::page;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlElement};

use crate::chat::Chat;

/// The whole of it.
pub fn chat(chat: Chat) -> El {
    let main = el("main", "chat-main")
        .child(header::header(chat))
        .child(log::scene(chat))
        .child(log::typing(chat))
        .child(notices::notices(chat))
        .child(identity_form::identity_form(chat))
        .child(ended(chat))
        .child(composer::composer(chat))
        .child(footer(chat))
        .child(end_dialog::end_dialog(chat))
        .child(el("p", "chat-drop").attr("aria-hidden", "true").text(&chat.text("drop_files")));
    accept_files(chat, main)
}

fn accept_files(chat: Chat, main: El) -> El {
    let classes = main.element().class_list();
    let mark = move |event: &Event, drags: bool| {
        event.prevent_default();
        // Fails only for names that are not valid.
        let _ = classes.toggle_with_force("drags", drags);
    };
    let (enter, leave, drop) = (mark.clone(), mark.clone(), mark);
    main.on("dragover", move |event| enter(&event, true))
        .on("dragleave", move |event| leave(&event, false))
        .on("drop", move |event| {
            drop(&event, false);
            let event: DragEvent = event.unchecked_into();
            chat.attach(event.data_transfer().and_then(|data| data.files()));
        })
}

fn ended(chat: Chat) -> El {
    let again = button("chat-button primary", &chat.text("start_again"), move || {
        chat.start_again();
        focus_composer();
    });
    el("div", "chat-ended")
        .attr("role", "status")
        .child(el("p", "").text(&chat.text("ended")))
        .child(again)
        .shown_when(move || chat.state.read(|state| state.conversation.is_ended()))
}

fn footer(chat: Chat) -> El {
    let key = if chat.store.is_lasting() || chat.config.preview { "powered_by" } else { "storage_blocked" };
    el("footer", "chat-footer").text(&chat.text(key))
}

/// A button that says what it does.
fn button(class: &str, text: &str, act: impl Fn() + 'static) -> El {
    el("button", class).attr("type", "button").text(text).on("click", move |_| act())
}

/// A button with an icon, whose name is for screen readers and for whoever points at it.
fn icon_button(class: &str, path: &str, name: &str, act: impl Fn() + 'static) -> El {
    let button = el("button", class).attr("type", "button").attr("aria-label", name).attr("title", name);
    button.html(&icon::svg(path)).on("click", move |_| act())
}

/// Puts the focus where the visitor writes, unless that brings up a keyboard on the screen.
pub fn focus_composer() {
    let has_mouse = page::window()
        .and_then(|window| window.match_media("(pointer: fine)").ok()?)
        .is_some_and(|query| query.matches());
    let text = page::document().and_then(|document| document.get_element_by_id(composer::TEXT_ID));
    if let Some(text) = text.filter(|_| has_mouse) {
        // Fails only where the element cannot be focused.
        let _ = text.unchecked_into::<HtmlElement>().focus();
    }
}
