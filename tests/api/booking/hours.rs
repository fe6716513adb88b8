//! Which times are offered.

use rapport_tests::test_on_both;
use types::booking::*;
use types::{Date, ErrorCode};

use super::desk::{
    Desk, at, availability, book, change, code_of, hours, offered, on_day, page, reasons, settings, tuesday,
};

fn with(change: impl FnOnce(&mut Availability)) -> BookingLinkSettings {
    let mut availability = availability();
    change(&mut availability);
    BookingLinkSettings { availability, ..settings() }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

test_on_both!(
    /// With a meeting from 13:00 to 13:30 and half an hour's buffer, the next time is 14:00.
    a_buffer_stays_free,
    async |app| {
        app.shows(&["MEET-61", "MEET-62"]);
        let Desk { ana, link, .. } = Desk::with(app, with(|hours| hours.buffer_after_minutes = 30)).await;
        book(app, &link, tuesday("13:00"), "carla@example.org").await.unwrap();
        let times = on_day(app, &link, "2031-03-25").await;
        let after: Vec<_> = times.iter().filter(|time| time.as_str() >= "13:00").collect();
        assert_eq!(after[0], "14:00");
        let before: Vec<_> = times.iter().filter(|time| time.as_str() < "13:00").collect();
        assert_eq!(before.last().unwrap().as_str(), "12:00");
        assert_eq!(reasons(&ana, &link, tuesday("13:00")).await, [MissingReason::Busy]);
        assert_eq!(reasons(&ana, &link, tuesday("13:30")).await, [MissingReason::Busy]);
        assert_eq!(reasons(&ana, &link, tuesday("12:30")).await, [MissingReason::Buffer]);
        assert_eq!(reasons(&ana, &link, tuesday("14:00")).await, []);
    }
);

test_on_both!(
    /// Hours are local: when summer begins in Paris, nine o'clock is an hour earlier in UTC.
    hours_are_those_of_the_zone,
    async |app| {
        app.shows(&["MEET-66"]);
        let paris = with(|hours| hours.time_zone = Some("Europe/Paris".to_owned()));
        let Desk { ana, link, .. } = Desk::with(app, paris).await;
        assert_eq!(on_day(app, &link, "2031-03-28").await[0], "08:00");
        assert!(on_day(app, &link, "2031-03-29").await.is_empty());
        let summer = on_day(app, &link, "2031-03-31").await;
        assert_eq!((summer[0].as_str(), summer.len()), ("07:00", 16));
        assert_eq!(reasons(&ana, &link, at("2031-03-31T06:30:00Z")).await, [MissingReason::OutsideHours]);
        // Without a zone of its own a link follows that of its host.
        let link = change(&ana, &link, |settings| settings.availability.time_zone = None).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-31").await[0], "09:00");
        let profile = ana.get_booking_profile().await.unwrap();
        let zone = UpdateBookingProfile {
            user_slug: profile.user_slug,
            default_link_id: profile.default_link_id,
            time_zone: "America/New_York".to_owned(),
        };
        ana.update_booking_profile(&zone).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-31").await[0], "13:00");
    }
);

test_on_both!(
    /// Notice, weeks ahead and a range of days say from when and until when a link can be booked.
    notice_and_window_are_kept,
    async |app| {
        app.shows(&["MEET-60", "MEET-63", "MEET-64", "MEET-65"]);
        let settings = with(|hours| {
            hours.notice_minutes = 24 * 60 + 240;
            hours.rolling_weeks = Some(1);
        });
        let Desk { ana, link, .. } = Desk::with(app, settings).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "10:00");
        assert_eq!(reasons(&ana, &link, tuesday("09:30")).await, [MissingReason::Notice]);
        assert_eq!(on_day(app, &link, "2031-03-31").await.len(), 16);
        assert!(on_day(app, &link, "2031-04-01").await.is_empty());
        assert_eq!(reasons(&ana, &link, at("2031-04-01T09:00:00Z")).await, [MissingReason::AfterWindow]);
        let within = |from: &str, until: &str| DateRange { from: day(from), until: day(until) };
        let ranged = |range| move |settings: &mut BookingLinkSettings| {
            settings.availability.rolling_weeks = None;
            settings.availability.date_range = Some(range);
        };
        let long = change(&ana, &link, ranged(within("2031-04-01", "2031-06-10"))).await;
        assert!(long.unwrap_err().field("settings.availability.date_range.until").unwrap().contains("10 weeks"));
        let link = change(&ana, &link, ranged(within("2031-04-01", "2031-06-09"))).await.unwrap();
        assert!(on_day(app, &link, "2031-03-31").await.is_empty());
        assert_eq!(reasons(&ana, &link, at("2031-03-31T09:00:00Z")).await, [MissingReason::BeforeWindow]);
        assert_eq!(on_day(app, &link, "2031-04-01").await.len(), 16);
        assert_eq!(on_day(app, &link, "2031-06-09").await.len(), 16);
        assert!(on_day(app, &link, "2031-06-10").await.is_empty());
    }
);

