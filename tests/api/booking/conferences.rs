//! Video conferences of meetings: at Zoom, beside the fake of it, and of the host's calendar, beside the fake of Microsoft.

use booking::conferences::WriteConference;
use futures_util::future::join_all;
use platform::Job;
use rapport_tests::microsoft::FakeMicrosoft;
use rapport_tests::zoom::FakeZoom;
use rapport_tests::{MailServer, Radicale, TestApp, test_on_both, until};
use serde_json::{Value, json};
use types::accounts::{ConnectionPath, ConnectionScope, Mail};
use types::booking::*;
use types::crm::{ContactPath, EraseContact};

use super::calendars::{connect, refresh};
use super::desk::{
    Desk, at, book, booking, change, meeting, only_meeting, page, secret, settings, shared_link, tuesday,
};
use super::mails::{outbox, to};
use super::readers;
use crate::crm::desk::wrong_fields;

const CARLA: &str = "carla@example.org";

/// A desk beside a fake of Zoom, where Ana and Bob have an account; nobody has signed in there.
async fn unconnected(app: &TestApp) -> (FakeZoom, Desk) {
    let zoom = FakeZoom::start().await;
    app.restart(|config| zoom.configure(config)).await;
    zoom.has_user("host", "Ana (Sales)", "ana@example.org").await;
    zoom.has_user("other", "Bob (Sales)", "bob@example.org").await;
    (zoom, Desk::open(app).await)
}

/// A desk whose Ana is signed in at Zoom, with a link whose meetings are there alone.
async fn connected(app: &TestApp) -> (FakeZoom, Desk) {
    let (zoom, mut desk) = unconnected(app).await;
    at_zoom(&zoom, &mut desk).await;
    (zoom, desk)
}

async fn at_zoom(zoom: &FakeZoom, desk: &mut Desk) {
    zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
    desk.link = change(&desk.ana, &desk.link, |settings| {
        settings.location = None;
        settings.conference = Some(ConferenceKind::Zoom);
    })
    .await
    .unwrap();
}

/// The meetings at Zoom, once there are so many.
async fn planned(zoom: &FakeZoom, count: usize) -> Vec<Value> {
    until("Zoom has the meetings", async || zoom.planned().await.len() == count).await;
    zoom.planned().await
}

/// The mails to somebody whose subject begins like this, once there are so many.
async fn told(app: &TestApp, to: &str, subject: &str, count: usize) -> Vec<Mail> {
    let all = async || {
        let mails = outbox(app).await.into_iter();
        mails.filter(|mail| mail.to == to && mail.subject.starts_with(subject)).collect::<Vec<_>>()
    };
    until("the mails are written", async || all().await.len() == count).await;
    all().await
}

/// Lets some seconds pass, after which what failed is tried again.
async fn later(app: &TestApp, seconds: i64) {
    app.clock().advance(seconds);
    app.run_jobs().await;
}

test_on_both!(
    /// A meeting is made at Zoom, and its address is in the one invitation, in the file in it and on the page of the meeting.
    the_invitation_brings_the_address,
    async |app| {
        app.shows(&["MEET-45", "SYS-04"]);
        let zoom = FakeZoom::start().await;
        let mut server = MailServer::new(&app.files());
        server.start().await;
        app.restart(|config| {
            zoom.configure(config);
            server.configure(config);
        })
        .await;
        zoom.has_user("host", "Ana (Sales)", "ana@example.org").await;
        let mut desk = Desk::open(app).await;
        at_zoom(&zoom, &mut desk).await;
        let booked = book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
        let there = planned(&zoom, 1).await.remove(0);
        let url = there["join_url"].as_str().unwrap();
        let shown = only_meeting(&desk.ana, &desk.link).await;
        assert_eq!((there["topic"].as_str(), there["duration"].as_i64()), (Some("Carla Customer and Ana"), Some(30)));
        assert_eq!(there["start_time"], json!("2031-03-25T09:00:00Z"));
        let mark = there["agenda"].as_str().unwrap().lines().next().unwrap();
        assert!(mark.ends_with(&format!("/meetings/{}", shown.id)), "{mark}");

        // Two mails in all: to Carla and to Ana.
        let mail = to(&server, 2, CARLA).await.remove(0);
        assert!(mail.text.contains(&format!("Video conference: {url}")), "{}", mail.text);
        let invitation = mail.calendar.unwrap();
        let read = readers::read(&invitation.text);
        assert_eq!((&read["location"], &read["conferences"]), (&json!(url), &json!([url])));
        assert_eq!(invitation.method, "REQUEST");
        let page = app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap();
        assert_eq!(page.conference_url.as_deref(), Some(url));
        let meeting = only_meeting(&desk.ana, &desk.link).await;
        assert_eq!((meeting.conference_url.as_deref(), meeting.conference_error), (Some(url), None));
        // Each meeting has one of its own.
        book(app, &desk.link, tuesday("10:00"), "dan@example.org").await.unwrap();
        let all = planned(&zoom, 2).await;
        assert_ne!(all[0]["join_url"], all[1]["join_url"]);
    }
);

