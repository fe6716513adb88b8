//! Times that are kept while the form is filled in.

use rapport_tests::{ClientError, TestApp, test_on_both};
use types::booking::*;
use types::{ErrorCode, Timestamp};

use super::desk::{Desk, book, booking, code_of, meetings_of, of, on_day, only_meeting, page, tuesday};

async fn hold(
    app: &TestApp,
    link: &BookingLink,
    starts_at: Timestamp,
    replaces: Option<&SlotHold>,
) -> Result<SlotHold, ClientError> {
    let replaces = replaces.map(|hold| hold.token.clone());
    let request = HoldSlot { starts_at, duration_minutes: 30, replaces };
    app.anonymous().hold_slot(&page(link), &request).await
}

async fn is_offered(app: &TestApp, link: &BookingLink, time: &str) -> bool {
    on_day(app, link, "2031-03-25").await.iter().any(|offered| offered == time)
}

test_on_both!(
    /// A held time is nobody else's until it is booked, let go, replaced, or ten minutes are over.
    a_held_time_is_kept,
    async |app| {
        app.shows(&["MEET-90"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        let first = hold(app, &link, tuesday("09:00"), None).await.unwrap();
        assert!(!is_offered(app, &link, "09:00").await);
        assert_eq!(code_of(hold(app, &link, tuesday("09:00"), None).await), ErrorCode::SlotTaken);
        assert_eq!(code_of(book(app, &link, tuesday("09:00"), "a@example.org").await), ErrorCode::SlotTaken);
        let second = hold(app, &link, tuesday("10:00"), Some(&first)).await.unwrap();
        assert!(is_offered(app, &link, "09:00").await && !is_offered(app, &link, "10:00").await);
        let own = ListPageSlots {
            from: tuesday("10:00"),
            until: tuesday("10:30"),
            duration_minutes: 30,
            moves: None,
            hold_token: Some(second.token.clone()),
        };
        assert_eq!(app.anonymous().list_page_slots(&page(&link), &own).await.unwrap().items.len(), 1);
        let request = BookMeeting {
            hold_token: Some(second.token.clone()),
            ..booking(tuesday("10:00"), "carla@example.org")
        };
        app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        assert_eq!(only_meeting(&ana, &link).await.starts_at, tuesday("10:00"));
        let third = hold(app, &link, tuesday("11:00"), None).await.unwrap();
        let release = ReleaseHold { token: third.token };
        app.anonymous().release_hold(&page(&link), &release).await.unwrap();
        assert!(is_offered(app, &link, "11:00").await);
        let fourth = hold(app, &link, tuesday("11:00"), None).await.unwrap();
        assert_eq!(fourth.expires_at, app.clock().now().plus_seconds(600));
        app.clock().advance(599);
        assert!(!is_offered(app, &link, "11:00").await);
        app.clock().advance(1);
        assert!(is_offered(app, &link, "11:00").await);
        hold(app, &link, tuesday("11:00"), None).await.unwrap();
    }
);

test_on_both!(
    /// Who gets no answer books again with the hold that they had, and is told of the meeting that they have; nobody else is.
    a_booking_that_is_sent_again_is_the_same,
    async |app| {
        let Desk { ana, link, .. } = Desk::open(app).await;
        let held = hold(app, &link, tuesday("10:00"), None).await.unwrap();
        let request = BookMeeting {
            hold_token: Some(held.token.clone()),
            ..booking(tuesday("10:00"), "carla@example.org")
        };
        let (client, path) = (app.anonymous(), page(&link));
        let twice = [client.book_meeting(&path, &request), client.book_meeting(&path, &request)];
        let mut answers = futures_util::future::join_all(twice).await;
        let booked = answers.remove(0).unwrap();
        assert_eq!(answers.remove(0).unwrap(), booked);
        assert_eq!(client.book_meeting(&path, &request).await.unwrap(), booked);
        // A page that was loaded again meanwhile shows that time still as its visitor's.
        let own = ListPageSlots {
            from: tuesday("10:00"),
            until: tuesday("10:30"),
            duration_minutes: 30,
            moves: None,
            hold_token: Some(held.token.clone()),
        };
        assert_eq!(client.list_page_slots(&path, &own).await.unwrap().items.len(), 1);
        let id = only_meeting(&ana, &link).await.id;
        let others = [
            BookMeeting { email: "a@example.org".to_owned(), ..request.clone() },
            BookMeeting { hold_token: None, ..request.clone() },
            BookMeeting { hold_token: Some("another".to_owned()), ..request.clone() },
        ];
        for other in others {
            assert_eq!(code_of(client.book_meeting(&path, &other).await), ErrorCode::SlotTaken);
        }
        // What was a hold frees nothing any more.
        assert!(!is_offered(app, &link, "10:00").await);
        client.release_hold(&path, &ReleaseHold { token: held.token.clone() }).await.unwrap();
        let replaces = HoldSlot { starts_at: tuesday("10:00"), duration_minutes: 30, replaces: Some(held.token) };
        assert_eq!(code_of(client.hold_slot(&path, &replaces).await), ErrorCode::SlotTaken);
        let later = BookMeeting { starts_at: tuesday("10:30"), ..request.clone() };
        assert_ne!(client.book_meeting(&path, &later).await.unwrap().token, booked.token);
        assert_eq!(client.book_meeting(&path, &request).await.unwrap(), booked);
        ana.end_booking_link(&of(link.id)).await.unwrap();
        assert_eq!(client.book_meeting(&path, &request).await.unwrap(), booked);
        assert_eq!(meetings_of(&ana, &link).await[0].id, id);
    }
);

test_on_both!(
    /// An address holds five times at once, over all links.
    an_address_holds_few_times,
    async |app| {
        let Desk { link, .. } = Desk::open(app).await;
        let mut holds = Vec::new();
        for time in ["09:00", "09:30", "10:00", "10:30", "11:00"] {
            holds.push(hold(app, &link, tuesday(time), None).await.unwrap());
        }
        assert_eq!(code_of(hold(app, &link, tuesday("12:00"), None).await), ErrorCode::RateLimited);
        hold(app, &link, tuesday("12:00"), Some(&holds[0])).await.unwrap();
        assert!(is_offered(app, &link, "09:00").await);
    }
);
