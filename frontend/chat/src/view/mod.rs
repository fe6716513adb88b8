//! The screen.

mod composer;
mod end_dialog;
mod header;
mod icon;
mod identity_form;
mod log;
mod message;
mod notices;

use leptos::prelude::*;
use visitor_kit::browser::page;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

use crate::chat::Chat;

/// The whole of it.
pub fn chat(chat: Chat) -> impl IntoView {
    let drags = RwSignal::new(false);
    let drop_files = move |event: DragEvent| {
        event.prevent_default();
        drags.set(false);
        chat.attach(event.data_transfer().and_then(|data| data.files()));
    };
    let over = move |event: DragEvent| {
        event.prevent_default();
        drags.set(true);
    };
    let is_ended = Memo::new(move |_| chat.conversation.with(|conversation| conversation.is_ended()));
    view! {
        <main class="chat-main" class:drags=drags on:dragover=over on:drop=drop_files on:dragleave=move |_| drags.set(false)>
            {header::header(chat)}
            {log::log(chat)}
            {notices::notices(chat)}
            {identity_form::identity_form(chat)}
            {move || if is_ended.get() { ended(chat).into_any() } else { composer::composer(chat).into_any() }}
            {footer(chat)}
            {end_dialog::end_dialog(chat)}
            <p class="chat-drop" aria-hidden="true">{chat.text("drop_files")}</p>
        </main>
    }
}

fn ended(chat: Chat) -> impl IntoView {
    view! {
        <div class="chat-ended" role="status">
            <p>{chat.text("ended")}</p>
            {button("chat-button primary", chat.text("start_again"), move || {
                chat.start_again();
                focus_composer();
            })}
        </div>
    }
}

fn footer(chat: Chat) -> impl IntoView {
    let key = if chat.parts().store.is_lasting() { "powered_by" } else { "storage_blocked" };
    view! { <footer class="chat-footer">{chat.text(key)}</footer> }
}

/// A button that says what it does.
fn button(class: &'static str, text: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act()>{text}</button> }.into_any()
}

/// Puts the focus where the visitor writes, unless that brings up a keyboard on the screen.
pub fn focus_composer() {
    let has_mouse = page::window()
        .and_then(|window| window.match_media("(pointer: fine)").ok()?)
        .is_some_and(|query| query.matches());
    // The composer may be about to appear.
    request_animation_frame(move || {
        let text = page::document().and_then(|document| document.get_element_by_id(composer::TEXT_ID));
        if let Some(text) = text.filter(|_| has_mouse) {
            // Fails only where the element cannot be focused.
            let _ = text.unchecked_into::<HtmlElement>().focus();
        }
    });
}
