//! Links on which all hosts must be free.

use rapport_tests::{User, test_on_both};
use types::ErrorCode;
use types::booking::*;

use super::desk::{
    Desk, book, calendar, code_of, meeting, of, on_day, only_meeting, page, secret, set_calendar, settings,
    shared_link, tuesday,
};
use super::mails::{open, to};

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

test_on_both!(
    /// Whoever was booked stays booked, and must be free also when they left the link since; their mail brings the meeting to
    /// their calendar.
    a_meeting_moves_with_those_who_have_it,
    async |app| {
        let (server, Desk { admin, ana, link: own }) = open(app, settings()).await;
        let bob = app.agent("Bob").await;
        let of_bob = crate::booking::desk::link(&bob, settings()).await;
        let hosts = [(&ana, 1), (&bob, 1)];
        let link = shared_link(&ana, BookingLinkKind::Group, &hosts, settings()).await;
        let booked = book(app, &link, tuesday("09:00"), "one@example.org").await.unwrap();
        let brought = async |number: usize, user: &User| {
            let mails = to(&server, number, &user.profile.email).await;
            mails.into_iter().map(|mail| mail.calendar.map(|calendar| calendar.method)).collect::<Vec<_>>()
        };
        assert_eq!(brought(3, &ana).await, [None]);
        assert_eq!(brought(3, &bob).await, [Some("REQUEST".to_owned())]);
        let left = UpdateBookingLink { hosts: link.hosts[..1].to_vec(), settings: link.settings.clone(), updated_at: None };
        admin.update_booking_link(&of(link.id), &left).await.unwrap();
        book(app, &of_bob, tuesday("14:00"), "two@example.org").await.unwrap();
        let move_to = async |time: &str| {
            let time_zone = "Europe/Paris".to_owned();
            let moved = RescheduleBookedMeeting { starts_at: tuesday(time), time_zone, reason: None };
            app.anonymous().reschedule_booked_meeting(&secret(&booked), &moved).await
        };
        assert_eq!(code_of(move_to("14:00").await), ErrorCode::SlotTaken);
        move_to("15:00").await.unwrap();
        for link in [&own, &of_bob] {
            let day = on_day(app, link, "2031-03-25").await;
            assert!(!day.contains(&"15:00".to_owned()) && day.contains(&"09:00".to_owned()), "{day:?}");
        }
    }
);
