//! Asks the visitor for a name and an address, once, after the first message.

use visitor_kit::browser::element::{El, el, set_attribute, set_text};
use web_sys::HtmlInputElement;

use super::button;
use crate::chat::Chat;

const ERROR_ID: &str = "chat-identity-error";

/// The form, shown while it is asked for.
pub fn identity_form(chat: Chat) -> El {
    let name = input(&chat.text("identify_name"), "name").attr("maxlength", "200");
    let email = input(&chat.text("identify_email"), "email")
        .attr("type", "email")
        .attr("maxlength", "250")
        .attr("aria-describedby", ERROR_ID);
    let error = el("p", "chat-error").attr("id", ERROR_ID).attr("role", "alert");
    let buttons = el("div", "chat-buttons")
        .child(button("chat-button", &chat.text("identify_skip"), move || chat.skip_identity()))
        .child(el("button", "chat-button primary").text(&chat.text("identify_save")));
    let (name_input, email_input, said) = (name.clone(), email.clone(), error.clone());
    el("form", "chat-identity")
        .attr("novalidate", "")
        .child(el("p", "").text(&chat.text("identify_intro")))
        .child(name)
        .child(email)
        .child(error)
        .child(buttons)
        .on("submit", move |event| {
            event.prevent_default();
            let is_taken = chat.introduce(value(&name_input), value(&email_input));
            set_attribute(email_input.element(), "aria-invalid", (!is_taken).then_some("true"));
            set_text(
                said.element(),
                &if is_taken { String::new() } else { chat.text("identify_invalid_email") },
            );
        })
        .shown_when(move || chat.state.read(|state| state.asks_identity))
}

fn input(label: &str, autocomplete: &str) -> El {
    el("input", "").attr("placeholder", label).attr("aria-label", label).attr("autocomplete", autocomplete)
}

fn value(input: &El) -> String {
    input.unchecked::<HtmlInputElement>().value().trim().to_owned()
}
