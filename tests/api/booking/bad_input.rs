//! What people send who mean harm, or do not know what they do.

use rapport_tests::{test_on_both, until};
use reqwest::Method;
use serde_json::json;
use types::ErrorCode;
use types::booking::*;

use super::calendars::refresh;
use super::desk::{
    Desk, book, booking, change, code_of, hours, link, meetings_of, of, on_day, only_meeting, page, secret,
    settings, times_to_move, tuesday,
};
use super::mails::{open, outbox, to};
use super::readers;
use crate::accounts::webhook_receiver::{Receiver, allow, reply};
use crate::crm::desk::wrong_fields;

/// What tries to be markup, more lines of a calendar, and a header of a mail.
const HOSTILE: &str = "<img src=x onerror=alert(1)>\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:mine\r\nBcc: all@example.org\r\n\
    {{contact.email}} \\n ;:,\"";

fn lines() -> FormField {
    FormField {
        key: "wish".to_owned(),
        property: None,
        label: "Your wish".to_owned(),
        kind: AnswerKind::Lines,
        options: Vec::new(),
        is_required: false,
    }
}

fn wish(value: &str) -> Vec<Answer> {
    vec![Answer { key: "wish".to_owned(), value: value.to_owned() }]
}

test_on_both!(
    /// Answers and names are words, whatever they look like: they end neither a header of a mail, nor a line of a calendar, nor
    /// an element of a page.
    hostile_answers_are_words,
    async |app| {
        let (server, Desk { ana, link, .. }) = open(app, settings()).await;
        let link = change(&ana, &link, |settings| {
            settings.form = vec![lines()];
            settings.invitation_description = Some("For {{contact.first_name}}.\nBring it.".to_owned());
        })
        .await
        .unwrap();
        let name = "Zoë \"<b>\"; X-A:1, \\n\u{2028}Bcc: all@example.org";
        let request = BookMeeting {
            first_name: name.to_owned(),
            answers: wish(HOSTILE),
            ..booking(tuesday("09:00"), "carla@example.com")
        };
        app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        let seen = only_meeting(&ana, &link).await;
        assert_eq!(seen.answers.last().unwrap().value, HOSTILE.trim());
        assert_eq!(seen.title, format!("{name} Customer and Ana"));
        let guest = to(&server, 2, "carla@example.com").await.remove(0);
        let host = to(&server, 2, &ana.profile.email).await.remove(0);
        for mail in [&guest, &host] {
            assert!(mail.subject.contains("Bcc: all@example.org"), "{mail:?}");
            assert_eq!(mail.files.len(), usize::from(mail.to == "carla@example.com"), "{mail:?}");
        }
        let invitation = guest.calendar.unwrap().text;
        let read = readers::read(&invitation);
        assert_eq!(read["summary"], json!(seen.title));
        assert_eq!(read["uid"], json!(format!("meeting-{}@127.0.0.1", seen.id)));
        assert_eq!((invitation.matches("BEGIN:VEVENT").count(), read["attendees"].as_array().unwrap().len()), (1, 2));
        let html: Vec<_> = outbox(app).await.into_iter().filter_map(|mail| mail.html).collect();
        assert_eq!(html.len(), 2);
        for text in &html {
            assert!(!text.contains("<img") && !text.contains("<b>"), "{text}");
        }
        assert!(html.iter().any(|text| text.contains("&lt;img")), "{html:?}");
    }
);