test_on_both!(
    /// A host gets no more meetings of a link on a day and in a week than it allows.
    limits_of_day_and_week_are_kept,
    async |app| {
        let settings = with(|hours| {
            hours.most_per_day = Some(1);
            hours.most_per_week = Some(2);
        });
        let Desk { ana, link, .. } = Desk::with(app, settings).await;
        book(app, &link, tuesday("09:00"), "one@example.org").await.unwrap();
        assert!(on_day(app, &link, "2031-03-25").await.is_empty());
        assert_eq!(reasons(&ana, &link, tuesday("11:00")).await, [MissingReason::DayFull]);
        let second = book(app, &link, at("2031-03-27T09:00:00Z"), "two@example.org").await.unwrap();
        assert!(on_day(app, &link, "2031-03-28").await.is_empty());
        assert_eq!(reasons(&ana, &link, at("2031-03-28T11:00:00Z")).await, [MissingReason::WeekFull]);
        assert_eq!(on_day(app, &link, "2031-03-31").await.len(), 16);
        let late = book(app, &link, at("2031-03-28T11:00:00Z"), "three@example.org").await;
        assert_eq!(code_of(late), ErrorCode::SlotTaken);
        // What is called off does not count.
        let off = CancelBookedMeeting { reason: None };
        app.anonymous().cancel_booked_meeting(&crate::booking::desk::secret(&second), &off).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-28").await.len(), 16);
    }
);

test_on_both!(
    /// Days have hours of their own, several a day, also past midnight; other minutes are not offered.
    days_have_hours_of_their_own,
    async |app| {
        let settings = with(|availability| {
            availability.weekly[1].ranges = hours(&[(600, 660), (840, 900)]);
            availability.weekly[3].ranges = hours(&[(1380, 1500)]);
            let closed = DateHours { date: day("2031-03-26"), ranges: Vec::new() };
            let special = DateHours { date: day("2031-03-29"), ranges: hours(&[(720, 780)]) };
            availability.overrides = vec![closed, special];
        });
        let Desk { ana, link, .. } = Desk::with(app, settings).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await, ["10:00", "10:30", "14:00", "14:30"]);
        assert!(on_day(app, &link, "2031-03-26").await.is_empty());
        assert_eq!(reasons(&ana, &link, at("2031-03-26T09:00:00Z")).await, [MissingReason::ClosedDate]);
        let night = offered(app, &link, "2031-03-27T00:00:00Z", "2031-03-28T08:00:00Z").await;
        let wanted = ["27T23:00", "27T23:30", "28T00:00", "28T00:30"].map(|at| format!("2031-03-{at}:00Z"));
        assert_eq!(night, wanted);
        assert_eq!(on_day(app, &link, "2031-03-29").await, ["12:00", "12:30"]);
        assert_eq!(reasons(&ana, &link, tuesday("10:10")).await, [MissingReason::NotOnGrid]);
        assert_eq!(code_of(book(app, &link, tuesday("10:10"), "a@example.org").await), ErrorCode::SlotTaken);
    }
);

test_on_both!(
    /// A visitor chooses among the durations; what is asked of the list has limits.
    durations_are_chosen,
    async |app| {
        app.shows(&["MEET-43", "MEET-88", "MEET-89"]);
        let mut settings = with(|hours| hours.interval_minutes = Some(15));
        settings.durations_minutes = vec![60, 15, 30, 15];
        let Desk { link, .. } = Desk::with(app, settings).await;
        assert_eq!(link.settings.durations_minutes, [15, 30, 60]);
        let ask = async |minutes, until: &str| {
            let query = ListPageSlots {
                from: tuesday("00:00"),
                until: at(until),
                duration_minutes: minutes,
                moves: None,
                hold_token: None,
            };
            app.anonymous().list_page_slots(&page(&link), &query).await
        };
        let last = async |minutes| {
            ask(minutes, "2031-03-26T00:00:00Z").await.unwrap().items.last().unwrap().starts_at
        };
        assert_eq!(last(15).await, tuesday("16:45"));
        assert_eq!(last(60).await, tuesday("16:00"));
        assert!(ask(45, "2031-03-26T00:00:00Z").await.unwrap_err().field("duration_minutes").is_some());
        assert!(ask(30, "2031-03-25T00:00:00Z").await.unwrap_err().field("until").is_some());
        assert!(ask(30, "2031-05-26T00:00:00Z").await.is_ok());
        assert!(ask(30, "2031-05-26T00:00:01Z").await.unwrap_err().field("until").is_some());
    }
);
