//! Links on which all hosts must be free.

use rapport_tests::test_on_both;
use types::ErrorCode;
use types::booking::*;

use super::desk::{
    Desk, book, calendar, code_of, meeting, on_day, only_meeting, page, set_calendar, settings, shared_link,
    tuesday,
};

test_on_both!(
    /// A time is offered when every host is free, and is taken from all of them.
    all_hosts_must_be_free,
    async |app| {
        let Desk { ana, link: own, .. } = Desk::open(app).await;
        let bob = app.agent("Bob").await;
        let of_bob = crate::booking::desk::link(&bob, settings()).await;
        let hosts = [(&bob, 1), (&ana, 1)];
        let link = shared_link(&ana, BookingLinkKind::Group, &hosts, settings()).await;
        book(app, &own, tuesday("09:00"), "one@example.org").await.unwrap();
        book(app, &of_bob, tuesday("09:30"), "two@example.org").await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "10:00");
        assert_eq!(code_of(book(app, &link, tuesday("09:00"), "x@example.org").await), ErrorCode::SlotTaken);
        let booked = book(app, &link, tuesday("10:00"), "three@example.org").await.unwrap();
        let names: Vec<_> = booked.hosts.iter().map(|host| host.name.as_str()).collect();
        assert_eq!(names, ["Bob", "Ana"]);
        let seen = only_meeting(&ana, &link).await;
        assert_eq!((seen.host_ids.clone(), seen.host_choice.clone()), (vec![bob.id(), ana.id()], None));
        for link in [&own, &of_bob] {
            assert!(!on_day(app, link, "2031-03-25").await.contains(&"10:00".to_owned()));
        }
        bob.cancel_meeting(&meeting(seen.id), &CancelMeeting { reason: None }).await.unwrap();
        for link in [&own, &of_bob, &link] {
            assert!(on_day(app, link, "2031-03-25").await.contains(&"10:00".to_owned()));
        }
    }
);

test_on_both!(
    /// One host whose calendar cannot be reached closes the link for all.
    one_unreachable_host_closes_it,
    async |app| {
        let Desk { ana, .. } = Desk::open(app).await;
        let bob = app.agent("Bob").await;
        let hosts = [(&ana, 1), (&bob, 1)];
        let link = shared_link(&ana, BookingLinkKind::Group, &hosts, settings()).await;
        calendar(app, bob.id(), CalendarState::Unreachable).await;
        assert!(on_day(app, &link, "2031-03-25").await.is_empty());
        let seen = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(seen.state, BookingPageState::Request);
        set_calendar(app, bob.id(), CalendarState::Ok).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
    }
);
