//! Google Calendar: connected with a sign-in, read, written to once, kept the same both ways, and telling of changes.

use rapport_tests::google::{Google, OWN};
use rapport_tests::{TestApp, User, test_on_both, until};
use serde_json::json;
use types::ContactId;
use types::accounts::Mail;
use types::booking::*;
use types::crm::CreateContact;
use types::page::PageQuery;

use super::calendar_entries::{entry, hosted};
use super::calendars::{refresh, using};
use super::desk::{Desk, book, meeting, of, on_day, only_meeting, page, secret, tuesday, when_quiet};
use super::mails::outbox;
use crate::crm::desk::wrong_fields;

const CARLA: &str = "carla@example.org";
const DAY: &str = "2031-03-25";
const NINE: (&str, &str) = ("2031-03-25T09:00:00Z", "2031-03-25T10:00:00Z");
const TWO: (&str, &str) = ("2031-03-25T14:00:00Z", "2031-03-25T15:00:00Z");

/// Opens, signs Ana in at Google and connects her calendars there.
async fn connected(app: &TestApp) -> (Google, Desk, CalendarAccount) {
    let google = Google::start(app).await;
    let desk = Desk::open(app).await;
    let connection_id = google.connect(&desk.ana).await.id;
    let account = desk.ana.connect_calendars(&ConnectCalendars::Google { connection_id }).await.unwrap();
    let account = refresh(&desk.ana, account.id).await;
    (google, desk, account)
}

/// The calendar with this name.
fn calendar<'a>(account: &'a CalendarAccount, name: &str) -> &'a Calendar {
    account.calendars.iter().find(|one| one.name == name).unwrap()
}

/// Books Tuesday at nine, and waits until it is written.
async fn booked(app: &TestApp, Desk { ana, link, .. }: &Desk) -> (BookedMeeting, Meeting) {
    let booked = book(app, link, tuesday("09:00"), CARLA).await.unwrap();
    let id = only_meeting(ana, link).await.id;
    (booked, entry(ana, id, CalendarEntryState::Written, 0).await)
}

/// Waits until a page offers so many times on Tuesday.
async fn offers(app: &TestApp, link: &BookingLink, count: usize) {
    until("the calendar is read", async || on_day(app, link, DAY).await.len() == count).await;
}

test_on_both!(
    /// The account's own main calendar is the default at once; a second one of its own is added; those of others are not.
    calendars_are_connected_by_signing_in,
    async |app| {
        app.shows(&["MEET-02", "MEET-04", "MEET-08", "MEET-09", "MEET-10"]);
        let (_google, Desk { ana, .. }, account) = connected(app).await;
        assert_eq!((account.name.as_str(), account.state), (OWN, CalendarState::Ok));
        let shown = |one: &Calendar| (one.name.clone(), one.is_owned, one.is_added, one.is_default);
        let mut told: Vec<_> = account.calendars.iter().map(shown).collect();
        told.sort_unstable();
        let expected = [("Room", false, false, false), ("Side", true, false, false), ("Team", false, false, false), (OWN, true, true, true)];
        assert_eq!(told, expected.map(|(name, owned, added, default)| (name.to_owned(), owned, added, default)));
        for name in ["Room", "Team"] {
            let refused = using(&ana, calendar(&account, name), (true, false, false)).await;
            assert_eq!(wrong_fields(refused), ["is_added"], "{name}");
        }
        let after = using(&ana, calendar(&account, "Side"), (true, false, false)).await.unwrap();
        assert!(calendar(&after, "Side").is_added && calendar(&after, OWN).is_default);
        // Somebody else's sign-in connects nothing.
        let otto = app.agent("Otto").await;
        let connection_id = ana.list_connections(&PageQuery { cursor: None, limit: None }).await.unwrap().items[0].id;
        let refused = otto.connect_calendars(&ConnectCalendars::Google { connection_id }).await;
        assert_eq!(wrong_fields(refused), ["connection_id"]);
    }
);

