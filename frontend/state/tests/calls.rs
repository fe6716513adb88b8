//! Following the events of calls gives the same as fetching them again.

use std::collections::BTreeMap;

use state::{State, apply};
use types::{CallId, ClipId, Event};

const CALL: CallId = CallId(1);
const OTHER: CallId = CallId(2);

/// The titles of a server's calls, and what a page shows that fetches whenever it is told to.
#[derive(Default)]
struct Page {
    server: BTreeMap<CallId, &'static str>,
    state: State,
    shown: Option<(u64, Option<&'static str>)>,
}

impl Page {
    /// Fetches again if what is shown is out of date.
    fn follow(&mut self, event: &Event) {
        assert_eq!(apply(&mut self.state, event), []);
        let revision = self.state.calls.revision(CALL);
        if self.shown.is_none_or(|(shown, _)| shown < revision) {
            self.shown = Some((revision, self.server.get(&CALL).copied()));
        }
    }

    fn shows(&self) -> Option<&'static str> {
        let (_, title) = self.shown?;
        title.filter(|_| !self.state.calls.is_removed(CALL))
    }
}

#[test]
fn a_call_changes_goes_and_comes_back() {
    let mut page = Page::default();
    for (id, title) in [(CALL, "Late delivery"), (OTHER, "Welcome"), (CALL, "Late delivery, solved")] {
        page.server.insert(id, title);
        page.follow(&Event::CallChanged { call_id: id });
        assert_eq!(page.shows(), page.server.get(&CALL).copied());
    }
    assert_eq!(page.state.calls.revision(OTHER), 1);

    page.server.remove(&CALL);
    page.follow(&Event::CallRemoved { call_id: CALL });
    assert_eq!(page.shows(), None);

    page.server.insert(CALL, "Shared again");
    page.follow(&Event::CallChanged { call_id: CALL });
    assert_eq!(page.shows(), Some("Shared again"));
}

#[test]
fn note_comments_and_clips_are_told_apart_from_the_call() {
    let mut state = State::default();
    apply(&mut state, &Event::CallNoteChanged { call_id: CALL });
    apply(&mut state, &Event::CallCommentsChanged { call_id: CALL });
    apply(&mut state, &Event::CallCommentsChanged { call_id: CALL });
    apply(&mut state, &Event::ClipRemoved { clip_id: ClipId(7), call_id: CALL });
    let calls = &state.calls;
    assert_eq!((calls.clips_revision(CALL), calls.clips_revision(OTHER)), (1, 0));
    assert_eq!((calls.revision(CALL), calls.note_revision(CALL), calls.comments_revision(CALL)), (0, 1, 2));
    assert_eq!((calls.note_revision(OTHER), calls.comments_revision(OTHER)), (0, 0));
}
