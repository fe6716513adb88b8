//! Asks before the conversation is ended.

use leptos::prelude::*;
use visitor_kit::browser::page;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::button;
use crate::chat::Chat;

const ID: &str = "chat-end";

/// The dialog, closed.
pub fn end_dialog(chat: Chat) -> impl IntoView {
    view! {
        <dialog class="chat-dialog" id=ID aria-labelledby="chat-end-title" aria-describedby="chat-end-detail">
            <h2 id="chat-end-title">{chat.text("end_confirm_title")}</h2>
            <p id="chat-end-detail">{chat.text("end_confirm_detail")}</p>
            <div class="chat-buttons">
                {button("chat-button", chat.text("cancel"), close)}
                {button("chat-button danger", chat.text("end_confirm"), move || {
                    close();
                    chat.end();
                })}
            </div>
        </dialog>
    }
}

/// Shows the dialog. The browser keeps the focus in it, closes it on Escape and gives the focus back.
pub fn open() {
    // Fails only where it is open already.
    let _ = dialog().map(|dialog| dialog.show_modal());
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    Some(page::document()?.get_element_by_id(ID)?.unchecked_into())
}
