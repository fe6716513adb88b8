//! Whose turn it is.

use rapport_tests::test_on_both;
use types::ErrorCode;
use types::booking::*;

use super::desk::{
    Desk, book, calendar, code_of, meetings_of, on_day, only_meeting, page, secret, set_calendar, settings,
    shared_link, tuesday,
};

const TIMES: [&str; 8] = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30"];

test_on_both!(
    /// Meetings are shared by weight, and each says why its host was chosen.
    meetings_are_shared_by_weight,
    async |app| {
        app.shows(&["MEET-58"]);
        let Desk { ana, .. } = Desk::open(app).await;
        let bob = app.agent("Bob").await;
        let hosts = [(&ana, 3), (&bob, 1)];
        let link = shared_link(&ana, BookingLinkKind::RoundRobin, &hosts, settings()).await;
        for time in TIMES {
            app.clock().advance(1);
            book(app, &link, tuesday(time), &format!("v{}@example.org", &time[..2])).await.unwrap();
        }
        let all = meetings_of(&ana, &link).await;
        let of_ana = all.iter().filter(|meeting| meeting.host_ids == [ana.id()]).count();
        let of_bob = all.iter().filter(|meeting| meeting.host_ids == [bob.id()]).count();
        assert_eq!((of_ana, of_bob), (6, 2));
        for meeting in &all {
            let choice = meeting.host_choice.as_ref().unwrap();
            assert_eq!(meeting.host_ids, [choice.candidates[0].user_id]);
            assert_eq!(choice.candidates.len(), 2);
        }
        let last = all.last().unwrap().host_choice.clone().unwrap();
        assert_eq!(last.candidates.iter().map(|candidate| candidate.meetings).sum::<i64>(), 7);
        let shown = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert!(shown.hosts.is_empty());
    }
);

test_on_both!(
    /// A time is offered as often as there are hosts; one who cannot be known to be free is left out.
    a_time_is_offered_while_anybody_is_free,
    async |app| {
        let Desk { ana, .. } = Desk::open(app).await;
        let (bob, cleo) = (app.agent("Bob").await, app.agent("Cleo").await);
        calendar(app, cleo.id(), CalendarState::Unreachable).await;
        let hosts = [(&ana, 1), (&bob, 1), (&cleo, 1)];
        let link = shared_link(&ana, BookingLinkKind::RoundRobin, &hosts, settings()).await;
        assert_eq!((link.state, &link.excluded_host_ids[..]), (BookingLinkState::Active, &[cleo.id()][..]));
        book(app, &link, tuesday("09:00"), "one@example.org").await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "09:00");
        book(app, &link, tuesday("09:00"), "two@example.org").await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "09:30");
        let third = book(app, &link, tuesday("09:00"), "three@example.org").await;
        assert_eq!(code_of(third), ErrorCode::SlotTaken);
        let hosts: std::collections::BTreeSet<_> =
            meetings_of(&ana, &link).await.into_iter().flat_map(|meeting| meeting.host_ids).collect();
        assert_eq!(hosts, [ana.id(), bob.id()].into());
    }
);

test_on_both!(
    /// Whose time was held is booked, though it is somebody else's turn by then.
    a_held_host_is_kept,
    async |app| {
        let Desk { ana, .. } = Desk::open(app).await;
        let bob = app.agent("Bob").await;
        let hosts = [(&ana, 1), (&bob, 1)];
        let link = shared_link(&ana, BookingLinkKind::RoundRobin, &hosts, settings()).await;
        let other = crate::booking::desk::link(&bob, settings()).await;
        let ask = HoldSlot { starts_at: tuesday("09:00"), duration_minutes: 30, replaces: None };
        let held = app.anonymous().hold_slot(&page(&link), &ask).await.unwrap();
        // Ana is held, so that Bob alone is free then; his own link takes him.
        book(app, &other, tuesday("09:00"), "two@example.org").await.unwrap();
        assert_eq!(code_of(book(app, &link, tuesday("09:00"), "x@example.org").await), ErrorCode::SlotTaken);
        let request = BookMeeting {
            hold_token: Some(held.token),
            ..crate::booking::desk::booking(tuesday("09:00"), "carla@example.org")
        };
        app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        assert_eq!(only_meeting(&ana, &link).await.host_ids, [ana.id()]);
    }
);

test_on_both!(
    /// MEET-97, MEET-98: whoever moves a meeting while its host's calendar cannot be reached is told so: it is not that nothing
    /// is free. For others the link stays open.
    a_meeting_is_not_moved_blindly,
    async |app| {
        app.shows(&["MEET-97", "MEET-98"]);
        let Desk { ana, .. } = Desk::open(app).await;
        let bob = app.agent("Bob").await;
        let hosts = [(&ana, 1), (&bob, 1)];
        let link = shared_link(&ana, BookingLinkKind::RoundRobin, &hosts, settings()).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let host = only_meeting(&ana, &link).await.host_ids[0];
        let query = |moves| ListPageSlots {
            from: tuesday("00:00"),
            until: tuesday("23:00"),
            duration_minutes: 30,
            moves,
            hold_token: None,
        };
        let slots = async |moves| app.anonymous().list_page_slots(&page(&link), &query(moves)).await.unwrap();
        let before = slots(Some(booked.token.clone())).await;
        assert_eq!((before.state, before.items.len()), (BookingPageState::Open, 16));
        calendar(app, host, CalendarState::Unreachable).await;
        let during = slots(Some(booked.token.clone())).await;
        assert_eq!((during.state, during.items.len()), (BookingPageState::Request, 0));
        assert_eq!(slots(None).await.state, BookingPageState::Open);
        let request = RescheduleBookedMeeting {
            starts_at: tuesday("10:00"),
            time_zone: "Europe/Paris".to_owned(),
            reason: None,
        };
        let moved = app.anonymous().reschedule_booked_meeting(&secret(&booked), &request).await;
        assert_eq!(code_of(moved), ErrorCode::CalendarUnreachable);
        set_calendar(app, host, CalendarState::Ok).await;
        assert_eq!(slots(Some(booked.token.clone())).await.items.len(), 16);
    }
);
