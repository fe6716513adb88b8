//! What the visitor receives, reads and looks up.

use leptos::prelude::*;
use types::channels::ListVisitorMessages;
use visitor_kit::browser::clock::sleep;
use wasm_bindgen_futures::spawn_local;

use crate::chat::Chat;

/// Receipts that come up within this time are sent as one, in milliseconds.
const RECEIPT_PAUSE: u32 = 300;
/// How long to wait after a receipt that could not be sent, in milliseconds.
const RECEIPT_RETRY: u32 = 10_000;

impl Chat {
    /// Tells the host page how many messages are unread.
    pub(crate) fn tell_unread(self) {
        let is_seen = self.is_seen.get();
        let count = self.conversation.with(|conversation| conversation.unread(is_seen));
        let parts = self.parts();
        if parts.unread.replace(count) != count
            && let Some(host) = &parts.host
        {
            host.unread(count);
        }
    }

    /// Tells the server what has arrived and what was seen.
    pub(crate) fn send_receipt(self) {
        let is_seen = self.is_seen.get();
        let is_due = self.conversation.with(|conversation| conversation.receipt(is_seen).is_some());
        let parts = self.parts();
        if !is_due || parts.sends_receipt.replace(true) {
            return;
        }
        spawn_local(async move {
            sleep(RECEIPT_PAUSE).await;
            let is_seen = self.is_seen.get_untracked();
            let receipt = self.conversation.with_untracked(|conversation| conversation.receipt(is_seen));
            if let Some(receipt) = receipt {
                if parts.api.client().save_visitor_receipt(&receipt).await.is_err() {
                    sleep(RECEIPT_RETRY).await;
                    parts.sends_receipt.set(false);
                    return self.conversation.notify();
                }
                parts.sends_receipt.set(false);
                return self.conversation.update(|conversation| conversation.note_receipt(&receipt));
            }
            parts.sends_receipt.set(false);
        });
    }

    /// Fetches the messages before those that are here.
    pub fn load_older(self) {
        let (has_older, before) = self
            .conversation
            .with_untracked(|conversation| (conversation.has_older(), conversation.first_seq()));
        if !has_older || self.loads_older.get_untracked() {
            return;
        }
        self.loads_older.set(true);
        spawn_local(async move {
            let query = ListVisitorMessages { before, ..Default::default() };
            match self.parts().api.client().list_visitor_messages(&query).await {
                Ok(page) => self.conversation.update(|conversation| conversation.add_older(page)),
                Err(error) => self.show_failure(&self.failure(error)),
            }
            self.loads_older.set(false);
        });
    }
}
