//! Wishes for meetings, left while a calendar cannot be reached.

use rapport_tests::test_on_both;
use types::ErrorCode;
use types::booking::*;
use types::crm::CreateContact;

use super::desk::{
    Desk, book, calendar, calendar_with, code_of, of, on_day, page, reasons, set_calendar, settings, tuesday,
};
use super::mails::{open, to};
use crate::crm::desk::wrong_fields;

fn wish(message: &str) -> RequestMeeting {
    RequestMeeting {
        time_zone: "Europe/Paris".to_owned(),
        first_name: "Carla".to_owned(),
        last_name: "Customer".to_owned(),
        email: "carla@example.org".to_owned(),
        message: message.to_owned(),
        has_consented: false,
    }
}

test_on_both!(
    /// A calendar that cannot be reached closes the link: it takes requests, until the calendar is there again.
    an_unreachable_calendar_closes_the_link,
    async |app| {
        app.shows(&["MEET-97", "MEET-98", "MEET-103"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        calendar(app, ana.id(), CalendarState::Ok).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
        let refused = app.anonymous().request_meeting(&page(&link), &wish("Any time")).await;
        assert_eq!(code_of(refused), ErrorCode::Conflict);
        for state in [CalendarState::Unreachable, CalendarState::Refused, CalendarState::Pending] {
            set_calendar(app, ana.id(), state).await;
            assert!(on_day(app, &link, "2031-03-25").await.is_empty());
        }
        // Another one that can be reached does not help.
        calendar_with(app, ana.id().0 + 1, ana.id(), CalendarState::Ok).await;
        assert!(on_day(app, &link, "2031-03-25").await.is_empty());
        let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
        assert_eq!((shown.state, shown.excluded_host_ids), (BookingLinkState::Unreachable, vec![ana.id()]));
        assert_eq!(shown.unreachable_host_ids, [ana.id()]);
        assert!(reasons(&ana, &link, tuesday("09:00")).await.contains(&MissingReason::CalendarUnreachable));
        let closed = book(app, &link, tuesday("09:00"), "carla@example.org").await;
        assert_eq!(code_of(closed), ErrorCode::CalendarUnreachable);
        let seen = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(seen.state, BookingPageState::Request);
        app.anonymous().request_meeting(&page(&link), &wish("Any time")).await.unwrap();
        let empty = app.anonymous().request_meeting(&page(&link), &wish(" ")).await;
        assert_eq!(wrong_fields(empty), ["message"]);
        set_calendar(app, ana.id(), CalendarState::Ok).await;
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        // What was read too long ago is not known any more.
        app.clock().advance(3601);
        assert!(on_day(app, &link, "2031-03-25").await.is_empty());
    }
);

test_on_both!(
    /// Requests are seen and taken care of by the link's hosts and by whoever manages booking.
    requests_are_taken_care_of,
    async |app| {
        let Desk { admin, ana, link } = Desk::open(app).await;
        calendar(app, ana.id(), CalendarState::Unreachable).await;
        app.anonymous().request_meeting(&page(&link), &wish("In the morning")).await.unwrap();
        let otto = app.agent("Otto").await;
        let all = ListMeetingRequests::default();
        assert!(otto.list_meeting_requests(&all).await.unwrap().items.is_empty());
        let seen = ana.list_meeting_requests(&all).await.unwrap().items;
        assert_eq!((seen.len(), seen[0].message.as_str()), (1, "In the morning"));
        assert_eq!(seen[0].contact_email.as_deref(), Some("carla@example.org"));
        assert_eq!(admin.list_meeting_requests(&all).await.unwrap().items, seen);
        let path = MeetingRequestPath { meeting_request_id: seen[0].id };
        assert_eq!(code_of(otto.handle_meeting_request(&path).await), ErrorCode::NotFound);
        // Also when the link has ended meanwhile.
        ana.end_booking_link(&of(link.id)).await.unwrap();
        assert_eq!(ana.list_meeting_requests(&all).await.unwrap().items.len(), 1);
        let handled = ana.handle_meeting_request(&path).await.unwrap();
        assert_eq!(handled.handled_at, Some(app.clock().now()));
        assert_eq!(ana.handle_meeting_request(&path).await.unwrap(), handled);
        let open = ListMeetingRequests { open: Some(true), ..all };
        assert!(ana.list_meeting_requests(&open).await.unwrap().items.is_empty());
    }
);

test_on_both!(
    /// Whoever asks is called as they said, and hears at the address that they typed: who they are by the records is not told.
    whoever_asks_reads_no_more_than_they_typed,
    async |app| {
        let (server, Desk { admin, ana, link }) = open(app, settings()).await;
        let known = CreateContact {
            name: "Carla (pays late)".to_owned(),
            email: Some("carla@example.org".to_owned()),
            ..CreateContact::default()
        };
        admin.create_contact(&known).await.unwrap();
        calendar(app, ana.id(), CalendarState::Unreachable).await;
        app.anonymous().request_meeting(&page(&link), &wish("In the morning")).await.unwrap();
        let receipt = to(&server, 2, "carla@example.org").await.remove(0);
        assert!(receipt.text.contains("Hello Carla Customer,"), "{}", receipt.text);
        assert!(!receipt.text.contains("late"), "{}", receipt.text);
        let notice = to(&server, 2, &ana.profile.email).await.remove(0);
        assert_eq!(notice.reply_to.as_deref(), Some("carla@example.org"));
        assert!(notice.text.contains("/meetings/requests"), "{}", notice.text);
    }
);
