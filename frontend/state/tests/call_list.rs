//! The list of calls: events of calls carry no more than the id, so the list is fetched again.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use serde_json::json;
use state::records::SORT;
use state::{Record, RecordListKey, State, apply};
use types::calls::Call;
use types::crm::{ObjectKind, RecordRef};
use types::{CallId, ClipId, DealId, Event, Page};

const FIRST: CallId = CallId(1);
const SECOND: CallId = CallId(2);

fn call(id: CallId) -> Record {
    let at = "2026-03-02T09:30:00Z";
    let recording = json!({
        "state": "ready", "id": "9", "name": "call.wav", "media_type": "audio/wav", "bytes": 44, "duration_ms": 1000,
        "has_picture": false, "channels": [], "problems": []
    });
    let call: Call = serde_json::from_value(json!({
        "id": id, "title": format!("Call {id}"), "direction": "inbound", "source": "upload", "external_id": null,
        "started_at": at, "duration_ms": 1000, "owner_id": "4", "outcome": null, "private": false,
        "recording": recording, "transcript": null, "participants": [], "records": [], "created_at": at, "updated_at": at
    }))
    .unwrap();
    Record::Call(Box::new(call))
}

fn listed(kind: ObjectKind, items: Vec<Record>) -> State {
    let mut state = State::default();
    state.start_record_list(RecordListKey::all(kind), Page { items, next_cursor: None });
    state
}

#[test]
fn a_call_that_is_new_or_changed_has_the_list_fetched_again() {
    let mut state = listed(ObjectKind::Call, vec![call(FIRST)]);
    assert_eq!(apply(&mut state, &Event::CallChanged { call_id: SECOND }), []);
    assert_eq!(state.records.list_revision, 1);
    let associated = RecordRef::new(ObjectKind::Call, FIRST);
    apply(&mut state, &Event::AssociationsChanged { record: associated });
    assert_eq!(state.records.list_revision, 2, "the records that it belongs to are columns of the list");
    assert_eq!(state.records.associations_revision(associated), 1);
    assert_eq!(state.record_rows(), [call(FIRST)], "what is there stays until then");
}

#[test]
fn calls_leave_the_lists_of_other_records_alone() {
    let mut state = listed(ObjectKind::Deal, Vec::new());
    apply(&mut state, &Event::CallChanged { call_id: FIRST });
    apply(&mut state, &Event::AssociationsChanged { record: DealId(1).into() });
    assert_eq!(state.records.list_revision, 0);
}

#[test]
fn a_call_that_is_gone_leaves_the_list_at_once() {
    let mut state = listed(ObjectKind::Call, vec![call(FIRST), call(SECOND)]);
    apply(&mut state, &Event::CallRemoved { call_id: FIRST });
    assert_eq!(state.record_rows(), [call(SECOND)]);
    assert_eq!(state.directory.record(FIRST.into()), None);
}

#[test]
fn clearing_the_filters_keeps_the_order() {
    let mut key = RecordListKey::all(ObjectKind::Call);
    key.q = "nadia".to_owned();
    key.filters.insert(SORT.to_owned(), "duration_ms".to_owned());
    key.filters.insert("direction".to_owned(), "inbound".to_owned());
    assert_eq!(key.filter_count(), 1);
    key.clear();
    assert_eq!((key.q.as_str(), key.filter_count()), ("", 0));
    assert_eq!(key.filters.get(SORT).map(String::as_str), Some("duration_ms"));
}

#[test]
fn clips_and_their_folders_have_the_library_fetched_again() {
    let mut state = State::default();
    apply(&mut state, &Event::ClipChanged { clip_id: ClipId(1), call_id: FIRST });
    apply(&mut state, &Event::ClipRemoved { clip_id: ClipId(1), call_id: FIRST });
    apply(&mut state, &Event::ClipFoldersChanged);
    assert_eq!(state.clips_revision, 3);
}
