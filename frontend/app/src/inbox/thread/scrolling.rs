//! Where the conversation is scrolled to: at the end, unless the reader is elsewhere; never jumping when older entries
//! come in above.

use std::time::Duration;

use leptos::{ev, html, prelude::*, task::spawn_local};
use types::{MessageId, ThreadId};

use super::entries::element_id;
use crate::browser;
use crate::context::App;
use crate::inbox::{actions, loading};

/// This close to an end counts as there, in CSS pixels.
const NEAR: i32 = 80;
/// What has been in sight this long has been read.
const READ_AFTER: Duration = Duration::from_millis(400);

/// The scroll position of one open conversation.
#[derive(Clone, Copy)]
pub struct Scrolling {
    app: App,
    id: ThreadId,
    container: NodeRef<html::Div>,
    at_end: RwSignal<bool>,
    /// Entries are being fetched.
    pub loading: RwSignal<bool>,
    /// There are new entries below what is in sight.
    pub news_below: RwSignal<bool>,
}

impl Scrolling {
    /// Starts at the message that the address names, else at what is new, else at the end.
    pub fn new(app: App, id: ThreadId, container: NodeRef<html::Div>) -> Self {
        let scrolling = Self {
            app,
            id,
            container,
            at_end: RwSignal::new(true),
            loading: RwSignal::new(false),
            news_below: RwSignal::new(false),
        };
        scrolling.follow_target();
        scrolling.follow_end();
        scrolling.mark_what_is_read();
        scrolling
    }

    /// Whether there are entries above the first. Tracked.
    pub fn has_older(self) -> bool {
        self.app.read(|state| state.open.as_ref().is_some_and(|open| open.has_older))
    }

    /// Whether there are entries below the last. Tracked.
    pub fn has_newer(self) -> bool {
        self.app.read(|state| state.open.as_ref().is_some_and(|open| open.has_newer))
    }

    /// The reader has scrolled.
    pub fn on_scroll(self) {
        let Some(container) = self.container.get_untracked() else { return };
        let below = container.scroll_height() - container.scroll_top() - container.client_height();
        let at_end = below < NEAR;
        if at_end != self.at_end.get_untracked() {
            self.at_end.set(at_end);
        }
        if at_end {
            self.news_below.set(false);
        }
        if container.scroll_top() < NEAR && untrack(|| self.has_older()) {
            self.load_older();
        }
        if at_end && untrack(|| self.has_newer()) {
            self.load_newer();
        }
    }

    /// Fetches older entries and keeps what is in sight where it is.
    pub fn load_older(self) {
        let Some(container) = self.container.get_untracked() else { return };
        if self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        spawn_local(async move {
            let (height, top) = (container.scroll_height(), container.scroll_top());
            loading::load_messages(self.app, true).await;
            let _ = self.loading.try_set(false);
            request_animation_frame(move || {
                container.set_scroll_top(top + container.scroll_height() - height);
            });
        });
    }

    /// Fetches newer entries.
    pub fn load_newer(self) {
        if self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        spawn_local(async move {
            loading::load_messages(self.app, false).await;
            let _ = self.loading.try_set(false);
        });
    }

    /// Goes to the last entry.
    pub fn to_end(self) {
        self.news_below.set(false);
        request_animation_frame(move || {
            if let Some(container) = self.container.try_get_untracked().flatten() {
                container.set_scroll_top(container.scroll_height());
            }
        });
    }

    fn follow_target(self) {
        let target = self.app.inbox.target;
        Effect::new(move |_| {
            if self.container.get().is_none() {
                return;
            }
            match target.get() {
                Some(message) => self.to_message(message),
                None => self.to_start_of_reading(),
            }
        });
    }

    fn to_message(self, message: MessageId) {
        self.at_end.set(false);
        request_animation_frame(move || browser::scroll_to_middle(&format!("#{}", element_id(message))));
    }

    fn to_start_of_reading(self) {
        request_animation_frame(move || {
            let Some(container) = self.container.try_get_untracked().flatten() else { return };
            container.set_scroll_top(container.scroll_height());
            // With more news than fit, reading starts at the line above them.
            if let Ok(Some(line)) = container.query_selector(".new-line") {
                let from_top =
                    line.get_bounding_client_rect().top() - container.get_bounding_client_rect().top();
                if from_top < 0.0 {
                    line.scroll_into_view_with_bool(true);
                }
            }
        });
    }

    /// Stays at the end when something is added there, or says that there is something.
    fn follow_end(self) {
        let last = Memo::new(move |_| {
            self.app.read(|state| state.open.as_ref().map(|open| (open.last_seq(), open.pending.len())))
        });
        Effect::new(move |before: Option<Option<(i64, usize)>>| {
            let now = last.get();
            let Some(before) = before.filter(|before| *before != now) else { return now };
            let is_own = before.zip(now).is_some_and(|((_, before), (_, now))| now > before);
            if self.at_end.get_untracked() || is_own {
                self.to_end();
            } else if before.map(|(seq, _)| seq) != now.map(|(seq, _)| seq) {
                self.news_below.set(true);
            }
            now
        });
    }

    /// Marks as read what is in sight of a reader who is there.
    fn mark_what_is_read(self) {
        let back = RwSignal::new(0_u32);
        let returned = window_event_listener(ev::focus, move |_| back.update(|times| *times += 1));
        on_cleanup(move || returned.remove());
        let unread = Memo::new(move |_| {
            self.app.read(|state| {
                let open = state.open.as_ref().filter(|open| open.id == self.id && !open.has_newer)?;
                let read = state.threads.get(self.id)?.read_seq;
                (open.last_seq() > read).then(|| open.last_seq())
            })
        });
        Effect::new(move |_| {
            back.get();
            let (Some(seq), true) = (unread.get(), self.at_end.get()) else { return };
            let (app, id) = (self.app, self.id);
            set_timeout(
                move || {
                    let still_open = app.inbox.thread.get_untracked() == Some(id);
                    let kept_unread = app.inbox.kept_unread.get_untracked() == Some(id);
                    if still_open && !kept_unread && browser::is_visible() {
                        actions::mark_read(app, id, seq);
                    }
                },
                READ_AFTER,
            );
        });
    }
}