test_on_both!(
    /// What Zoom has is moved with the meeting, under the same address, which the reminder brings; called off, it is deleted.
    what_zoom_has_follows_the_meeting,
    async |app| {
        let (zoom, mut desk) = connected(app).await;
        let minutes_before = vec![60];
        let reminders = Reminders { is_enabled: true, includes_description: false, minutes_before };
        desk.link = change(&desk.ana, &desk.link, |settings| settings.reminders = reminders).await.unwrap();
        let booked = book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
        told(app, CARLA, "Carla Customer and Ana", 1).await;
        let url = planned(&zoom, 1).await[0]["join_url"].clone();
        let request = RescheduleBookedMeeting {
            starts_at: tuesday("14:00"),
            time_zone: "Europe/Paris".to_owned(),
            reason: None,
        };
        app.anonymous().reschedule_booked_meeting(&secret(&booked), &request).await.unwrap();
        until("Zoom follows", async || zoom.planned().await[0]["start_time"] == "2031-03-25T14:00:00Z").await;
        assert_eq!(planned(&zoom, 1).await[0]["join_url"], url);
        let moved = told(app, CARLA, "Moved", 1).await.remove(0);
        assert!(moved.text.contains(url.as_str().unwrap()), "{}", moved.text);
        app.clock().set(at("2031-03-25T13:01:00Z"));
        app.run_jobs().await;
        let reminder = told(app, CARLA, "Reminder", 1).await.remove(0);
        assert!(reminder.text.contains(url.as_str().unwrap()), "{}", reminder.text);
        let cancel = CancelBookedMeeting { reason: None };
        app.anonymous().cancel_booked_meeting(&secret(&booked), &cancel).await.unwrap();
        planned(&zoom, 0).await;
        assert_eq!(told(app, CARLA, "The link for", 0).await.len(), 0);
    }
);

test_on_both!(
    /// The entry in the host's calendar says where the meeting is joined.
    the_entry_has_the_address,
    async |app| {
        let (zoom, radicale) = (FakeZoom::start().await, Radicale::start(&["work"]).await);
        let address = radicale.address().parse().unwrap();
        app.restart(|config| {
            zoom.configure(config);
            config.outgoing.allowed_private = vec![address];
        })
        .await;
        zoom.has_user("host", "Ana (Sales)", "ana@example.org").await;
        let mut desk = Desk::open(app).await;
        connect(&desk.ana, &radicale).await;
        at_zoom(&zoom, &mut desk).await;
        book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
        let url = planned(&zoom, 1).await[0]["join_url"].as_str().unwrap().to_owned();
        let id = only_meeting(&desk.ana, &desk.link).await.id;
        let entry = async || radicale.event("work", &format!("meeting-{id}@127.0.0.1")).await.unwrap_or_default();
        until("the entry has it", async || entry().await.contains(&format!("LOCATION:{url}"))).await;
        let text = entry().await;
        assert!(text.contains("CONFERENCE;") && text.matches(&url).count() == 2, "{text}");
        assert_eq!(radicale.count("work").await, 1);
    }
);

