//! Who is writing, both ways.

use leptos::prelude::*;
use types::channels::ShowVisitorTyping;
use visitor_kit::browser::clock::{now, sleep};
use wasm_bindgen_futures::spawn_local;

use crate::chat::{Chat, Link};

/// How long the server believes that somebody is writing, in seconds.
const HOLDS: i64 = 10;
/// How often the server is told while the visitor writes, in seconds.
const RENEWED_AFTER: i64 = 5;
/// How often the server is told that the visitor is there, in milliseconds. It believes it for a minute.
const PRESENCE_PAUSE: u32 = 45_000;

impl Chat {
    /// The visitor has pressed a key.
    pub fn note_typing(self) {
        let parts = self.parts();
        let until = parts.typing_until.get();
        if !self.has_thread() || now() < until.plus_seconds(RENEWED_AFTER - HOLDS) {
            return;
        }
        parts.typing_until.set(now().plus_seconds(HOLDS));
        self.show_typing(true);
    }

    /// The visitor has sent or dropped what was being written.
    pub fn stop_typing(self) {
        if self.parts().typing_until.take() > now() {
            self.show_typing(false);
        }
    }

    /// Tells the server at intervals that the visitor is there.
    pub(crate) fn keep_online(self) {
        spawn_local(async move {
            loop {
                sleep(PRESENCE_PAUSE).await;
                let is_typing = self.parts().typing_until.get() > now();
                let is_connected = self.link.get_untracked() == Link::Connected;
                if is_connected && !is_typing && self.is_seen.get_untracked() && self.has_thread() {
                    self.show_typing(false);
                }
            }
        });
    }

    /// Forgets after a while that somebody of the team is writing.
    pub(crate) fn expire_team_typing(self) {
        let parts = self.parts();
        let turn = parts.team_typed.get().wrapping_add(1);
        parts.team_typed.set(turn);
        spawn_local(async move {
            sleep(HOLDS as u32 * 1000).await;
            if parts.team_typed.get() == turn {
                self.conversation.update(|conversation| conversation.stop_typing());
            }
        });
    }

    fn has_thread(self) -> bool {
        self.conversation.with_untracked(|conversation| conversation.thread().is_some())
    }

    fn show_typing(self, typing: bool) {
        spawn_local(async move {
            // It is out of date before it could be sent again.
            let _ = self.parts().api.client().show_visitor_typing(&ShowVisitorTyping { typing }).await;
        });
    }
}
