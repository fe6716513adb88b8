//! Searching what was said in the call, and going from hit to hit.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use types::calls::{CallPath, Passage, SearchCall, TextRange};
use types::{CallId, SegmentId};

use crate::browser;
use crate::commands::Command;
use crate::context::App;

/// The transcript is searched when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(200);
/// The id of the search field.
pub const FIELD: &str = "transcript-search";

/// A passage in which something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub segment_id: SegmentId,
    /// Where the segment begins, in milliseconds.
    pub start_ms: i64,
}

/// The search of one transcript.
#[derive(Clone, Copy)]
pub struct Search {
    app: App,
    call_id: CallId,
    /// What is looked for.
    pub query: RwSignal<String>,
    /// Where it was found, in order of time.
    pub hits: RwSignal<Vec<Hit>>,
    /// The words to mark, by segment.
    pub marks: RwSignal<BTreeMap<SegmentId, Vec<TextRange>>>,
    /// The position of the hit that is shown.
    pub current: RwSignal<Option<usize>>,
    /// Rises when a hit is gone to, even the same one again.
    pub visits: RwSignal<u32>,
    /// Nothing was found for what is typed.
    pub is_fruitless: RwSignal<bool>,
}

impl Search {
    pub fn new(app: App, call_id: CallId) -> Self {
        let search = Self {
            app,
            call_id,
            query: RwSignal::new(String::new()),
            hits: RwSignal::new(Vec::new()),
            marks: RwSignal::new(BTreeMap::new()),
            current: RwSignal::new(None),
            visits: RwSignal::new(0),
            is_fruitless: RwSignal::new(false),
        };
        search.follow_query();
        app.commands.offer(Command::SearchTranscript, || browser::focus(&format!("#{FIELD}")));
        app.commands.offer(Command::NextHit, move || search.step(1));
        app.commands.offer(Command::PreviousHit, move || search.step(-1));
        search
    }

    fn follow_query(self) {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            let typed = self.query.get().trim().to_owned();
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            if typed.is_empty() {
                self.take("", Vec::new());
                return;
            }
            let look = move || spawn_local(async move { self.look(typed).await });
            timer.set_value(set_timeout_with_handle(look, PAUSE).ok());
        });
    }

    async fn look(self, typed: String) {
        let (path, query) = (CallPath { call_id: self.call_id }, SearchCall { q: typed.clone() });
        match self.app.api().search_call(&path, &query).await {
            Ok(page) if self.query.try_get_untracked().is_some_and(|now| now.trim() == typed) => {
                self.take(&typed, page.items);
            }
            Ok(_) => {}
            Err(error) => self.app.fail(&error),
        }
    }

    fn take(self, typed: &str, passages: Vec<Passage>) {
        self.is_fruitless.set(!typed.is_empty() && passages.is_empty());
        let hit =
            |passage: &Passage| Hit { segment_id: passage.segment.id, start_ms: passage.segment.start_ms };
        self.hits.set(passages.iter().map(hit).collect());
        self.marks.set(passages.into_iter().map(|passage| (passage.segment.id, passage.matches)).collect());
        self.current.set(None);
    }

    /// Goes so many hits on; the ends are joined.
    pub fn step(self, by: i64) {
        let count = self.hits.with_untracked(Vec::len) as i64;
        if count == 0 {
            return;
        }
        let next = match self.current.get_untracked() {
            Some(current) => (current as i64 + by).rem_euclid(count),
            None if by < 0 => count - 1,
            None => 0,
        };
        self.current.set(usize::try_from(next).ok());
        self.visits.update(|visits| *visits += 1);
    }

    /// The hit that is shown. Tracked.
    pub fn current_hit(self) -> Option<Hit> {
        let current = self.current.get()?;
        self.hits.with(|hits| hits.get(current).copied())
    }
}
