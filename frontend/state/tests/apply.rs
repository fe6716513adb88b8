//! Applying what the server emits gives the same as fetching again.
//!
//! A small server keeps threads and read positions; each test lets something happen on it, applies the events to a state
//! that was fetched before, and compares with a state that is fetched afterwards.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod server;

use server::{COLLEAGUE, INBOX, ME, OTHER_INBOX, Server, TEAM};
use state::{ListKey, Refetch, State, apply, read_event};
use types::conversations::{DeliveryState, ThreadPresence, View};
use types::{Event, ThreadId, UserId};

const ALL_OPEN: ListKey = ListKey { inbox: None, view: View::AllOpen };

/// Applies events and does what they ask for, as the app does.
fn follow(state: &mut State, server: &Server, events: &[Event]) {
    let mut wanted: Vec<Refetch> = events.iter().flat_map(|event| apply(state, event)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    for wish in wanted {
        server.answer(state, wish);
    }
}

/// What a list and the open conversation show.
fn shown(state: &State) -> (Vec<types::conversations::ThreadItem>, Option<state::OpenThread>) {
    (state.threads.rows(state.my_id()), state.open.clone())
}

/// Lets something happen and checks that following it equals fetching again, in every view.
#[track_caller]
fn check(happen: impl Fn(&mut Server) -> Vec<Event>) {
    for view in View::ALL {
        for inbox in [None, Some(INBOX)] {
            let key = ListKey { inbox, view: *view };
            let mut server = Server::new();
            let mut state = server.fetch(key, Some(ThreadId(1)));
            let events = happen(&mut server);
            follow(&mut state, &server, &events);
            let fetched = server.fetch(key, state.open.as_ref().map(|open| open.id));
            assert_eq!(shown(&state).0, shown(&fetched).0, "rows of {key:?}");
            assert_eq!(
                state.open.as_ref().map(|open| (&open.messages, &open.participants)),
                fetched.open.as_ref().map(|open| (&open.messages, &open.participants)),
                "the open conversation"
            );
            for view in View::ALL {
                assert_eq!(state.threads.count(*view), fetched.threads.count(*view), "count of {view}");
            }
        }
    }
}

#[test]
fn a_contact_writes() {
    check(|server| server.contact_writes(ThreadId(1), "One more thing"));
    check(|server| server.contact_writes(ThreadId(4), "I am back"));
}

#[test]
fn a_thread_is_started() {
    check(|server| server.start(ThreadId(90), INBOX));
    check(|server| server.start(ThreadId(91), OTHER_INBOX));
}

#[test]
fn somebody_answers_or_comments() {
    check(|server| server.user_writes(ThreadId(1), ME));
    check(|server| server.user_writes(ThreadId(1), COLLEAGUE));
    check(|server| server.user_writes(ThreadId(2), COLLEAGUE));
    check(|server| server.user_comments(ThreadId(1), COLLEAGUE));
}

#[test]
fn a_thread_changes_hands() {
    check(|server| server.assign(ThreadId(1), Some(ME), None));
    check(|server| server.assign(ThreadId(2), None, None));
    check(|server| server.assign(ThreadId(2), None, Some(TEAM)));
}

#[test]
fn a_thread_is_closed_and_opened_again() {
    check(|server| server.close(ThreadId(1)));
    check(|server| server.close(ThreadId(3)));
    check(|server| {
        let mut events = server.close(ThreadId(1));
        events.extend(server.contact_writes(ThreadId(1), "Not yet"));
        events
    });
}

#[test]
fn reading_changes_what_is_unread() {
    check(|server| server.read(ThreadId(1), 3));
    check(|server| {
        let mut events = server.read(ThreadId(1), 3);
        events.extend(server.read(ThreadId(1), 0));
        events
    });
}

#[test]
fn a_message_is_delivered() {
    check(|server| {
        let mut events = server.user_writes(ThreadId(1), ME);
        events.extend(server.deliver(ThreadId(1), DeliveryState::Failed));
        events
    });
}

#[test]
fn an_inbox_is_taken_away() {
    check(|server| server.lose(INBOX));
    check(|server| server.lose(OTHER_INBOX));
}

#[test]
fn a_contact_is_renamed_or_merged() {
    check(|server| server.rename(ThreadId(2), "Lucie Bernard"));
    check(|server| server.merge(ThreadId(2), ThreadId(3)));
}

#[test]
fn a_contact_is_erased() {
    check(|server| server.erase(ThreadId(1)));
    check(|server| server.erase(ThreadId(2)));
}

#[test]
fn a_row_below_the_loaded_pages_waits_for_its_page() {
    let mut server = Server::new();
    server.page = 2;
    let mut state = server.fetch(ALL_OPEN, None);
    assert_eq!(state.threads.rows(state.my_id()).len(), 2);
    let lowest = server.lowest();
    let events = server.read(lowest, 1);
    follow(&mut state, &server, &events);
    server.answer(&mut state, Refetch::Thread(lowest));
    assert_eq!(state.threads.rows(state.my_id()).len(), 2, "it stays below the last loaded row");
    let events = server.contact_writes(lowest, "Up");
    follow(&mut state, &server, &events);
    let rows = state.threads.rows(state.my_id());
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].thread.id, lowest, "a new message brings it to the top");
}

