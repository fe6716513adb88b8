//! The conversation, and where the visitor is in it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use visitor_kit::browser::element::{El, el, set_attribute, set_text};
use visitor_kit::browser::list::List;
use visitor_kit::browser::watched::{Watched, effect};
use visitor_kit::browser::{clock, page};
use visitor_kit::timeline::{self, Row};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::icon::{self, icon};
use super::{button, message};
use crate::chat::{Chat, Link};

/// So close to an end, in pixels, the visitor is at that end.
const NEAR: i32 = 60;

/// What the way back to the last message says.
#[derive(Clone, Copy, PartialEq)]
enum Jump {
    /// Nothing but that it is one.
    Plain,
    /// That a message has come.
    New,
}

/// Where the visitor is in the conversation.
#[derive(Clone)]
struct Place {
    log: Element,
    /// The way back to the last message; nothing while that message is in view.
    jump: Rc<Watched<Option<Jump>>>,
    /// The height of the content when it was last placed.
    height: Rc<Cell<i32>>,
}

/// The conversation, and the way back to its end.
pub fn scene(chat: Chat) -> El {
    let log = el("div", "chat-log")
        .attr("role", "log")
        .attr("tabindex", "0")
        .attr("aria-label", &chat.fill("messages_label", "company", &chat.config.company_name))
        .attr_of("aria-busy", move || Some(is_loading(chat).to_string()))
        .child(skeleton(chat))
        .child(older(chat))
        .child(hint(chat))
        .on("click", |event| open_link(&event));
    let place = Place {
        log: log.element().clone(),
        jump: Rc::new(Watched::new(None)),
        height: Rc::new(Cell::new(0)),
    };
    follow_messages(chat, &log, place.clone());
    let (scrolled, loaded, resized) = (place.clone(), place.clone(), place.clone());
    log.observe_size(move || resized.settle());
    let log = log.on_inside("load", move |_| loaded.settle()).on("scroll", move |_| {
        if scrolled.note_scroll() {
            chat.load_older();
        }
    });
    el("div", "chat-scene").child(log).child(jump(chat, place))
}

/// Who of the team is writing.
pub fn typing(chat: Chat) -> El {
    let text = move || {
        let name = chat.state.read(|state| state.conversation.typing().map(ToOwned::to_owned));
        name.map(|name| chat.fill("typing", "name", &name)).unwrap_or_default()
    };
    el("p", "chat-typing").attr("role", "status").text_of(text)
}

fn follow_messages(chat: Chat, log: &El, place: Place) {
    let list = RefCell::new(List::new(log));
    let last = RefCell::new(None);
    effect(Box::new(move || {
        let rows = chat.state.read(|state| timeline::rows(&state.conversation, &state.outbox, clock::day_of));
        let keys: Vec<String> = rows.iter().map(Row::key).collect();
        list.borrow_mut().show(&keys, &|index| message::row(chat, &rows[index]));
        let former = last.replace(keys.last().cloned());
        let has_grown = former.is_some() && former.as_ref() != keys.last();
        let is_own = matches!(rows.last(), Some(Row::Message(last)) if last.mine);
        place.follow(has_grown, is_own);
    }));
}

fn is_loading(chat: Chat) -> bool {
    chat.state.read(|state| state.loads_older || state.link == Link::Loading)
}

fn skeleton(chat: Chat) -> El {
    el("div", "chat-skeleton").html("<i></i><i></i><i></i>").shown_when(move || {
        chat.state.read(|state| state.link == Link::Loading && state.conversation.messages().is_empty())
    })
}

/// What to expect, before anything was said.
fn hint(chat: Chat) -> El {
    let is_empty = move || {
        chat.state.read(|state| {
            let is_idle = state.link != Link::Loading && state.outbox.messages().is_empty();
            is_idle && state.conversation.messages().is_empty()
        })
    };
    el("p", "chat-hint").text(&chat.text("nobody_yet")).shown_when(is_empty)
}

fn older(chat: Chat) -> El {
    button("chat-link chat-older", &chat.text("load_older"), move || chat.load_older())
        .shown_when(move || chat.state.read(|state| state.conversation.has_older()))
}

fn jump(chat: Chat, place: Place) -> El {
    let text = el("span", "");
    let (shown, signal) = (text.clone(), place.jump.clone());
    let label = chat.text("jump_to_latest");
    let button = el("button", "chat-jump").attr("type", "button").attr("title", &label);
    button.child(icon(icon::DOWN)).child(text).on("click", move |_| place.go_to_end()).bind(move |button| {
        let said = signal.read(|said| *said);
        set_attribute(button, "hidden", said.is_none().then_some(""));
        let is_new = said == Some(Jump::New);
        set_attribute(button, "data-new", is_new.then_some(""));
        set_text(shown.element(), &if is_new { chat.text("new_messages") } else { String::new() });
    })
}

impl Place {
    fn set_jump(&self, said: Option<Jump>) {
        self.jump.change(|jump| *jump = said);
    }

    fn is_at_end(&self) -> bool {
        self.jump.peek(Option::is_none)
    }

    /// Keeps the view where it belongs after the content has changed.
    fn follow(&self, has_grown: bool, is_own: bool) {
        if has_grown && is_own {
            self.go_to_end();
        } else if self.is_at_end() {
            self.settle();
        } else if has_grown {
            self.set_jump(Some(Jump::New));
        } else {
            // Older messages came in above: what was in view stays there.
            let grown = self.log.scroll_height() - self.height.get();
            self.log.set_scroll_top(self.log.scroll_top() + grown);
        }
        self.height.set(self.log.scroll_height());
    }

    /// Stays at the end when content has grown by itself, such as an image that has arrived.
    fn settle(&self) {
        if self.is_at_end() {
            self.log.set_scroll_top(self.log.scroll_height());
        }
        self.height.set(self.log.scroll_height());
    }

    /// Notes where the visitor has gone; answers whether that is near the beginning.
    fn note_scroll(&self) -> bool {
        let is_at_end = self.log.scroll_height() - self.log.scroll_top() - self.log.client_height() < NEAR;
        if is_at_end && !self.is_at_end() {
            self.set_jump(None);
        } else if !is_at_end && self.is_at_end() {
            self.set_jump(Some(Jump::Plain));
        }
        self.log.scroll_top() < NEAR
    }

    fn go_to_end(&self) {
        if !self.is_at_end() {
            self.set_jump(None);
        }
        self.settle();
    }
}

/// Opens links beside the chat: inside its frame they would replace it.
fn open_link(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]:not([download])").ok()?);
    let address = link.and_then(|link| link.get_attribute("href"));
    if let (Some(address), Some(window)) = (address, page::window()) {
        event.prevent_default();
        // Opens nothing where the browser forbids it.
        let _ = window.open_with_url_and_target_and_features(&address, "_blank", "noopener");
    }
}