test_on_both!(
    /// While Zoom cannot be reached the booking stands and the invitation says that the address follows, which it does.
    the_address_follows_when_zoom_is_back,
    async |app| {
        app.shows(&["MEET-45", "SYS-04"]);
        let (zoom, desk) = connected(app).await;
        zoom.set_mode(json!({ "down": true })).await;
        let booked = book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
        assert_eq!(booked.state, MeetingState::Booked);
        let mail = told(app, CARLA, "Carla Customer and Ana", 1).await.remove(0);
        assert!(mail.text.contains("The link follows in a mail of its own."), "{}", mail.text);
        let waiting = only_meeting(&desk.ana, &desk.link).await;
        assert!(waiting.conference_error.is_some() && waiting.conference_url.is_none(), "{waiting:?}");
        zoom.set_mode(json!({ "down": false })).await;
        later(app, 10).await;
        let url = planned(&zoom, 1).await[0]["join_url"].as_str().unwrap().to_owned();
        let mail = told(app, CARLA, "The link for Carla Customer and Ana", 1).await.remove(0);
        assert!(mail.text.contains(&url) && mail.html.unwrap().contains(&url), "{}", mail.text);
        let linked = only_meeting(&desk.ana, &desk.link).await;
        assert_eq!((linked.conference_url, linked.conference_error, linked.sequence), (Some(url), None, 1));
        later(app, 10_000).await;
        planned(&zoom, 1).await;
        told(app, CARLA, "Carla Customer and Ana", 1).await;
    }
);

test_on_both!(
    /// One meeting is made, though the answer is lost, the server is started again, and several jobs want it at once; one
    /// whose answer was lost is deleted too.
    a_meeting_is_made_once,
    async |app| {
        let (zoom, desk) = connected(app).await;
        zoom.set_mode(json!({ "loses_answers": true })).await;
        let booked = book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
        planned(&zoom, 1).await;
        told(app, CARLA, "Carla Customer and Ana", 1).await;
        app.restart(|config| zoom.configure(config)).await;
        zoom.set_mode(json!({ "loses_answers": false })).await;
        let id = only_meeting(&desk.ana, &desk.link).await.id;
        let ran = join_all((0..8).map(|_| WriteConference { meeting_id: id }.run(app.ctx()))).await;
        assert!(ran.iter().any(Result::is_ok), "{ran:?}");
        later(app, 10).await;
        let url = planned(&zoom, 1).await[0]["join_url"].as_str().unwrap().to_owned();
        let linked = only_meeting(&desk.ana, &desk.link).await;
        assert_eq!(linked.conference_url, Some(url));
        told(app, CARLA, "The link for", 1).await;

        zoom.set_mode(json!({ "loses_answers": true })).await;
        let second = book(app, &desk.link, tuesday("10:00"), "dan@example.org").await.unwrap();
        planned(&zoom, 2).await;
        told(app, "dan@example.org", "Carla Customer and Ana", 1).await;
        zoom.set_mode(json!({ "loses_answers": false })).await;
        for booked in [booked, second] {
            let cancel = CancelBookedMeeting { reason: None };
            app.anonymous().cancel_booked_meeting(&secret(&booked), &cancel).await.unwrap();
        }
        later(app, 10).await;
        planned(&zoom, 0).await;
    }
);

test_on_both!(
    /// MEET-46: what a host can have is told, and nothing else is taken. In round robin everybody needs it, and whoever is
    /// booked has the meeting at their own account.
    a_conference_needs_its_host,
    async |app| {
        app.shows(&["MEET-46", "MEET-44"]);
        let (zoom, Desk { ana, link, .. }) = unconnected(app).await;
        let bob = app.agent("Bob").await;
        assert_eq!(ana.list_conference_hosts().await.unwrap().items, []);
        for kind in [ConferenceKind::Zoom, ConferenceKind::Calendar] {
            let refused = change(&ana, &link, |settings| settings.conference = Some(kind)).await;
            assert_eq!(wrong_fields(refused), ["settings.conference"]);
        }
        let own = zoom.connect(&ana, ConnectionScope::User, "host").await;
        let host = |user_id| ConferenceHost { user_id, kinds: vec![ConferenceKind::Zoom], calendar_provider: None };
        assert_eq!(bob.list_conference_hosts().await.unwrap().items, [host(ana.id())]);
        let with_zoom = BookingLinkSettings { conference: Some(ConferenceKind::Zoom), ..settings() };
        let both = [(&ana, 1), (&bob, 1)].map(|(user, weight)| BookingLinkHost { user_id: user.id(), weight });
        let request = CreateBookingLink {
            kind: BookingLinkKind::RoundRobin,
            slug: None,
            hosts: both.to_vec(),
            settings: with_zoom.clone(),
        };
        assert_eq!(wrong_fields(ana.create_booking_link(&request).await), ["settings.conference"]);
        zoom.connect(&bob, ConnectionScope::User, "other").await;
        let shared = shared_link(&ana, BookingLinkKind::RoundRobin, &[(&ana, 1), (&bob, 1)], with_zoom).await;
        for email in [CARLA, "dan@example.org"] {
            book(app, &shared, tuesday("09:00"), email).await.unwrap();
        }
        let hosts: std::collections::BTreeSet<_> =
            planned(&zoom, 2).await.iter().map(|one| one["host_email"].to_string()).collect();
        assert_eq!(hosts, ["\"ana@example.org\"".to_owned(), "\"bob@example.org\"".to_owned()].into());
        // A fixed place stays beside the conference. Who disconnects keeps the link as it is, and chooses Zoom no more.
        let mail = told(app, CARLA, "Carla Customer and", 1).await.remove(0);
        assert!(mail.text.contains("Where: Our office") && mail.text.contains("zoom.us/j/"), "{}", mail.text);
        ana.delete_connection(&ConnectionPath { connection_id: own.id }).await.unwrap();
        let renamed = change(&ana, &shared, |settings| settings.title = "Another".to_owned()).await.unwrap();
        assert_eq!(renamed.settings.conference, Some(ConferenceKind::Zoom));
        let refused = change(&ana, &link, |settings| settings.conference = Some(ConferenceKind::Zoom)).await;
        assert_eq!(wrong_fields(refused), ["settings.conference"]);
    }
);