test_on_both!(
    /// Busy events of every added calendar take time, and those marked free do not. What changed is read alone, unless Google
    /// has forgotten what was told.
    busy_events_take_time,
    async |app| {
        app.shows(&["MEET-03", "MEET-11", "SYS-11"]);
        let (google, Desk { ana, link, .. }, account) = connected(app).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 16);
        let one = google.has_event(OWN, NINE, json!({})).await;
        google.has_event(OWN, ("2031-03-25T11:00:00Z", "2031-03-25T12:00:00Z"), json!({ "transparency": "transparent" })).await;
        google.has_event("side-1", TWO, json!({})).await;
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 14);
        using(&ana, calendar(&account, "Side"), (true, false, false)).await.unwrap();
        refresh(&ana, account.id).await;
        let day = on_day(app, &link, DAY).await;
        assert_eq!(day.len(), 12, "{day:?}");
        assert!(day.contains(&"11:00".to_owned()) && !day.contains(&"14:30".to_owned()), "{day:?}");
        let full = google.seen("full").await;
        google.deletes_event(OWN, &one).await;
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 14);
        assert_eq!(google.seen("full").await, full);
        google.tell("forget_changes", json!({})).await;
        google.has_event(OWN, NINE, json!({})).await;
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 12);
        assert!(google.seen("full").await > full);
    }
);

test_on_both!(
    /// A meeting stands once in the default calendar and in no other, follows when it is moved, and goes when it is called off. The
    /// mails to its host lead to it there as long as it stands.
    meetings_are_written_once,
    async |app| {
        app.shows(&["MEET-12", "MEET-93", "MEET-94"]);
        let (google, desk, account) = connected(app).await;
        using(&desk.ana, calendar(&account, "Side"), (true, false, false)).await.unwrap();
        // Until it was read for the first time, nobody knows what stands in it.
        refresh(&desk.ana, account.id).await;
        let (booked, shown) = booked(app, &desk).await;
        let events = google.events(OWN).await;
        assert_eq!(events.len(), 1, "{events:?}");
        // An attendee would see the answers, and have it beside the invitation.
        assert!(events[0].get("attendees").is_none(), "{events:?}");
        assert!(events[0]["description"].as_str().unwrap().contains(CARLA), "{events:?}");
        assert_eq!(google.events("side-1").await.len(), 0);
        assert!(shown.calendar_entry_url.is_some());
        refresh(&desk.ana, account.id).await;
        assert_eq!(on_day(app, &desk.link, DAY).await.len(), 15);
        let later = RescheduleMeeting { starts_at: tuesday("13:00"), duration_minutes: None, reason: None };
        desk.ana.reschedule_meeting(&meeting(shown.id), &later).await.unwrap();
        entry(&desk.ana, shown.id, CalendarEntryState::Written, 1).await;
        let moved = google.events(OWN).await;
        assert_eq!((moved.len(), &moved[0]["id"]), (1, &events[0]["id"]));
        assert!(moved[0]["start"]["dateTime"].as_str().unwrap().contains("T13:00:00"), "{moved:?}");
        let off = CancelBookedMeeting { reason: None };
        app.anonymous().cancel_booked_meeting(&secret(&booked), &off).await.unwrap();
        entry(&desk.ana, shown.id, CalendarEntryState::None, 2).await;
        assert_eq!(google.events(OWN).await.len(), 0);
        refresh(&desk.ana, account.id).await;
        assert_eq!(on_day(app, &desk.link, DAY).await.len(), 16);
        let entry_path = format!("/meetings/{}/calendar-entry", shown.id);
        let contact_path = format!("/contacts/{}", shown.contact_id);
        let notices = outbox(app).await.into_iter().filter(|mail| mail.to == desk.ana.profile.email);
        let leads: Vec<_> =
            notices.map(|mail| [&contact_path, &entry_path].map(|path| mail.text.contains(path))).collect();
        assert_eq!(leads, [[true, true], [true, false]]);
    }
);

