//! Calendars of Microsoft 365 and Outlook.com, through the same interface as all others.

use rapport_tests::microsoft::FakeMicrosoft;
use rapport_tests::{TestApp, test_on_both, until};
use serde_json::{Value, json};
use types::Timestamp;
use types::booking::*;
use types::crm::CreateContact;

use super::calendar_entries::{entry, hosted};
use super::calendars::{refresh, using};
use super::desk::{Desk, book, meeting, of, on_day, only_meeting, secret, tuesday, when_quiet};
use crate::crm::desk::wrong_fields;

const DAY: &str = "2031-03-25";
const NINE: (&str, &str) = ("2031-03-25T09:00:00", "2031-03-25T10:00:00");
const TWO: (&str, &str) = ("2031-03-25T14:00:00", "2031-03-25T15:00:00");

/// Opens with Ana, who has a calendar of her own there and sees Ben's; she is signed in and has connected them.
async fn connected(app: &TestApp) -> (FakeMicrosoft, Desk, CalendarAccount) {
    let microsoft = FakeMicrosoft::start().await;
    app.restart(|config| {
        microsoft.configure(config);
        config.server.public_url = app.base().to_owned();
    })
    .await;
    let desk = Desk::open(app).await;
    in_step(app, &microsoft).await;
    microsoft.has_user("ana", "Ana", "ana@example.com").await;
    microsoft.has_user("ben", "Ben", "ben@example.com").await;
    let bens = json!({ "id": "bens", "name": "Ben", "isDefaultCalendar": false, "canEdit": true,
        "owner": { "name": "Ben", "address": "ben@example.com" } });
    microsoft.tell("calendar", json!({ "owner": "ben", "shared_with": ["ana"], "calendar": bens })).await;
    let connection_id = microsoft.connect(&desk.ana, "ana").await.id;
    let account = desk.ana.connect_calendars(&ConnectCalendars::Microsoft { connection_id }).await.unwrap();
    let account = refresh(&desk.ana, account.id).await;
    (microsoft, desk, account)
}

/// Has it be as late there as it is here.
async fn in_step(app: &TestApp, microsoft: &FakeMicrosoft) {
    microsoft.set_mode(json!({ "ahead": 0 })).await;
    let ahead = app.clock().now().0 / Timestamp::SECOND - microsoft.seen("now").await;
    microsoft.set_mode(json!({ "ahead": ahead })).await;
}

/// Puts an event into Ana's calendar there.
async fn has_event(microsoft: &FakeMicrosoft, id: &str, (from, until): (&str, &str), more: Value) {
    let time = |at: &str| json!({ "dateTime": at, "timeZone": "UTC" });
    let mut event = json!({ "id": id, "subject": "Theirs", "start": time(from), "end": time(until) });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    microsoft.tell("event", json!({ "calendar": "ana", "event": event })).await;
}

async fn events(microsoft: &FakeMicrosoft) -> Vec<Value> {
    microsoft.tell("events", json!({})).await.as_array().unwrap().clone()
}

test_on_both!(
    /// What is busy takes time, at once when Microsoft tells of it; a calendar of somebody else cannot be added.
    busy_events_take_time,
    async |app| {
        app.shows(&["MEET-02", "MEET-03", "MEET-10", "MEET-11", "SYS-12"]);
        let (microsoft, Desk { ana, link, .. }, account) = connected(app).await;
        let told: Vec<_> = account.calendars.iter().map(|one| (one.name.as_str(), one.is_added, one.is_default)).collect();
        assert_eq!(told, [("Ben", false, false), ("Calendar", true, true)]);
        assert_eq!(wrong_fields(using(&ana, &account.calendars[0], (true, false, false)).await), ["is_added"]);
        assert_eq!(on_day(app, &link, DAY).await.len(), 16);
        has_event(&microsoft, "one", NINE, json!({})).await;
        has_event(&microsoft, "free", ("2031-03-25T11:00:00", "2031-03-25T12:00:00"), json!({ "showAs": "free" })).await;
        refresh(&ana, account.id).await;
        let day = on_day(app, &link, DAY).await;
        assert!(day.len() == 14 && day.contains(&"11:00".to_owned()), "{day:?}");
        microsoft.tell("forget_changes", json!({})).await;
        microsoft.tell("delete", json!({ "id": "one" })).await;
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 16);
    }
);

test_on_both!(
    /// A meeting stands once in the default calendar, follows when it is moved, and goes when it is called off; Microsoft writes
    /// to nobody about it.
    meetings_are_written_once,
    async |app| {
        app.shows(&["MEET-12", "MEET-94", "SYS-12"]);
        let (microsoft, Desk { ana, link, .. }, account) = connected(app).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let id = only_meeting(&ana, &link).await.id;
        entry(&ana, id, CalendarEntryState::Written, 0).await;
        let written = events(&microsoft).await;
        assert_eq!(written.len(), 1, "{written:?}");
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 15);
        let later = RescheduleMeeting { starts_at: tuesday("13:00"), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(id), &later).await.unwrap();
        entry(&ana, id, CalendarEntryState::Written, 1).await;
        let moved = events(&microsoft).await;
        assert_eq!((moved.len(), &moved[0]["id"]), (1, &written[0]["id"]));
        assert!(moved[0]["start"]["dateTime"].as_str().unwrap().starts_with("2031-03-25T13:00:00"), "{moved:?}");
        let off = CancelBookedMeeting { reason: None };
        app.anonymous().cancel_booked_meeting(&secret(&booked), &off).await.unwrap();
        entry(&ana, id, CalendarEntryState::None, 2).await;
        assert_eq!((events(&microsoft).await.len(), microsoft.seen("mails").await), (0, 0));
    }
);