#[test]
fn a_late_reply_does_not_undo_what_an_event_told() {
    let mut server = Server::new();
    let late = server.item(ThreadId(1));
    let mut state = server.fetch(ALL_OPEN, None);
    let events = server.close(ThreadId(1));
    follow(&mut state, &server, &events);
    state.threads.insert(late);
    assert_eq!(state.threads.get(ThreadId(1)).unwrap().thread, server.item(ThreadId(1)).thread);
}

#[test]
fn a_refresh_forgets_what_is_gone_and_keeps_what_came_meanwhile() {
    let mut server = Server::new();
    let mut state = server.fetch(ALL_OPEN, None);
    // Missed: a thread that went away.
    server.lose(OTHER_INBOX);
    state.threads.begin_refresh();
    let fetched = server.page_of(ALL_OPEN);
    let events = server.start(ThreadId(95), INBOX);
    follow(&mut state, &server, &events);
    state.threads.start_list(ALL_OPEN, fetched);
    state.threads.end_refresh(None);
    assert_eq!(shown(&state), shown(&server.fetch(ALL_OPEN, None)));
}

#[test]
fn an_unknown_thread_is_fetched_for_its_read_position() {
    let mut server = Server::new();
    let mut state = State::default();
    let events = server.assign(ThreadId(2), None, None);
    assert!(apply(&mut state, &events[0]).contains(&Refetch::Thread(ThreadId(2))));
}

#[test]
fn presence_is_that_of_the_open_conversation() {
    let server = Server::new();
    let mut state = server.fetch(ALL_OPEN, Some(ThreadId(1)));
    let of = |thread_id| ThreadPresence {
        thread_id,
        users: Vec::new(),
        contact_typing: true,
        contact_online: true,
    };
    apply(&mut state, &Event::ThreadPresence { presence: of(ThreadId(2)) });
    assert_eq!(state.open.as_ref().unwrap().presence, None);
    apply(&mut state, &Event::ThreadPresence { presence: of(ThreadId(1)) });
    assert_eq!(state.open.as_ref().unwrap().presence, Some(of(ThreadId(1))));
}

#[test]
fn lost_permissions_are_fetched() {
    let mut state = Server::new().fetch(ALL_OPEN, None);
    let mine = Event::PermissionsChanged { user_id: ME };
    assert_eq!(apply(&mut state, &mine), [Refetch::Me, Refetch::Everything]);
    let others = Event::PermissionsChanged { user_id: UserId(77) };
    assert_eq!(apply(&mut state, &others), []);
}

#[test]
fn an_event_of_a_newer_server_is_not_known() {
    assert_eq!(read_event(serde_json::json!({ "type": "thread_teleported", "to": "mars" })), None);
    let known = serde_json::json!({ "type": "thread_read", "thread_id": "1", "seq": 3 });
    assert_eq!(read_event(known), Some(Event::ThreadRead { thread_id: ThreadId(1), seq: 3 }));
}