test_on_both!(
    /// Control characters are refused where one line is asked for, and where they are none of a text's; so is what is too long,
    /// or too much to be read.
    unfit_texts_are_refused,
    async |app| {
        let Desk { ana, link, .. } = Desk::open(app).await;
        let link = change(&ana, &link, |settings| settings.form = vec![lines()]).await.unwrap();
        let refused = async |change: &dyn Fn(&mut BookMeeting)| {
            let mut request = booking(tuesday("09:00"), "carla@example.org");
            change(&mut request);
            wrong_fields(app.anonymous().book_meeting(&page(&link), &request).await)
        };
        for unfit in ["Carla\r\nBcc: a@example.org", "a\nb", "\u{0}x", "a\u{7}b", "\u{85}x\u{85}y", " "] {
            assert_eq!(refused(&|r| r.first_name = unfit.to_owned()).await, ["first_name"], "{unfit:?}");
            assert_eq!(refused(&|r| r.last_name = unfit.to_owned()).await, ["last_name"], "{unfit:?}");
        }
        for unfit in ["a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org", "<a@example.org>", "\"a b\"@"] {
            assert_eq!(refused(&|r| r.email = unfit.to_owned()).await, ["email"], "{unfit:?}");
        }
        assert_eq!(refused(&|r| r.answers = wish("a\u{0}b")).await, ["answers.0.value"]);
        for unfit in ["\u{1b}[2Jx", &"x".repeat(4001), &"é".repeat(200_000)] {
            assert_eq!(refused(&|r| r.answers = wish(unfit)).await, ["answers.wish"]);
        }
        let huge = json!({ "answers": [{ "key": "wish", "value": "x".repeat(1_100_000) }] });
        let path = format!("/v1/booking_pages/{}/bookings", link.slug);
        let reply = app.raw(Method::POST, &path).json(&huge).send().await.unwrap();
        assert_eq!(reply.status(), 413);
        let zones = ["Mars/Base", "", "CET-1CEST", "../../etc/passwd", "Europe/Paris\0", "+01:00", "Local", "localtime"];
        for zone in zones {
            assert_eq!(refused(&|r| r.time_zone = zone.to_owned()).await, ["time_zone"], "{zone:?}");
        }
        assert!(meetings_of(&ana, &link).await.is_empty());
    }
);

test_on_both!(
    /// Somebody who books without end is stopped after the bookings of an hour, and holds no more than a few times: the calendar
    /// stays open to others.
    one_address_cannot_empty_a_calendar,
    async |app| {
        app.restart(|config| {
            config.limits.bookings_per_hour = 4;
            config.limits.booking_holds_per_minute = 8;
        })
        .await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        let times = on_day(app, &link, "2031-03-25").await;
        let mut codes = Vec::new();
        for (index, time) in times.iter().enumerate() {
            // Another name does not help: it is the address that is counted.
            let email = format!("guest{index}@example.org");
            codes.push(book(app, &link, tuesday(time), &email).await.err().and_then(|refused| refused.code()));
        }
        assert!(codes[..4].iter().all(Option::is_none), "{codes:?}");
        assert!(codes[4..].iter().all(|code| *code == Some(ErrorCode::RateLimited)), "{codes:?}");
        assert_eq!(meetings_of(&ana, &link).await.len(), 4);
        let mut held = 0;
        for time in &times[4..] {
            let hold = HoldSlot { starts_at: tuesday(time), duration_minutes: 30, replaces: None };
            match app.anonymous().hold_slot(&page(&link), &hold).await {
                Ok(_) => held += 1,
                refused => assert_eq!(code_of(refused), ErrorCode::RateLimited),
            }
        }
        assert_eq!(held, 5);
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), times.len() - 9);
        // Holds end by themselves, and what was refused took nothing.
        app.clock().advance(601);
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), times.len() - 4);
    }
);

test_on_both!(
    /// A hold or a meeting is moved, let go and used by whoever has its secret alone, and on its own link alone.
    secrets_of_others_cannot_be_guessed,
    async |app| {
        let Desk { ana, link: own, .. } = Desk::open(app).await;
        let other = link(&ana, settings()).await;
        let hold = HoldSlot { starts_at: tuesday("09:00"), duration_minutes: 30, replaces: None };
        let held = app.anonymous().hold_slot(&page(&own), &hold).await.unwrap();
        for token in ["", "x", "' or 1=1", &held.token[1..], &"a".repeat(100_000)] {
            let release = ReleaseHold { token: token.to_owned() };
            app.anonymous().release_hold(&page(&own), &release).await.unwrap();
            let steal = HoldSlot { replaces: Some(token.to_owned()), ..hold.clone() };
            assert_eq!(code_of(app.anonymous().hold_slot(&page(&own), &steal).await), ErrorCode::SlotTaken);
            let request = BookMeeting {
                hold_token: Some(token.to_owned()),
                ..booking(tuesday("09:00"), "a@example.org")
            };
            let taken = app.anonymous().book_meeting(&page(&other), &request).await;
            assert_eq!(code_of(taken), ErrorCode::SlotTaken);
        }
        let booked = book(app, &own, tuesday("10:00"), "carla@example.org").await.unwrap();
        let (id, signature) = booked.token.split_once('.').unwrap();
        let next: i64 = id.parse::<i64>().unwrap() + 1;
        let forged = [format!("{next}.{signature}"), format!("0{id}.{signature}"), format!("{id}."), format!("+{id}.{signature}")];
        for token in forged {
            let path = BookedMeetingPath { token };
            let cancel = CancelBookedMeeting { reason: None };
            let refused = app.anonymous().cancel_booked_meeting(&path, &cancel).await;
            assert_eq!(code_of(refused), ErrorCode::NotFound, "{path:?}");
        }
        // The secret of a meeting shows the times of its own link alone.
        let query = times_to_move(&booked, 30, "23:00");
        let elsewhere = app.anonymous().list_page_slots(&page(&other), &query).await;
        assert_eq!(code_of(elsewhere), ErrorCode::NotFound);
        assert_eq!(only_meeting(&ana, &own).await.state, MeetingState::Booked);
    }
);