test_on_both!(
    /// Both ways, through the same interface as with CalDAV and Google; of every account it is said whether that can be.
    both_ways_are_kept_the_same,
    async |app| {
        app.shows(&["MEET-17"]);
        let (microsoft, Desk { admin, ana, link }, account) = connected(app).await;
        assert!(account.can_two_way);
        let after = using(&ana, &account.calendars[1], (true, true, true)).await.unwrap();
        assert!(after.calendars[1].is_two_way);
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let id = only_meeting(&ana, &link).await.id;
        entry(&ana, id, CalendarEntryState::Written, 0).await;
        refresh(&ana, account.id).await;
        let event = events(&microsoft).await[0]["id"].as_str().unwrap().to_owned();
        has_event(&microsoft, &event, ("2031-03-25T11:00:00", "2031-03-25T11:30:00"), json!({ "subject": "Moved" })).await;
        refresh(&ana, account.id).await;
        let moved = entry(&ana, id, CalendarEntryState::Written, 1).await;
        assert_eq!((moved.starts_at, moved.title.as_str()), (tuesday("11:00"), "Moved"));
        let dora = CreateContact {
            name: "Dora".to_owned(),
            email: Some("dora@example.org".to_owned()),
            ..CreateContact::default()
        };
        let dora = admin.create_contact(&dora).await.unwrap();
        let invited = |email: &str| json!({ "subject": "Demo", "attendees": [{ "emailAddress": { "address": email } }] });
        has_event(&microsoft, "demo", TWO, invited("dora@example.org")).await;
        has_event(&microsoft, "other", TWO, invited("nobody@example.net")).await;
        refresh(&ana, account.id).await;
        let all = hosted(&ana, tuesday("12:00")).await;
        assert_eq!((all.len(), all[0].contact_id, all[0].title.as_str()), (1, dora.id, "Demo"));
    }
);

test_on_both!(
    /// A sign-in that was taken back closes the link until it is made again. A server that is down ends nothing.
    a_sign_in_that_was_taken_back_closes_the_link,
    async |app| {
        app.shows(&["MEET-97", "MEET-100", "MEET-103"]);
        let (microsoft, Desk { ana, link, .. }, account) = connected(app).await;
        microsoft.tell("end_access", json!({})).await;
        assert_eq!(refresh(&ana, account.id).await.state, CalendarState::Ok);
        for (mode, state) in [("down", CalendarState::Unreachable), ("revoked", CalendarState::Refused)] {
            microsoft.set_mode(json!({ mode: true })).await;
            microsoft.tell("end_access", json!({})).await;
            assert_eq!(refresh(&ana, account.id).await.state, state, "{mode}");
            let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
            assert_eq!(shown.state, BookingLinkState::Unreachable);
            microsoft.set_mode(json!({ mode: false })).await;
            if mode == "revoked" {
                microsoft.connect(&ana, "ana").await;
            }
            assert_eq!(refresh(&ana, account.id).await.state, CalendarState::Ok, "{mode}");
            assert_eq!(on_day(app, &link, DAY).await.len(), 16);
        }
    }
);

/// Sends what Microsoft might; answers the status and the body.
async fn pushed(app: &TestApp, query: &str, body: &str) -> (u16, String) {
    let request = app.raw(reqwest::Method::POST, &format!("/v1/calendar_pushes/microsoft{query}"));
    let reply =
        request.header("content-type", "application/json").body(body.to_owned()).send().await.unwrap();
    (reply.status().as_u16(), reply.text().await.unwrap())
}

test_on_both!(
    /// What Microsoft tells of is read at once, and only with the secret. A subscription is renewed in time, and ends with its
    /// calendar.
    changes_are_told_of,
    async |app| {
        let (microsoft, Desk { ana, link, .. }, account) = connected(app).await;
        let subscribed = async || microsoft.seen("subscriptions").await;
        until("it is subscribed", async || subscribed().await == 1).await;
        app.run_jobs().await;
        has_event(&microsoft, "one", NINE, json!({})).await;
        until("it is read", async || on_day(app, &link, DAY).await.len() == 14).await;
        let told = microsoft.seen("notifications").await;
        assert!(told > 0);
        assert_eq!(pushed(app, "?validationToken=Is%20it%3F", "").await, (200, "Is it?".to_owned()));
        let asked = when_quiet(app, async || microsoft.seen("asked").await).await;
        let id = account.calendars[1].id;
        let forged = json!({ "value": [{ "clientState": format!("{id}.c2VjcmV0") }, { "clientState": null }, {}] });
        for wrong in [forged.to_string(), r#"{"value":[]}"#.to_owned(), "{".to_owned(), String::new()] {
            assert_eq!(pushed(app, "", &wrong).await.0, 401, "{wrong}");
        }
        app.run_jobs().await;
        assert_eq!(microsoft.seen("asked").await, asked);
        // A day later the next reading renews it; it would have ended in two.
        for _ in 0..2 {
            app.clock().advance(25 * 60 * 60);
            in_step(app, &microsoft).await;
            let ana = app.sign_in(&ana.profile).await;
            refresh(&ana, account.id).await;
            app.run_jobs().await;
        }
        assert_eq!(subscribed().await, 1);
        microsoft.tell("delete", json!({ "id": "one" })).await;
        until("it is told", async || microsoft.seen("notifications").await > told).await;
        let ana = app.sign_in(&ana.profile).await;
        using(&ana, &account.calendars[1], (false, false, false)).await.unwrap();
        until("it is ended", async || subscribed().await == 0).await;
    }
);
