//! Booking: meetings, requests, calendars and links that changed. Their events carry no more than an id, so what a screen
//! shows of them is fetched again when the revision rises.

use std::collections::BTreeMap;

use types::{BookingLinkId, Event, MeetingId};

use crate::State;

/// What changed about booking since the app began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Booking {
    meetings: BTreeMap<MeetingId, u64>,
    links: BTreeMap<BookingLinkId, u64>,
    /// How often any meeting changed: a list of meetings that is shown fetches again when it rises.
    pub meetings_revision: u64,
    /// How often a request for a meeting was left or taken care of.
    pub requests_revision: u64,
    /// How often the user's calendars changed, were read or could not be reached.
    pub calendars_revision: u64,
    /// How often any booking link changed.
    pub links_revision: u64,
}

impl Booking {
    /// How often a meeting changed: what was fetched of it is out of date when it rises.
    pub fn meeting_revision(&self, id: MeetingId) -> u64 {
        self.meetings.get(&id).copied().unwrap_or_default()
    }

    /// How often a booking link changed.
    pub fn link_revision(&self, id: BookingLinkId) -> u64 {
        self.links.get(&id).copied().unwrap_or_default()
    }
}

/// Changes the state if the event is about booking; whether it is.
pub(crate) fn apply_booking(state: &mut State, event: &Event) -> bool {
    let booking = &mut state.booking;
    match event {
        Event::MeetingChanged { meeting_id } => {
            *booking.meetings.entry(*meeting_id).or_default() += 1;
            booking.meetings_revision += 1;
        }
        Event::MeetingRequestsChanged => booking.requests_revision += 1,
        Event::CalendarsChanged => booking.calendars_revision += 1,
        Event::BookingLinkChanged { link_id } => {
            *booking.links.entry(*link_id).or_default() += 1;
            booking.links_revision += 1;
        }
        _ => return false,
    }
    true
}

/// Has meetings and requests be fetched again: they name their contacts.
pub(crate) fn contacts_changed(state: &mut State) {
    state.booking.meetings_revision += 1;
    state.booking.requests_revision += 1;
}
