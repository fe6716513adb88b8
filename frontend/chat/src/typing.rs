//! Who is writing, both ways.

use visitor_kit::browser::clock::{now, sleep};
use visitor_kit::browser::task::spawn;

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
        let until = self.typing_until.get();
        if self.config.preview || !self.has_thread() || now() < until.plus_seconds(RENEWED_AFTER - HOLDS) {
            return;
        }
        self.typing_until.set(now().plus_seconds(HOLDS));
        self.show_typing(true);
    }

    /// The visitor has sent or dropped what was being written.
    pub fn stop_typing(self) {
        if self.typing_until.take() > now() {
            self.show_typing(false);
        }
    }

    /// Tells the server at intervals that the visitor is there.
    pub(crate) fn keep_online(self) {
        spawn(async move {
            loop {
                sleep(PRESENCE_PAUSE).await;
                let is_there = self.state.peek(|state| state.is_seen && state.link == Link::Connected);
                if is_there && self.has_thread() && self.typing_until.get() < now() {
                    self.show_typing(false);
                }
            }
        });
    }

    /// Forgets after a while that somebody of the team is writing.
    pub(crate) fn expire_team_typing(self) {
        let turn = self.team_typed.get().wrapping_add(1);
        self.team_typed.set(turn);
        spawn(async move {
            sleep(HOLDS as u32 * 1000).await;
            if self.team_typed.get() == turn {
                self.state.change(|state| state.conversation.stop_typing());
            }
        });
    }

    fn has_thread(self) -> bool {
        self.state.peek(|state| state.conversation.thread().is_some())
    }

    fn show_typing(self, typing: bool) {
        spawn(async move {
            // It is out of date before it could be sent again.
            let _ = self.api.show_typing(typing).await;
        });
    }
}
