//! What the user should know of.

use types::accounts::Notification;
use types::{CallId, NotificationId, Page, ThreadId};

/// The newest notifications, and how many are unread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notifications {
    /// The newest first.
    pub items: Vec<Notification>,
    /// The cursor of the next page; `None` when all of them are known.
    pub next_cursor: Option<String>,
    /// How many are unread.
    pub unread: i64,
}

impl Notifications {
    /// Takes the first page.
    pub fn start(&mut self, page: Page<Notification>) {
        self.items = page.items;
        self.next_cursor = page.next_cursor;
    }

    /// Takes the next page.
    pub fn extend(&mut self, page: Page<Notification>) {
        for item in page.items {
            if !self.items.iter().any(|known| known.id == item.id) {
                self.items.push(item);
            }
        }
        self.next_cursor = page.next_cursor;
    }

    /// Takes a new one.
    pub(crate) fn add(&mut self, notification: &Notification) {
        if self.items.iter().any(|known| known.id == notification.id) {
            return;
        }
        self.items.insert(0, notification.clone());
        self.unread += i64::from(!notification.read);
    }

    /// Marks those up to and with one as read, or those of one conversation, or all.
    pub(crate) fn read(
        &mut self,
        up_to: Option<NotificationId>,
        thread: Option<ThreadId>,
        call: Option<CallId>,
    ) {
        let limit =
            up_to.and_then(|id| self.items.iter().find(|item| item.id == id)).map(|item| item.created_at);
        let unknown_limit = up_to.is_some() && limit.is_none();
        for item in self.items.iter_mut().filter(|item| !item.read) {
            let within = !unknown_limit && limit.is_none_or(|limit| item.created_at <= limit);
            let is_meant =
                (thread.is_none() || item.thread_id == thread) && (call.is_none() || item.call_id == call);
            if within && is_meant {
                item.read = true;
                self.unread = (self.unread - 1).max(0);
            }
        }
    }
}