test_on_both!(
    /// A meeting that was called off, or has begun, is not moved; one whose link has ended meanwhile is called off, not moved; a
    /// form that was open when the link ended, or its hours changed, books nothing.
    what_is_over_stays_over,
    async |app| {
        let Desk { ana, link: own, .. } = Desk::open(app).await;
        let move_to = |time| RescheduleBookedMeeting {
            starts_at: tuesday(time),
            time_zone: "Europe/Paris".to_owned(),
            reason: None,
        };
        let off = CancelBookedMeeting { reason: None };
        let first = book(app, &own, tuesday("09:00"), "a@example.org").await.unwrap();
        let second = book(app, &own, tuesday("10:00"), "b@example.org").await.unwrap();
        let third = book(app, &own, tuesday("11:00"), "c@example.org").await.unwrap();
        app.anonymous().cancel_booked_meeting(&secret(&first), &off).await.unwrap();
        let moved = app.anonymous().reschedule_booked_meeting(&secret(&first), &move_to("12:00")).await;
        assert_eq!(code_of(moved), ErrorCode::Conflict);
        assert!(on_day(app, &own, "2031-03-25").await.contains(&"09:00".to_owned()));
        let hold = HoldSlot { starts_at: tuesday("14:00"), duration_minutes: 30, replaces: None };
        let held = app.anonymous().hold_slot(&page(&own), &hold).await.unwrap();
        let form = BookMeeting { hold_token: Some(held.token), ..booking(tuesday("14:00"), "d@example.org") };
        let morning = change(&ana, &own, |settings| {
            for day in &mut settings.availability.weekly {
                day.ranges = hours(&[(540, 720)]);
            }
        });
        morning.await.unwrap();
        assert_eq!(code_of(app.anonymous().book_meeting(&page(&own), &form).await), ErrorCode::SlotTaken);
        ana.end_booking_link(&of(own.id)).await.unwrap();
        assert_eq!(code_of(app.anonymous().book_meeting(&page(&own), &form).await), ErrorCode::LinkEnded);
        let hold = app.anonymous().hold_slot(&page(&own), &hold).await;
        assert_eq!(code_of(hold), ErrorCode::LinkEnded);
        let moved = app.anonymous().reschedule_booked_meeting(&secret(&second), &move_to("11:30")).await;
        assert_eq!(code_of(moved), ErrorCode::LinkEnded);
        let cancelled = app.anonymous().cancel_booked_meeting(&secret(&second), &off).await.unwrap();
        assert_eq!(cancelled.state, MeetingState::Cancelled);
        app.clock().set(tuesday("11:00"));
        let late = app.anonymous().cancel_booked_meeting(&secret(&third), &off).await;
        assert_eq!(code_of(late), ErrorCode::Conflict);
    }
);

test_on_both!(
    /// Stretches that are reversed, too long or beyond all calendars are refused or hold nothing.
    odd_stretches_of_time,
    async |app| {
        let Desk { link, .. } = Desk::open(app).await;
        let path = format!("/v1/booking_pages/{}/slots", link.slug);
        let ask = async |from: &str, until: &str, minutes: &str| {
            let query = format!("{path}?from={from}&until={until}&duration_minutes={minutes}");
            let reply = app.raw(Method::GET, &query).send().await.unwrap();
            let status = reply.status().as_u16();
            let items = reply.json::<serde_json::Value>().await.unwrap()["items"].as_array().map(Vec::len);
            (status, items)
        };
        let day = ("2031-03-25T00:00:00Z", "2031-03-26T00:00:00Z");
        assert_eq!(ask(day.0, day.1, "30").await, (200, Some(16)));
        let refused = [
            (day.1, day.0, "30"),
            (day.0, day.0, "30"),
            (day.0, "2031-06-25T00:00:00Z", "30"),
            ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "30"),
            (day.0, day.1, "0"),
            (day.0, day.1, "65535"),
            (day.0, day.1, "-30"),
            (day.0, day.1, "1e3"),
            ("yesterday", day.1, "30"),
            (day.0, "2031-02-30T00:00:00Z", "30"),
        ];
        for (from, until, minutes) in refused {
            let (status, _) = ask(from, until, minutes).await;
            assert!(matches!(status, 400 | 422), "{from} {until} {minutes}: {status}");
        }
        for (from, until) in [
            ("0001-01-01T00:00:00Z", "0001-02-01T00:00:00Z"),
            ("9999-12-01T00:00:00Z", "9999-12-31T23:59:59Z"),
            ("2031-03-01T00:00:00Z", "2031-03-20T00:00:00Z"),
        ] {
            assert_eq!(ask(from, until, "30").await, (200, Some(0)), "{from}");
        }
    }
);