test_on_both!(
    /// A meeting that waits for its host is at Zoom once they agree. That of an erased contact is deleted there.
    only_what_stands_is_at_zoom,
    async |app| {
        let (zoom, mut desk) = connected(app).await;
        desk.link = change(&desk.ana, &desk.link, |settings| settings.requires_confirmation = true).await.unwrap();
        let request = booking(tuesday("09:00"), CARLA);
        app.anonymous().book_meeting(&page(&desk.link), &request).await.unwrap();
        told(app, CARLA, "Received", 1).await;
        app.run_jobs().await;
        assert_eq!(zoom.planned().await.len(), 0);
        let id = only_meeting(&desk.ana, &desk.link).await.id;
        desk.ana.confirm_meeting(&meeting(id)).await.unwrap();
        planned(&zoom, 1).await;
        let mail = told(app, CARLA, "Carla Customer and Ana", 1).await.remove(0);
        assert!(mail.text.contains("https://example.zoom.us/j/"), "{}", mail.text);
        let contact_id = only_meeting(&desk.ana, &desk.link).await.contact_id;
        let erase = EraseContact { confirm_name: "Carla Customer".to_owned() };
        desk.admin.erase_contact(&ContactPath { contact_id }, &erase).await.unwrap();
        planned(&zoom, 0).await;
    }
);

test_on_both!(
    /// The host's calendar makes the conference where it can: Teams, at Microsoft. The one invitation brings the address.
    the_calendar_makes_the_conference,
    async |app| {
        app.shows(&["MEET-46"]);
        let microsoft = FakeMicrosoft::start().await;
        app.restart(|config| microsoft.configure(config)).await;
        microsoft.has_user("ana", "Ana", "ana@example.org").await;
        let Desk { ana, link, .. } = Desk::open(app).await;
        let connection_id = microsoft.connect(&ana, "ana").await.id;
        let account = ana.connect_calendars(&ConnectCalendars::Microsoft { connection_id }).await.unwrap();
        refresh(&ana, account.id).await;
        let hosts = ana.list_conference_hosts().await.unwrap().items;
        assert_eq!((hosts.len(), hosts[0].calendar_provider), (1, Some(CalendarProvider::Microsoft)), "{hosts:?}");
        let link = change(&ana, &link, |settings| settings.conference = Some(ConferenceKind::Calendar)).await.unwrap();
        book(app, &link, tuesday("09:00"), CARLA).await.unwrap();
        let mail = told(app, CARLA, "Carla Customer and Ana", 1).await.remove(0);
        let url = only_meeting(&ana, &link).await.conference_url.unwrap();
        assert!(url.starts_with("https://teams.") && mail.text.contains(&url), "{url}: {}", mail.text);
        // It is written once more, with the address for its place, and the conference outlives that.
        let state = async || only_meeting(&ana, &link).await.calendar_entry;
        until("the entry is written", async || state().await == CalendarEntryState::Written).await;
        assert_eq!(outbox(app).await.iter().filter(|mail| mail.to == CARLA).count(), 1);
        assert_eq!(only_meeting(&ana, &link).await.conference_url, Some(url));
    }
);
