//! The conversation, and where the visitor is in it.

use leptos::html::Div;
use leptos::prelude::*;
use visitor_kit::browser::{clock, page};
use visitor_kit::timeline::{self, Row};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::icon::{self, icon};
use super::message;
use crate::chat::{Chat, Link};

/// So close to an end, in pixels, the visitor is at that end.
const NEAR: i32 = 60;

/// Where the visitor is.
#[derive(Clone, Copy)]
struct Place {
    log: NodeRef<Div>,
    /// Whether the last message is in view, so that the view follows new ones.
    is_at_end: RwSignal<bool>,
    /// Whether a message has come that is out of view.
    has_new: RwSignal<bool>,
    /// The height of the content when it was last placed.
    height: StoredValue<i32>,
}

/// The conversation.
pub fn log(chat: Chat) -> impl IntoView {
    let rows = Memo::new(move |_| {
        chat.conversation
            .with(|conversation| chat.outbox.with(|outbox| timeline::rows(conversation, outbox, clock::day_of)))
    });
    let place = Place {
        log: NodeRef::new(),
        is_at_end: RwSignal::new(true),
        has_new: RwSignal::new(false),
        height: StoredValue::new(0),
    };
    Effect::new(move |before: Option<Option<String>>| {
        let (last, is_own) = rows.with(|rows| {
            (rows.last().map(Row::key), matches!(rows.last(), Some(Row::Message(last)) if last.mine))
        });
        place.follow(before.is_some_and(|before| before != last), is_own);
        last
    });
    let last_own = message::last_own(chat);
    let company = chat.parts().config.company_name.clone();
    let loads = move || chat.loads_older.get() || chat.link.get() == Link::Loading;
    let scrolled = move |_| {
        if place.note_scroll() {
            chat.load_older();
        }
    };
    view! {
        <div class="chat-scene">
            <div class="chat-log" role="log" tabindex="0" node_ref=place.log
                aria-label=chat.fill("messages_label", "company", &company)
                aria-busy=move || loads().to_string() on:scroll=scrolled on:click=open_link on:load:capture=move |_| place.settle()>
                {move || older(chat)}
                <For each=move || rows.get() key=Row::key let:row>{message::row(chat, row, last_own)}</For>
            </div>
            {move || jump(chat, place)}
        </div>
        <p class="chat-typing" role="status">{move || typing(chat)}</p>
    }
}

impl Place {
    /// Keeps the view where it belongs after the content has changed.
    fn follow(self, has_grown_at_end: bool, is_own: bool) {
        if has_grown_at_end && is_own {
            self.is_at_end.set(true);
        } else if has_grown_at_end && !self.is_at_end.get_untracked() {
            self.has_new.set(true);
        }
        // The content is in the document by then, and not painted yet.
        request_animation_frame(move || {
            let Some(log) = self.log.get_untracked() else { return };
            let before = self.height.get_value();
            if self.is_at_end.get_untracked() {
                log.set_scroll_top(log.scroll_height());
            } else if !has_grown_at_end && before > 0 {
                // Older messages came in above: what was in view stays there.
                log.set_scroll_top(log.scroll_top() + log.scroll_height() - before);
            }
            self.height.set_value(log.scroll_height());
        });
    }

    /// Follows content that has grown by itself, such as an image that has arrived.
    fn settle(self) {
        if let Some(log) = self.log.get_untracked().filter(|_| self.is_at_end.get_untracked()) {
            log.set_scroll_top(log.scroll_height());
            self.height.set_value(log.scroll_height());
        }
    }

    /// Notes where the visitor has gone; answers whether that is near the beginning.
    fn note_scroll(self) -> bool {
        let Some(log) = self.log.get_untracked() else { return false };
        let is_at_end = log.scroll_height() - log.scroll_top() - log.client_height() < NEAR;
        if is_at_end != self.is_at_end.get_untracked() {
            self.is_at_end.set(is_at_end);
        }
        if is_at_end && self.has_new.get_untracked() {
            self.has_new.set(false);
        }
        log.scroll_top() < NEAR
    }

    fn go_to_end(self) {
        self.is_at_end.set(true);
        self.has_new.set(false);
        self.settle();
    }
}

/// What stands above the messages.
fn older(chat: Chat) -> AnyView {
    if chat.link.get() == Link::Loading && chat.conversation.with(|known| known.messages().is_empty()) {
        return view! { <div class="chat-skeleton"><i></i><i></i><i></i></div> }.into_any();
    }
    let has_older = chat.conversation.with(|conversation| conversation.has_older());
    has_older.then(|| super::button("chat-link chat-older", chat.text("load_older"), move || chat.load_older())).into_any()
}

/// The way back to the last message.
fn jump(chat: Chat, place: Place) -> Option<AnyView> {
    if place.is_at_end.get() {
        return None;
    }
    let has_new = place.has_new.get();
    let class = if has_new { "chat-jump new" } else { "chat-jump" };
    let text = has_new.then(|| chat.text("new_messages"));
    let label = chat.text("jump_to_latest");
    let name = text.clone().unwrap_or_else(|| label.clone());
    let jump = view! {
        <button type="button" class=class title=label aria-label=name on:click=move |_| place.go_to_end()>
            {icon(icon::DOWN)}{text}
        </button>
    };
    Some(jump.into_any())
}

fn typing(chat: Chat) -> Option<String> {
    let name = chat.conversation.with(|conversation| conversation.typing().map(ToOwned::to_owned))?;
    Some(chat.fill("typing", "name", &name))
}

/// Opens links beside the chat: inside its frame they would replace it.
fn open_link(event: MouseEvent) {
    let target: Option<Element> = event.target().map(JsCast::unchecked_into);
    let link = target.and_then(|target| target.closest("a[href]:not([download])").ok()?);
    let address = link.and_then(|link| link.get_attribute("href"));
    if let (Some(address), Some(window)) = (address, page::window()) {
        event.prevent_default();
        // Opens nothing where the browser forbids it.
        let _ = window.open_with_url_and_target_and_features(&address, "_blank", "noopener");
    }
}