test_on_both!(
    /// Names that are the same, or the same once they are addresses, get addresses of their own, also at the same time.
    addresses_never_collide,
    async |app| {
        let Desk { ana, .. } = Desk::open(app).await;
        let make = async |name: &str| {
            let wanted = BookingLinkSettings { internal_name: name.to_owned(), ..settings() };
            link(&ana, wanted).await.slug
        };
        let names = ["Démo!", "demo", "DEMO", "日本", "booked", "meeting", "../admin", "a/b"];
        let mut slugs = Vec::new();
        for name in names {
            slugs.push(make(name).await);
        }
        let expected =
            ["demo", "demo-2", "demo-3", "meeting", "meeting-2", "meeting-3", "admin", "a-b"];
        assert_eq!(slugs, expected.map(|slug| format!("ana/{slug}")));
        let request = CreateBookingLink {
            kind: BookingLinkKind::Personal,
            slug: Some("same".to_owned()),
            hosts: Vec::new(),
            settings: settings(),
        };
        let all = futures_util::future::join_all((0..8).map(|_| ana.create_booking_link(&request))).await;
        let (made, refused): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
        assert_eq!((made.len(), refused.len()), (1, 7));
        for refused in refused {
            assert_eq!(wrong_fields(refused), ["slug"]);
        }
    }
);

/// What a feed answers.
fn calendar(events: &str) -> Option<String> {
    reply(
        "200 OK",
        &format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{events}END:VCALENDAR\r\n"),
    )
}

const NINE: &str =
    "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20310325T090000Z\r\nDTEND:20310325T100000Z\r\nEND:VEVENT\r\n";
const ENDLESS: &str = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:19700101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n";

/// Answers of a feed that nobody can use: what has no end, a page, nothing, half a calendar, and too much.
fn unusable() -> [Option<String>; 6] {
    [
        calendar(ENDLESS),
        reply("200 OK", "<html>Sign in</html>"),
        reply("200 OK", ""),
        reply("200 OK", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
        calendar(&"X-LONG:y\r\n".repeat(1_100_000)),
        reply("500 Internal Server Error", "no"),
    ]
}

test_on_both!(
    /// A feed that is huge or none at all is not connected; one that becomes so, or has no end, closes the link and never opens
    /// it, until it can be read again.
    feeds_that_cannot_be_used,
    async |app| {
        let receiver = Receiver::start().await;
        allow(app).await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        let feed = ConnectCalendars::Feed { url: format!("{}/feed.ics", receiver.base()), name: "Feed".to_owned() };
        // What has no end is a calendar; that it cannot be used shows when it is read.
        for wrong in unusable().into_iter().skip(1) {
            receiver.answer(move |_| wrong.clone());
            assert_eq!(wrong_fields(ana.connect_calendars(&feed).await), ["url"]);
        }
        receiver.answer(|_| calendar(NINE));
        let account = ana.connect_calendars(&feed).await.unwrap();
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 14);
        for wrong in unusable() {
            receiver.answer(move |_| wrong.clone());
            let failing = refresh(&ana, account.id).await;
            assert_eq!(failing.state, CalendarState::Unreachable, "{failing:?}");
            let state = ana.get_booking_link(&of(link.id)).await.unwrap().state;
            assert_eq!(state, BookingLinkState::Unreachable);
            assert_eq!(code_of(book(app, &link, tuesday("12:00"), "a@example.org").await), ErrorCode::CalendarUnreachable);
        }
        receiver.answer(|_| calendar(NINE));
        refresh(&ana, account.id).await;
        until("it is read again", async || on_day(app, &link, "2031-03-25").await.len() == 14).await;
    }
);
