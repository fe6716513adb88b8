//! Where the visitor writes.

use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use web_sys::{ClipboardEvent, Event, HtmlElement, KeyboardEvent, SubmitEvent};

use super::icon::{self, icon};
use crate::attachments::{Attachment, Upload};
use crate::chat::Chat;

pub(super) const TEXT_ID: &str = "chat-text";

/// The composer, with the files that go with the message.
pub fn composer(chat: Chat) -> impl IntoView {
    let text = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        chat.draft.track();
        if let Some(text) = text.get() {
            fit_height(&text);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        chat.send();
    };
    let write = move |event: Event| {
        let written = event_target_value(&event);
        if written.trim().is_empty() {
            chat.stop_typing();
        } else {
            chat.note_typing();
        }
        chat.draft.set(written);
    };
    let key = move |event: KeyboardEvent| {
        // Enter also ends the composition of a character in many languages.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            chat.send();
        }
    };
    let paste = move |event: ClipboardEvent| {
        chat.attach(event.clipboard_data().and_then(|data| data.files()));
    };
    view! {
        <form class="chat-composer" on:submit=submit>
            <div class="chat-chips">
                <For each=move || chat.attachments.get() key=|attachment| attachment.key.clone() let:attachment>
                    {chip(chat, attachment)}
                </For>
            </div>
            <textarea id=TEXT_ID class="chat-text" rows="1" node_ref=text
                placeholder=chat.text("composer_placeholder") aria-label=chat.text("composer_label")
                prop:value=chat.draft on:input=write on:keydown=key on:paste=paste></textarea>
            <div class="chat-tools">
                {file_button(chat)}
                <button class="chat-send" aria-label=chat.text("send") disabled=move || !chat.can_send()>{icon(icon::SEND)}</button>
            </div>
        </form>
    }
}

fn file_button(chat: Chat) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_: Event| {
        if let Some(input) = input.get_untracked() {
            chat.attach(input.files());
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    view! {
        <input type="file" multiple hidden node_ref=input on:change=chosen/>
        <button type="button" class="chat-tool" aria-label=chat.text("attach") on:click=choose>{icon(icon::ATTACH)}</button>
    }
}

fn chip(chat: Chat, attachment: Attachment) -> AnyView {
    let key = attachment.key.clone();
    let state = Memo::new(move |_| {
        let attachments = chat.attachments.read();
        attachments.iter().find(|attachment| attachment.key == key).map(|attachment| attachment.state.clone())
    });
    let name = attachment.name.clone();
    let progress = {
        let label = chat.fill("attachment_uploading", "name", &name);
        move || match state.get() {
            Some(Upload::Running(percent)) => {
                Some(view! { <progress max="100" prop:value=percent aria-label=label.clone()></progress> }.into_any())
            }
            Some(Upload::Failed(reason)) => {
                Some(view! { <span class="chat-error" role="alert">{reason}</span> }.into_any())
            }
            _ => None,
        }
    };
    let remove_label = chat.fill("remove_attachment", "name", &name);
    let key = attachment.key;
    view! {
        <div class="chat-chip">
            {icon(icon::FILE)}
            <span class="chat-chip-name">{name}</span>
            {progress}
            <button type="button" class="chat-tool" aria-label=remove_label on:click=move |_| chat.remove_attachment(&key)>
                {icon(icon::CLOSE)}
            </button>
        </div>
    }
    .into_any()
}

/// Makes the text area as high as its text; the style sheet limits it.
fn fit_height(text: &HtmlElement) {
    // Fails only for names that are not valid.
    let _ = text.style().set_property("height", "auto");
    let height = [&text.scroll_height().to_string(), "px"].concat();
    let _ = text.style().set_property("height", &height);
}