test_on_both!(
    /// Both ways: an event with a contact becomes a meeting, and a meeting follows what is done to it in the calendar.
    both_ways_are_kept_the_same,
    async |app| {
        app.shows(&["MEET-13", "MEET-14", "MEET-15"]);
        let (google, desk, account) = connected(app).await;
        let ana = &desk.ana;
        assert!(account.can_two_way);
        using(ana, calendar(&account, OWN), (true, true, true)).await.unwrap();
        let (_, shown) = booked(app, &desk).await;
        refresh(ana, account.id).await;
        let event = google.events(OWN).await.remove(0);
        let to = json!({ "start": { "dateTime": "2031-03-25T11:00:00Z" }, "end": { "dateTime": "2031-03-25T11:30:00Z" }, "location": "Room 2" });
        google.changes_event(OWN, event["id"].as_str().unwrap(), to).await;
        refresh(ana, account.id).await;
        let moved = entry(ana, shown.id, CalendarEntryState::Written, 1).await;
        assert_eq!((moved.starts_at, moved.location.as_deref()), (tuesday("11:00"), Some("Room 2")));
        let dora = CreateContact {
            name: "Dora".to_owned(),
            email: Some("dora@example.org".to_owned()),
            ..CreateContact::default()
        };
        let dora = desk.admin.create_contact(&dora).await.unwrap();
        google.has_event(OWN, TWO, json!({ "summary": "Demo", "attendees": [{ "email": "dora@example.org" }] })).await;
        google.has_event(OWN, TWO, json!({ "attendees": [{ "email": "nobody@example.net" }] })).await;
        for _ in 0..2 {
            refresh(ana, account.id).await;
        }
        let all = hosted(ana, tuesday("00:00")).await;
        assert_eq!(all.len(), 2, "{all:?}");
        let made = &all[1];
        assert_eq!((made.contact_id, made.title.as_str(), made.guests.len()), (dora.id, "Demo", 0));
        assert_eq!((made.starts_at, made.state), (tuesday("14:00"), MeetingState::Booked));
        // It is changed where it is, and called off there.
        let later = RescheduleMeeting { starts_at: tuesday("15:00"), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(made.id), &later).await.unwrap();
        entry(ana, made.id, CalendarEntryState::Written, 1).await;
        let demo = async || {
            let all = google.events(OWN).await;
            all.into_iter().find(|event| event["summary"] == "Demo")
        };
        let there = demo().await.unwrap();
        assert!(there["start"]["dateTime"].as_str().unwrap().contains("T15:00:00"), "{there}");
        assert!(there["attendees"].to_string().contains("dora@example.org"), "{there}");
        // A meeting that is scheduled from a record now is written there, and its contact is reminded.
        let scheduled = ana.create_meeting(&follow_up(dora.id)).await.unwrap();
        entry(ana, scheduled.id, CalendarEntryState::Written, 0).await;
        assert_eq!(google.events(OWN).await.len(), 4);
        ana.cancel_meeting(&meeting(made.id), &CancelMeeting { reason: None }).await.unwrap();
        until("the event is gone", async || demo().await.is_none()).await;
        app.clock().set(tuesday("15:05"));
        reminded(app, "dora@example.org").await;
    }
);

/// Half an hour on Tuesday at four, of which the contact is reminded an hour before.
fn follow_up(contact_id: ContactId) -> CreateMeeting {
    CreateMeeting {
        contact_id,
        starts_at: tuesday("16:00"),
        duration_minutes: 30,
        time_zone: "Europe/Paris".to_owned(),
        title: "Follow-up".to_owned(),
        description: None,
        location: None,
        meeting_type_id: None,
        guests: Vec::new(),
        reminder_minutes_before: vec![60],
        language: BookingLanguage::English,
    }
}

/// Waits until somebody was reminded.
async fn reminded(app: &TestApp, address: &str) {
    until("the reminder is sent", async || {
        outbox(app).await.iter().any(|mail| mail.purpose == "meeting_reminder" && mail.to == address)
    })
    .await;
}

