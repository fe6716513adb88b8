//! What the visitor receives, reads and looks up.

use visitor_kit::browser::api::Part;
use visitor_kit::browser::clock::sleep;
use visitor_kit::browser::task::spawn;

use crate::chat::Chat;

/// Receipts that come up within this time are sent as one, in milliseconds.
const RECEIPT_PAUSE: u32 = 300;
/// How long to wait after a receipt that could not be sent, in milliseconds.
const RECEIPT_RETRY: u32 = 10_000;

impl Chat {
    /// Tells the host page how many messages are unread.
    pub(crate) fn tell_unread(self) {
        let count = self.state.read(|state| state.conversation.unread(state.is_seen));
        if self.unread.replace(count) != count
            && let Some(host) = &self.host
        {
            host.unread(count);
        }
    }

    /// Tells the server what has arrived and what was seen.
    pub(crate) fn send_receipt(self) {
        let is_due = self.state.read(|state| state.conversation.receipt(state.is_seen).is_some());
        if !is_due || self.sends_receipt.replace(true) {
            return;
        }
        spawn(async move {
            sleep(RECEIPT_PAUSE).await;
            if let Some(receipt) = self.state.peek(|state| state.conversation.receipt(state.is_seen)) {
                let is_saved = self.api.save_receipt(&receipt).await.is_ok();
                if !is_saved {
                    sleep(RECEIPT_RETRY).await;
                }
                self.sends_receipt.set(false);
                // Changing the state looks for the next receipt, or for this one again.
                self.state.change(|state| {
                    if is_saved {
                        state.conversation.note_receipt(&receipt);
                    }
                });
            }
            self.sends_receipt.set(false);
        });
    }

    /// Fetches the messages before those that are here.
    pub fn load_older(self) {
        let older = self.state.peek(|state| {
            let is_due = state.conversation.has_older() && !state.loads_older;
            state.conversation.first_seq().filter(|_| is_due)
        });
        let Some(first) = older else { return };
        self.state.change(|state| state.loads_older = true);
        spawn(async move {
            let page = self.api.messages(Part::Before(first)).await;
            self.state.change(|state| state.loads_older = false);
            match page {
                Ok(page) => self.state.change(|state| state.conversation.add_older(page)),
                Err(failure) => self.show_failure(&failure),
            }
        });
    }
}
