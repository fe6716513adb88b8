//! The customer's page around the iframe. The loader on it, `embed/rapport.js`, documents the messages.

use js_sys::{Object, Reflect};
use types::channels::IdentifyVisitor;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Url, Window};

use super::listener::listen;
use super::page;

/// What the host page says.
#[derive(Clone, Debug, PartialEq)]
pub enum HostMessage {
    /// The visitor is another person from now on, or nobody.
    Reset,
    /// The visitor is on this page, by its address.
    Visit {
        /// The address, without its fragment.
        url: String,
    },
    /// Who the visitor is.
    Identify(IdentifyVisitor),
    /// The chat is shown.
    Open,
    /// The chat is hidden.
    Close,
}

/// The page that embeds this one. Messages go to exactly its origin, and come from nowhere else.
#[derive(Clone)]
pub struct Host {
    window: Window,
    origin: String,
}

impl Host {
    /// The embedding page; nothing when this page stands alone or does not know by whom it is embedded.
    pub fn of_page() -> Option<Self> {
        let own = page::window()?;
        let window = own.parent().ok()??;
        if window == own {
            return None;
        }
        let origin = Url::new(&page::document()?.referrer()).ok()?.origin();
        Some(Self { window, origin })
    }

    /// Says that the chat can be talked to.
    pub fn ready(&self) {
        self.post("ready", &[]);
    }

    /// Says how many messages are unread.
    pub fn unread(&self, count: u32) {
        self.post("unread", &[("count", JsValue::from(count))]);
    }

    /// Asks to be hidden.
    pub fn close(&self) {
        self.post("close", &[]);
    }

    /// Tells an event of the loader's API, with one detail.
    pub fn event(&self, name: &str, detail: (&str, &str)) {
        let facts = object(&[(detail.0, JsValue::from_str(detail.1))]);
        self.post("event", &[("name", JsValue::from_str(name)), ("detail", facts.into())]);
    }

    /// Says how tall the page is, in CSS pixels.
    pub fn resize(&self, height: i32) {
        self.post("resize", &[("height", JsValue::from(height))]);
    }

    /// Says that a meeting was booked, and when it begins and ends.
    pub fn booked(&self, starts_at: &str, ends_at: &str) {
        let text = |text| JsValue::from_str(text);
        let facts = object(&[("starts_at", text(starts_at)), ("ends_at", text(ends_at))]);
        self.post("booked", &[("detail", facts.into())]);
    }

    fn post(&self, kind: &str, content: &[(&str, JsValue)]) {
        let message = object(content);
        set(&message, "rapport", &JsValue::from(1));
        set(&message, "type", &JsValue::from_str(kind));
        // Fails only for an origin that is none, and this one comes from a URL.
        let _ = self.window.post_message(&message, &self.origin);
    }

    /// Calls `handler` with each message of the page.
    pub fn listen(&self, mut handler: impl FnMut(HostMessage) + 'static) {
        let Some(own) = page::window() else { return };
        let host = self.clone();
        listen(&own, "message", move |event: Event| {
            let event: MessageEvent = event.unchecked_into();
            let is_from_host = event.source().is_some_and(|source| Object::is(&source, &host.window));
            if is_from_host
                && event.origin() == host.origin
                && let Some(message) = read(&event.data())
            {
                handler(message);
            }
        });
    }
}

fn read(data: &JsValue) -> Option<HostMessage> {
    if !data.is_object() || get(data, "rapport")?.as_f64() != Some(1.0) {
        return None;
    }
    let text = |name| get(data, name)?.as_string().filter(|text| !text.is_empty());
    match text("type")?.as_str() {
        "reset" => Some(HostMessage::Reset),
        "init" | "visit" => Some(HostMessage::Visit { url: text("url")? }),
        "identify" => Some(HostMessage::Identify(IdentifyVisitor {
            token: text("token"),
            name: text("name"),
            email: text("email"),
        })),
        "open" => Some(HostMessage::Open),
        "close" => Some(HostMessage::Close),
        _ => None,
    }
}

fn get(data: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(data, &JsValue::from_str(name)).ok()
}

fn object(content: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in content {
        set(&object, name, value);
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Fails only for objects that are frozen.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