test_on_both!(
    /// Another description reaches the contact only where both ways are kept the same; elsewhere the event is to be edited.
    another_description_reaches_the_contact_both_ways_alone,
    async |app| {
        app.shows(&["MEET-96"]);
        let (google, desk, account) = connected(app).await;
        let ana = &desk.ana;
        let (carlas, shown) = booked(app, &desk).await;
        assert!(!shown.description_reaches_contact);
        let about = |text: &str| UpdateMeeting {
            title: shown.title.clone(),
            description: Some(text.to_owned()),
            location: shown.location.clone(),
            meeting_type_id: None,
        };
        let before = invitations(app).await.len();
        let kept = ana.update_meeting(&meeting(shown.id), &about("Bring the first plan")).await.unwrap();
        assert_eq!((kept.description.as_deref(), kept.sequence), (Some("Bring the first plan"), 0));
        app.run_jobs().await;
        assert_eq!(invitations(app).await.len(), before);
        assert!(!google.events(OWN).await[0].to_string().contains("first plan"));
        // Not with what does reach them either.
        let elsewhere = UpdateMeeting { location: Some("Upstairs".to_owned()), ..about("Bring the first plan") };
        let moved = ana.update_meeting(&meeting(shown.id), &elsewhere).await.unwrap();
        assert_eq!((moved.description.as_deref(), moved.sequence), (Some("Bring the first plan"), 1));
        entry(ana, shown.id, CalendarEntryState::Written, 1).await;
        let event = google.events(OWN).await.remove(0);
        assert_eq!(event["location"], "Upstairs");
        assert!(!event.to_string().contains("first plan"));
        let told = invitations(app).await;
        assert_eq!(told.len(), before + 1);
        assert!(!told.iter().any(|mail| format!("{mail:?}").contains("first plan")));
        let seen = app.anonymous().get_booked_meeting(&secret(&carlas)).await.unwrap();
        assert_eq!((seen.location.as_deref(), seen.description), (Some("Upstairs"), carlas.description.clone()));
        let ana = &again(app, ana).await;
        using(ana, calendar(&account, OWN), (true, true, true)).await.unwrap();
        let shown = ana.get_meeting(&meeting(shown.id)).await.unwrap();
        assert!(shown.description_reaches_contact);
        ana.update_meeting(&meeting(shown.id), &about("Bring the second plan")).await.unwrap();
        entry(ana, shown.id, CalendarEntryState::Written, 2).await;
        assert!(google.events(OWN).await[0]["description"].as_str().unwrap().contains("second plan"));
        let told = invitations(app).await;
        assert_eq!(told.len(), before + 2);
    }
);

/// What was written to Carla about the meeting.
async fn invitations(app: &TestApp) -> Vec<Mail> {
    let mails = outbox(app).await.into_iter();
    mails.filter(|mail| mail.purpose == "meeting_invitation" && mail.to == CARLA).collect()
}

