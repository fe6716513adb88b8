//! The heading: who one talks to, and what can be done with the conversation.

use leptos::prelude::*;

use super::icon::{self, icon};
use super::{button, end_dialog};
use crate::chat::Chat;

const MENU_ID: &str = "chat-menu";

/// The heading.
pub fn header(chat: Chat) -> impl IntoView {
    let style = chat.parts().config.style.clone();
    let has_thread = Memo::new(move |_| chat.conversation.with(|conversation| conversation.thread().is_some()));
    let below = move || {
        let answered_by = chat.conversation.with(|conversation| conversation.thread()?.answered_by.clone());
        match answered_by {
            Some(name) => chat.fill("answered_by", "name", &name),
            None if has_thread.get() => chat.text("nobody_yet"),
            None => style.welcome.clone(),
        }
    };
    view! {
        <header class="chat-header">
            <h1 class="chat-title">{style.title.clone()}</h1>
            <p class="chat-welcome">{below}</p>
            <div class="chat-actions">
                {move || has_thread.get().then(|| menu(chat))}
                {chat.can_close().then(|| view! {
                    <button type="button" class="chat-action" aria-label=chat.text("close_chat") on:click=move |_| chat.close()>
                        {icon(icon::CLOSE)}
                    </button>
                })}
            </div>
        </header>
    }
}

fn menu(chat: Chat) -> AnyView {
    view! {
        <button type="button" class="chat-action" aria-label=chat.text("menu") popovertarget=MENU_ID>
            {icon(icon::MORE)}
        </button>
        <div class="chat-menu" id=MENU_ID popover="auto">
            {button("chat-menu-item", chat.text("end_conversation"), end_dialog::open)}
        </div>
    }
    .into_any()
}
