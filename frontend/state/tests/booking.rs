//! Booking: events carry no more than ids, so what is shown is fetched again. And local times as instants.

use state::local_time::instant_of;
use state::{State, apply};
use types::{BookingLinkId, ContactId, Event, MeetingId};

const FIRST: MeetingId = MeetingId(1);
const SECOND: MeetingId = MeetingId(2);
const HOUR: i64 = 3_600_000;
/// 2026-03-29T01:00Z, when clocks in Paris go from 02:00 to 03:00.
const SPRING: i64 = 1_774_746_000_000;
/// 2026-10-25T01:00Z, when clocks in Paris go from 03:00 to 02:00.
const AUTUMN: i64 = 1_792_890_000_000;

#[test]
fn a_meeting_that_changed_is_fetched_again_and_no_other() {
    let mut state = State::default();
    assert_eq!(apply(&mut state, &Event::MeetingChanged { meeting_id: FIRST }), []);
    assert_eq!(apply(&mut state, &Event::MeetingChanged { meeting_id: FIRST }), []);
    let booking = &state.booking;
    assert_eq!((booking.meeting_revision(FIRST), booking.meeting_revision(SECOND)), (2, 0));
    assert_eq!(booking.meetings_revision, 2, "the list shows both");
    assert_eq!((booking.requests_revision, booking.calendars_revision, booking.links_revision), (0, 0, 0));
}

#[test]
fn requests_calendars_and_links_rise_each_for_itself() {
    let mut state = State::default();
    apply(&mut state, &Event::MeetingRequestsChanged);
    apply(&mut state, &Event::CalendarsChanged);
    apply(&mut state, &Event::CalendarsChanged);
    let (link, other) = (BookingLinkId(7), BookingLinkId(8));
    apply(&mut state, &Event::BookingLinkChanged { link_id: link });
    let booking = &state.booking;
    assert_eq!((booking.requests_revision, booking.calendars_revision, booking.links_revision), (1, 2, 1));
    assert_eq!((booking.link_revision(link), booking.link_revision(other)), (1, 0));
    assert_eq!(booking.meetings_revision, 0);
}

#[test]
fn an_erased_contact_has_meetings_and_requests_fetched_again() {
    let mut state = State::default();
    apply(&mut state, &Event::ContactErased { contact_id: ContactId(3) });
    assert_eq!((state.booking.meetings_revision, state.booking.requests_revision), (1, 1));
}

/// By how much clocks in Paris were ahead of UTC around the two changes of 2026.
fn paris(at: i64) -> i64 {
    if (SPRING..AUTUMN).contains(&at) { 2 * HOUR } else { HOUR }
}

#[test]
fn an_ordinary_local_time_is_one_instant() {
    for (at, offset) in
        [(SPRING - 50 * HOUR, HOUR), (SPRING + 50 * HOUR, 2 * HOUR), (SPRING - 1, HOUR), (SPRING, 2 * HOUR)]
    {
        assert_eq!(instant_of(at + offset, paris), at);
    }
    assert_eq!(
        instant_of(AUTUMN + HOUR + HOUR, paris),
        AUTUMN + HOUR,
        "03:00 after the change is there once"
    );
}

#[test]
fn a_local_time_that_clocks_skip_is_as_much_later() {
    // 02:30 is skipped: 03:30 summer time is meant.
    let skipped = SPRING + HOUR + HOUR / 2;
    assert_eq!(instant_of(skipped, paris), SPRING + HOUR / 2);
}

#[test]
fn of_a_local_time_that_is_there_twice_the_first_is_meant() {
    // 02:30 is there in summer time and again an hour later.
    let twice = AUTUMN + HOUR + HOUR / 2;
    assert_eq!(instant_of(twice, paris), AUTUMN - HOUR / 2);
}

#[test]
fn half_an_hour_that_clocks_are_moved_by_counts_as_half_an_hour() {
    // Lord Howe, 2026-10-03T15:30Z: from 02:00 to 02:30.
    let change = 1_791_041_400_000;
    let offset = |at: i64| if at < change { 10 * HOUR + HOUR / 2 } else { 11 * HOUR };
    let skipped = change + 10 * HOUR + HOUR / 2 + HOUR / 4;
    assert_eq!(instant_of(skipped, offset), change + HOUR / 4);
}