test_on_both!(
    /// PITFALL 71: a token that ended is renewed. A sign-in that was taken back closes the link until it is made again, and what
    /// was booked meanwhile is written then, once.
    a_sign_in_that_was_taken_back_closes_the_link,
    async |app| {
        app.shows(&["MEET-97", "MEET-98", "MEET-101", "MEET-103"]);
        let (google, desk, account) = connected(app).await;
        let Desk { ana, link, .. } = &desk;
        watched(&google, 1, 0).await;
        google.tell("end_access", json!({})).await;
        assert_eq!(refresh(ana, account.id).await.state, CalendarState::Ok);
        assert!(google.seen("renewals").await > 0);
        let (_, shown) = booked(app, &desk).await;
        google.tell("mode", json!({ "revoked": true })).await;
        google.tell("end_access", json!({})).await;
        let failing = refresh(ana, account.id).await;
        assert_eq!((failing.state, calendar(&failing, OWN).state), (CalendarState::Refused, CalendarState::Refused));
        assert_eq!(ana.get_booking_link(&of(link.id)).await.unwrap().state, BookingLinkState::Unreachable);
        let seen = app.anonymous().get_booking_page(&page(link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(seen.state, BookingPageState::Request);
        let later = RescheduleMeeting { starts_at: tuesday("13:00"), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(shown.id), &later).await.unwrap();
        entry(ana, shown.id, CalendarEntryState::Failed, 1).await;
        google.tell("mode", json!({ "revoked": false })).await;
        google.connect(ana).await;
        let again = refresh(ana, account.id).await;
        assert_eq!((again.state, again.error), (CalendarState::Ok, None));
        entry(ana, shown.id, CalendarEntryState::Written, 1).await;
        let events = google.events(OWN).await;
        assert_eq!(events.len(), 1);
        assert!(events[0]["start"]["dateTime"].as_str().unwrap().contains("T13:00:00"), "{events:?}");
        let seen = app.anonymous().get_booking_page(&page(link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(seen.state, BookingPageState::Open);
    }
);

test_on_both!(
    /// A calendar that is read again before its channel has begun gets no second one.
    one_channel_is_begun,
    async |app| {
        let google = Google::start(app).await;
        let Desk { ana, .. } = Desk::open(app).await;
        google.tell("mode", json!({ "slow": 1500 })).await;
        let connection_id = google.connect(&ana).await.id;
        let account = ana.connect_calendars(&ConnectCalendars::Google { connection_id }).await.unwrap();
        for _ in 0..3 {
            refresh(&ana, account.id).await;
        }
        watched(&google, 1, 0).await;
        assert_eq!(when_quiet(app, async || google.seen("watched").await).await, 1);
    }
);

/// Waits until Google watches so many calendars, and has ended so many channels.
async fn watched(google: &Google, channels: i64, stopped: i64) {
    until("the channels are as they should be", async || {
        let seen = google.tell("seen", json!({})).await;
        (seen["channels"].as_i64(), seen["stopped"].as_i64()) == (Some(channels), Some(stopped))
    })
    .await;
}

/// Tells as Google would that a calendar changed, with this secret.
async fn pushed(app: &TestApp, secret: &str) -> u16 {
    let request = app.raw(reqwest::Method::POST, "/v1/calendar_pushes/google");
    request.header("x-goog-channel-token", secret).send().await.unwrap().status().as_u16()
}

test_on_both!(
    /// What Google tells of is read at once, and only with the secret. A channel is renewed in time, and ends with its calendar.
    changes_are_told_of,
    async |app| {
        let google = Google::start(app).await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        let ahead = app.clock().now().0 / types::Timestamp::SECOND - google.seen("now").await;
        google.tell("mode", json!({ "ahead": ahead })).await;
        let connection_id = google.connect(&ana).await.id;
        let account = ana.connect_calendars(&ConnectCalendars::Google { connection_id }).await.unwrap();
        watched(&google, 1, 0).await;
        assert_eq!(on_day(app, &link, DAY).await.len(), 16);
        google.has_event(OWN, NINE, json!({})).await;
        offers(app, &link, 14).await;
        assert!(google.seen("told").await > 0);
        let pages = when_quiet(app, async || google.seen("pages").await).await;
        let own = calendar(&account, OWN);
        for wrong in [String::new(), "secret".to_owned(), own.id.to_string(), format!("{}.c2VjcmV0", own.id)] {
            assert_eq!(pushed(app, &wrong).await, 401, "{wrong}");
        }
        app.run_jobs().await;
        assert_eq!(google.seen("pages").await, pages);
        // A day later the next reading renews it.
        for _ in 0..5 {
            app.clock().advance(5 * 60 * 60);
        }
        let ana = again(app, &ana).await;
        refresh(&ana, account.id).await;
        watched(&google, 1, 1).await;
        using(&ana, calendar(&account, "Side"), (true, true, false)).await.unwrap();
        watched(&google, 2, 1).await;
        using(&ana, own, (false, false, false)).await.unwrap();
        watched(&google, 1, 2).await;
        ana.delete_calendar_account(&CalendarAccountPath { calendar_account_id: account.id }).await.unwrap();
        watched(&google, 0, 3).await;
    }
);

/// The same user in a session of now.
async fn again(app: &TestApp, user: &User) -> User {
    app.sign_in(&user.profile).await
}
