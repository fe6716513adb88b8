//! Asks the visitor for a name and an address, once, after the first message.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::button;
use crate::chat::Chat;

/// The form, while it is asked for.
pub fn identity_form(chat: Chat) -> impl IntoView {
    move || chat.asks_identity.get().then(|| form(chat))
}

fn form(chat: Chat) -> AnyView {
    let is_wrong = RwSignal::new(false);
    let (name, email) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let value = |input: NodeRef<Input>| {
        input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default()
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        is_wrong.set(!chat.introduce(value(name), value(email)));
    };
    view! {
        <form class="chat-identity" novalidate on:submit=save>
            <p>{chat.text("identify_intro")}</p>
            <input node_ref=name autocomplete="name" maxlength="200"
                placeholder=chat.text("identify_name") aria-label=chat.text("identify_name")/>
            <input node_ref=email type="email" autocomplete="email" maxlength="250"
                placeholder=chat.text("identify_email") aria-label=chat.text("identify_email")
                aria-invalid=move || is_wrong.get().to_string() aria-describedby="chat-identity-error"/>
            <p class="chat-error" id="chat-identity-error" role="alert">
                {move || is_wrong.get().then(|| chat.text("identify_invalid_email"))}
            </p>
            <div class="chat-buttons">
                {button("chat-button", chat.text("identify_skip"), move || chat.skip_identity())}
                <button class="chat-button primary">{chat.text("identify_save")}</button>
            </div>
        </form>
    }
    .into_any()
}
