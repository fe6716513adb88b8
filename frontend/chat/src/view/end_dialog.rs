//! Asks before the conversation is ended.

use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::page;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{button, header};
use crate::chat::Chat;

const ID: &str = "chat-end";

/// The dialog, closed.
pub fn end_dialog(chat: Chat) -> El {
    let end = button("chat-button danger", &chat.text("end_confirm"), move || {
        close();
        chat.end();
    });
    let buttons =
        el("div", "chat-buttons").child(button("chat-button", &chat.text("cancel"), close)).child(end);
    el("dialog", "chat-dialog")
        .attr("id", ID)
        .attr("aria-labelledby", "chat-end-title")
        .attr("aria-describedby", "chat-end-detail")
        .child(el("h2", "").attr("id", "chat-end-title").text(&chat.text("end_confirm_title")))
        .child(el("p", "").attr("id", "chat-end-detail").text(&chat.text("end_confirm_detail")))
        .child(buttons)
}

/// Shows the dialog in place of the menu. The browser keeps the focus in it and closes it on Escape.
pub fn open() {
    let menu = page::document().and_then(|document| document.get_element_by_id(header::MENU_ID));
    if let Some(menu) = menu {
        // Fails only where it is closed already.
        let _ = menu.unchecked_into::<HtmlElement>().hide_popover();
    }
    if let Some(dialog) = dialog() {
        // Fails only where it is open already.
        let _ = dialog.show_modal();
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    Some(page::document()?.get_element_by_id(ID)?.unchecked_into())
}
