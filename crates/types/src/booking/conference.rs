//! Who can have a video conference made for their meetings.

use super::{BookingLinkKind, CalendarProvider, ConferenceKind};
use crate::UserId;
use crate::wire::replies;

replies! {
    /// Somebody for whose meetings a video conference can be made.
    pub struct ConferenceHost {
        /// The user.
        pub user_id: UserId,
        /// By what: Zoom when the user is signed in there, the calendar when their default one can make conferences.
        pub kinds: Vec<ConferenceKind>,
        /// Who keeps that calendar.
        pub calendar_provider: Option<CalendarProvider>,
    }

    /// Those for whose meetings a video conference can be made.
    pub struct ConferenceHosts {
        /// In the order of their ids. Nobody else can have one.
        pub items: Vec<ConferenceHost>,
    }
}

impl ConferenceHosts {
    /// What may be chosen for a link: what everybody can have who may be booked first by it. That is the first host, and in
    /// round robin each of them.
    pub fn kinds_of(&self, kind: BookingLinkKind, hosts: &[UserId]) -> Vec<ConferenceKind> {
        let many = if kind == BookingLinkKind::RoundRobin { hosts.len() } else { 1 };
        let first = hosts.get(..many.min(hosts.len())).unwrap_or_default();
        let has = |user: &UserId, kind: &ConferenceKind| {
            self.items.iter().any(|host| host.user_id == *user && host.kinds.contains(kind))
        };
        let all = ConferenceKind::ALL.iter().copied();
        all.filter(|kind| !first.is_empty() && first.iter().all(|user| has(user, kind))).collect()
    }

    /// Who keeps the default calendar of a user, if it can make conferences.
    pub fn calendar_provider_of(&self, user: UserId) -> Option<CalendarProvider> {
        self.items.iter().find(|host| host.user_id == user)?.calendar_provider
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_who_may_be_booked_first_must_have_it() {
        let host = |user_id, kinds: &[ConferenceKind]| ConferenceHost {
            user_id: UserId(user_id),
            kinds: kinds.to_vec(),
            calendar_provider: None,
        };
        let (zoom, calendar) = (ConferenceKind::Zoom, ConferenceKind::Calendar);
        let hosts = ConferenceHosts { items: vec![host(1, &[zoom, calendar]), host(2, &[zoom])] };
        let of = |kind, users: &[i64]| {
            hosts.kinds_of(kind, &users.iter().copied().map(UserId).collect::<Vec<_>>())
        };
        assert_eq!(of(BookingLinkKind::Personal, &[1]), [zoom, calendar]);
        assert_eq!(of(BookingLinkKind::Group, &[2, 1]), [zoom]);
        assert_eq!(of(BookingLinkKind::Group, &[1, 3]), [zoom, calendar]);
        assert_eq!(of(BookingLinkKind::RoundRobin, &[1, 2]), [zoom]);
        assert_eq!(of(BookingLinkKind::RoundRobin, &[1, 3]), []);
        assert_eq!(of(BookingLinkKind::Personal, &[]), []);
    }
}
