//! The host page and the browser around the chat.

use visitor_kit::browser::host::HostMessage;
use visitor_kit::browser::listener::listen;
use visitor_kit::browser::page;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::chat::{Chat, Link};
use crate::view;

impl Chat {
    /// Asks the host page to hide the chat.
    pub fn close(self) {
        if let Some(host) = &self.host {
            host.close();
        }
    }

    pub(crate) fn listen_to_host(self) {
        let Some(host) = &self.host else { return };
        host.listen(move |message| self.take_host_message(message));
        host.ready();
    }

    fn take_host_message(self, message: HostMessage) {
        match message {
            HostMessage::Reset => self.reset(),
            HostMessage::Visit { url } => {
                self.page_url.replace(Some(url));
            }
            HostMessage::Identify(identity) => self.identify(identity),
            HostMessage::Open => {
                self.is_open.set(true);
                self.update_seen();
                view::focus_composer();
            }
            HostMessage::Close => {
                self.is_open.set(false);
                self.update_seen();
            }
        }
    }

    pub(crate) fn listen_to_browser(self) {
        let (Some(window), Some(document)) = (page::window(), page::document()) else { return };
        listen(&window, "online", move |_| self.renew());
        listen(&window, "offline", move |_| {
            if self.has_session() {
                self.set_link(Link::Lost);
            }
        });
        listen(&document, "visibilitychange", move |_| {
            self.update_seen();
            if page::is_visible() {
                self.hurry();
            }
        });
        let opened = document.clone();
        listen(&document, "keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            // Escape closes what lies on top first, which the browser does by itself.
            let lies_on_top = || opened.query_selector(":popover-open,dialog[open]").ok().flatten().is_some();
            if event.key() == "Escape" && !lies_on_top() {
                self.close();
            }
        });
    }
}
