//! What people are told by mail about meetings, through a real mail server; and what webhooks are told.

use db::schema::calendars;
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::{MailServer, Radicale, Received, TestApp, User, test_on_both, until};
use reqwest::Method;
use serde_json::{Value, json};
use types::accounts::{ListMails, Mail};
use types::booking::*;
use types::crm::CreateContact;
use types::{ErrorCode, UserId};

use super::desk::{self, Desk, at, book, booking, code_of, page, secret, settings, tuesday};
use super::readers;
use crate::accounts::webhook_receiver::{Receiver, allow};

/// A desk whose mails a real server takes. Ana is in Paris.
pub async fn open(app: &TestApp, settings: BookingLinkSettings) -> (MailServer, Desk) {
    open_beside(app, settings, &[]).await
}

/// The same, with servers of calendars that may be asked.
pub async fn open_beside(
    app: &TestApp,
    settings: BookingLinkSettings,
    calendars: &[&Radicale],
) -> (MailServer, Desk) {
    let mut server = MailServer::new(&app.files());
    server.start().await;
    app.restart(|config| {
        server.configure(config);
        let addresses = calendars.iter().map(|one| one.address().parse().unwrap());
        config.outgoing.allowed_private = addresses.collect();
    })
    .await;
    let desk = Desk::with(app, settings).await;
    in_paris(&desk.ana).await;
    (server, desk)
}

async fn in_paris(user: &User) {
    let profile = user.get_booking_profile().await.unwrap();
    let request = UpdateBookingProfile {
        user_slug: profile.user_slug,
        default_link_id: profile.default_link_id,
        time_zone: "Europe/Paris".to_owned(),
    };
    user.update_booking_profile(&request).await.unwrap();
}

/// The mails that arrived, once there are so many, to whoever has this address.
pub async fn to(server: &MailServer, count: usize, email: &str) -> Vec<Received> {
    until("the mails arrive", async || server.received().len() >= count).await;
    let all = server.received();
    assert_eq!(all.len(), count, "{all:?}");
    all.into_iter().filter(|mail| mail.to == email).collect()
}

/// The outbox, the oldest first.
pub async fn outbox(app: &TestApp) -> Vec<Mail> {
    let admin = app.sign_in(&app.super_admin().profile).await;
    let query = ListMails { limit: Some(200), ..ListMails::default() };
    let mut all = admin.list_mails(&query).await.unwrap().items;
    all.reverse();
    all
}

/// The purposes and recipients of the outbox, the oldest first.
async fn written(app: &TestApp) -> Vec<(String, String)> {
    outbox(app).await.into_iter().map(|mail| (mail.purpose, mail.to)).collect()
}

/// The contact's invitation is whole: times in both zones in words, all details, and a calendar that others read.
fn is_whole(mail: &Received, ana: &User, token: &str) {
    assert_eq!(mail.subject, "Carla Customer and Ana, Tuesday 25 March 2031, 09:00", "{mail:?}");
    assert_eq!(mail.sender, "Ana <rapport@example.org>");
    assert_eq!(mail.reply_to.as_deref(), Some(ana.profile.email.as_str()));
    for part in [
        "When: Tuesday 25 March 2031, 09:00–09:30, Los Angeles time (UTC−7)",
        "For your host: Tuesday 25 March 2031, 17:00–17:30, Paris time (UTC+1)",
        "Where: Our office",
        "Bring your plans.",
        &format!("/meet/booked/{token}"),
        &format!("/v1/booked_meetings/{token}/calendar.ics"),
    ] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    let invitation = mail.calendar.as_ref().unwrap();
    let read = readers::read(&invitation.text);
    assert_eq!((invitation.method.as_str(), &read["method"]), ("REQUEST", &json!("REQUEST")));
    assert_eq!(
        (&read["starts_at"], &read["time_zone"]),
        (&json!("2031-03-25T16:00:00Z"), &json!("America/Los_Angeles"))
    );
    assert_eq!((&read["sequence"], &read["status"]), (&json!(0), &json!("CONFIRMED")));
    assert_eq!(read["organizer"], json!(format!("mailto:{}", ana.profile.email)));
    assert_eq!(read["attendees"].as_array().unwrap().len(), 3, "{read}");
    assert!(read["url"].as_str().unwrap().ends_with(token), "{read}");
    assert_eq!(mail.files, ["invite.ics"]);
}

test_on_both!(
    /// MEET-92, MEET-95: whoever books is sent the invitation with all details, in their zone and the host's; guests are
    /// invited too, without the secret; the host hears of it with links. A move raises the SEQUENCE, calling it off cancels.
    a_meeting_is_told_to_both_sides,
    async |app| {
        app.shows(&["MEET-92", "MEET-95"]);
        let description = Some("Bring your plans.".to_owned());
        let chosen =
            BookingLinkSettings { allows_guests: true, invitation_description: description, ..settings() };
        let (server, desk) = open(app, chosen).await;
        let guests = vec![Guest { email: "gus@example.com".to_owned() }];
        let time_zone = "America/Los_Angeles".to_owned();
        let request = BookMeeting { guests, time_zone, ..booking(tuesday("16:00"), "carla@example.com") };
        let booked = app.anonymous().book_meeting(&page(&desk.link), &request).await.unwrap();
        let meeting = desk::only_meeting(&desk.ana, &desk.link).await;
        is_whole(&to(&server, 3, "carla@example.com").await[0], &desk.ana, &booked.token);
        let guest = to(&server, 3, "gus@example.com").await.remove(0);
        assert!(!guest.text.contains(&booked.token) && !guest.calendar.unwrap().text.contains(&booked.token));
        let host = to(&server, 3, &desk.ana.profile.email).await.remove(0);
        assert_eq!(host.subject, "Carla Customer meets you: Tuesday 25 March 2031, 17:00");
        for link in [format!("/contacts/{}", meeting.contact_id), format!("/meetings/{}", meeting.id)] {
            assert!(host.text.contains(&link), "{}", host.text);
        }
        assert!(!host.text.contains("calendar-entry"), "it stands in no calendar: {}", host.text);
        assert_eq!(host.reply_to.as_deref(), Some("carla@example.com"));

        let time_zone = "America/Los_Angeles".to_owned();
        let reason = Some("A train is late.".to_owned());
        let moved = RescheduleBookedMeeting { starts_at: tuesday("16:30"), time_zone, reason };
        app.anonymous().reschedule_booked_meeting(&secret(&booked), &moved).await.unwrap();
        let mail = to(&server, 6, "carla@example.com").await.remove(1);
        assert!(mail.text.contains("Before: Tuesday 25 March 2031, 09:00"), "{}", mail.text);
        assert!(mail.text.contains("A train is late."), "{}", mail.text);
        let read = readers::read(&mail.calendar.unwrap().text);
        assert_eq!((&read["sequence"], &read["starts_at"]), (&json!(1), &json!("2031-03-25T16:30:00Z")));

        // The host who calls it off is not told of it.
        let cancel = CancelMeeting { reason: Some("Ana is ill.".to_owned()) };
        desk.ana.cancel_meeting(&desk::meeting(meeting.id), &cancel).await.unwrap();
        let mail = to(&server, 8, "carla@example.com").await.remove(2);
        let invitation = mail.calendar.unwrap();
        let after = readers::read(&invitation.text);
        assert!(mail.text.contains("Ana is ill."), "{}", mail.text);
        assert_eq!((invitation.method.as_str(), &after["status"]), ("CANCEL", &json!("CANCELLED")));
        assert_eq!((&after["sequence"], &after["uid"]), (&json!(2), &read["uid"]));
    }
);

test_on_both!(
    /// MEET-95: guests are invited, and hear of it when the meeting is moved and called off: each time with what their calendar
    /// needs, and without what would let them change it.
    guests_hear_of_every_change,
    async |app| {
        let (server, desk) = open(app, BookingLinkSettings { allows_guests: true, ..settings() }).await;
        let guests = ["gus@example.com", "gil@example.com"].map(|email| Guest { email: email.to_owned() });
        let request = BookMeeting { guests: guests.to_vec(), ..booking(tuesday("09:00"), "carla@example.com") };
        let booked = app.anonymous().book_meeting(&page(&desk.link), &request).await.unwrap();
        to(&server, 4, "gus@example.com").await;
        let time_zone = "Europe/Paris".to_owned();
        let moved = RescheduleBookedMeeting { starts_at: tuesday("10:00"), time_zone, reason: None };
        app.anonymous().reschedule_booked_meeting(&secret(&booked), &moved).await.unwrap();
        to(&server, 8, "gus@example.com").await;
        let cancel = CancelBookedMeeting { reason: Some("A train is late.".to_owned()) };
        app.anonymous().cancel_booked_meeting(&secret(&booked), &cancel).await.unwrap();
        for guest in guests {
            let mails = to(&server, 12, &guest.email).await;
            let told: Vec<_> = mails
                .iter()
                .map(|mail| {
                    let invitation = mail.calendar.as_ref().unwrap();
                    assert!(!mail.text.contains(&booked.token) && !invitation.text.contains(&booked.token));
                    let read = readers::read(&invitation.text);
                    assert!(read["attendees"].to_string().contains(&guest.email), "{read}");
                    (invitation.method.clone(), read["sequence"].as_i64().unwrap())
                })
                .collect();
            let expected = [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)];
            assert_eq!(told, expected.map(|(method, sequence)| (method.to_owned(), sequence)));
            assert!(mails[2].text.contains("A train is late."), "{}", mails[2].text);
        }
    }
);

test_on_both!(
    /// A meeting that a host must agree to is no invitation before they have; one that they decline is none ever.
    a_request_becomes_an_invitation_once_it_is_agreed_to,
    async |app| {
        let chosen = BookingLinkSettings {
            requires_confirmation: true,
            language: BookingLanguage::French,
            country: "FR".to_owned(),
            ..settings()
        };
        let (server, desk) = open(app, chosen).await;
        book(app, &desk.link, tuesday("09:00"), "carla@example.com").await.unwrap();
        let asked = to(&server, 2, "carla@example.com").await.remove(0);
        assert!(asked.subject.starts_with("Demande reçue"), "{asked:?}");
        assert!(asked.text.contains("mardi 25 mars 2031"), "{}", asked.text);
        assert!(asked.calendar.is_none());
        let host = to(&server, 2, &desk.ana.profile.email).await.remove(0);
        assert!(host.subject.starts_with("Carla Customer asks to meet you"), "{host:?}");
        let meeting = desk::only_meeting(&desk.ana, &desk.link).await;
        desk.ana.confirm_meeting(&desk::meeting(meeting.id)).await.unwrap();
        // Two mails to one address may overtake each other on the way to the server.
        let invited = to(&server, 3, "carla@example.com").await.into_iter().find_map(|mail| mail.calendar);
        assert_eq!(invited.unwrap().method, "REQUEST");

        book(app, &desk.link, tuesday("10:00"), "dan@example.com").await.unwrap();
        let meeting = desk::meetings_of(&desk.ana, &desk.link).await.remove(1);
        let reason = CancelMeeting { reason: Some("Complet.".to_owned()) };
        desk.ana.decline_meeting(&desk::meeting(meeting.id), &reason).await.unwrap();
        let told = to(&server, 6, "dan@example.com").await;
        assert!(told.iter().all(|mail| mail.calendar.is_none()), "{told:?}");
        assert!(told.iter().any(|mail| mail.text.contains("Complet.")), "{told:?}");
    }
);

test_on_both!(
    /// Guests do not hear that a meeting is off that nobody has told them of.
    guests_hear_of_what_stood_alone,
    async |app| {
        let chosen = BookingLinkSettings { requires_confirmation: true, allows_guests: true, ..settings() };
        let (_server, desk) = open(app, chosen).await;
        let with_guest = |time: &str| BookMeeting {
            guests: vec![Guest { email: "guest@example.com".to_owned() }],
            ..booking(tuesday(time), "carla@example.com")
        };
        let to_guest = async || outbox(app).await.iter().filter(|mail| mail.to == "guest@example.com").count();
        let cancel = CancelBookedMeeting { reason: None };
        let client = app.anonymous();
        let asked = client.book_meeting(&page(&desk.link), &with_guest("09:00")).await.unwrap();
        client.cancel_booked_meeting(&secret(&asked), &cancel).await.unwrap();
        assert_eq!(to_guest().await, 0);
        let agreed = client.book_meeting(&page(&desk.link), &with_guest("10:00")).await.unwrap();
        let meetings = desk::meetings_of(&desk.ana, &desk.link).await;
        let pending = meetings.iter().find(|meeting| meeting.state == MeetingState::Pending).unwrap();
        desk.ana.confirm_meeting(&desk::meeting(pending.id)).await.unwrap();
        client.cancel_booked_meeting(&secret(&agreed), &cancel).await.unwrap();
        assert_eq!(to_guest().await, 2);
    }
);

test_on_both!(
    /// Who gets no answer moves the meeting again: everybody is told once.
    a_move_that_is_sent_again_is_told_once,
    async |app| {
        let (_server, desk) = open(app, settings()).await;
        let booked = book(app, &desk.link, tuesday("09:00"), "carla@example.com").await.unwrap();
        let request = RescheduleBookedMeeting {
            starts_at: tuesday("10:00"),
            time_zone: "Europe/Paris".to_owned(),
            reason: None,
        };
        let (client, path) = (app.anonymous(), secret(&booked));
        let moved = client.reschedule_booked_meeting(&path, &request).await.unwrap();
        let told = outbox(app).await.len();
        assert_eq!(client.reschedule_booked_meeting(&path, &request).await.unwrap(), moved);
        assert_eq!(outbox(app).await.len(), told);
        assert_eq!(desk::only_meeting(&desk.ana, &desk.link).await.sequence, 1);
    }
);

test_on_both!(
    /// The address is proved by a code that is sent to it.
    a_code_proves_the_address,
    async |app| {
        let (server, desk) = open(app, BookingLinkSettings { verifies_email: true, ..settings() }).await;
        let request = SendBookingCode { email: "carla@example.com".to_owned() };
        app.anonymous().send_booking_code(&page(&desk.link), &request).await.unwrap();
        let mail = to(&server, 1, "carla@example.com").await.remove(0);
        let code = mail.subject.split(' ').next().unwrap().to_owned();
        assert!(code.len() == 6 && mail.text.contains(&code), "{mail:?}");
        let without = book(app, &desk.link, tuesday("09:00"), "carla@example.com").await;
        assert_eq!(code_of(without), ErrorCode::CodeRequired);
        let with = BookMeeting { code: Some(code), ..booking(tuesday("09:00"), "carla@example.com") };
        app.anonymous().book_meeting(&page(&desk.link), &with).await.unwrap();
    }
);

test_on_both!(
    /// MEET-99: a wish for a meeting is mailed to the host whose calendar cannot be reached, with the notice that it cannot.
    a_wish_is_mailed_to_the_host,
    async |app| {
        app.shows(&["MEET-99"]);
        let (server, desk) = open(app, settings()).await;
        desk::calendar(app, desk.ana.id(), CalendarState::Unreachable).await;
        let request = RequestMeeting {
            time_zone: "Asia/Kolkata".to_owned(),
            first_name: "Carla".to_owned(),
            last_name: "Customer".to_owned(),
            email: "carla@example.com".to_owned(),
            message: "Any afternoon.".to_owned(),
            has_consented: false,
        };
        app.anonymous().request_meeting(&page(&desk.link), &request).await.unwrap();
        let host = to(&server, 2, &desk.ana.profile.email).await.remove(0);
        for part in ["Any afternoon.", "cannot be reached", "/settings/calendars", "Kolkata time (UTC+5:30)"] {
            assert!(host.text.contains(part), "{part}: {}", host.text);
        }
        let receipt = to(&server, 2, "carla@example.com").await.remove(0);
        assert!(receipt.subject.starts_with("Received") && !receipt.text.contains("Any afternoon."), "{receipt:?}");
    }
);

/// Makes the calendar of a user the one that meetings are written to.
async fn make_default(app: &TestApp, user: UserId) {
    let update = move |tx: &mut platform::Tx<'_>| {
        let own = calendars::table.filter(calendars::user_id.eq(user));
        diesel::update(own).set(calendars::is_default.eq(true)).execute(tx.conn())?;
        Ok(())
    };
    app.ctx().write(&Actor::System, update).await.unwrap();
}

test_on_both!(
    /// MEET-16: a meeting from a record stands on the record alone while its host has no calendar; with one, the contact
    /// is invited. Nobody is written to about a meeting that is over.
    a_meeting_from_a_record_needs_a_calendar_to_be_told,
    async |app| {
        app.shows(&["MEET-16"]);
        let desk = Desk::open(app).await;
        let email = Some("carla@example.com".to_owned());
        let contact = CreateContact { name: "Carla".to_owned(), email, ..CreateContact::default() };
        let contact = desk.ana.create_contact(&contact).await.unwrap();
        let mut request = CreateMeeting {
            contact_id: contact.id,
            starts_at: tuesday("09:00"),
            duration_minutes: 30,
            time_zone: "Europe/Paris".to_owned(),
            title: "Plans".to_owned(),
            description: None,
            location: None,
            meeting_type_id: None,
            guests: Vec::new(),
            reminder_minutes_before: vec![60],
            language: BookingLanguage::English,
        };
        desk.ana.create_meeting(&request).await.unwrap();
        assert_eq!(written(app).await, []);
        desk::calendar(app, desk.ana.id(), CalendarState::Ok).await;
        make_default(app, desk.ana.id()).await;
        request.starts_at = at("2031-03-21T09:00:00Z");
        desk.ana.create_meeting(&request).await.unwrap();
        assert_eq!(written(app).await, []);
        request.starts_at = tuesday("11:00");
        desk.ana.create_meeting(&request).await.unwrap();
        let invited = ("meeting_invitation".to_owned(), "carla@example.com".to_owned());
        assert_eq!(written(app).await, [invited]);
    }
);

test_on_both!(
    /// A booked meeting can be downloaded for a calendar, by its secret alone.
    a_booked_meeting_is_downloaded,
    async |app| {
        let desk = Desk::open(app).await;
        let booked = book(app, &desk.link, tuesday("09:00"), "carla@example.com").await.unwrap();
        let path = format!("/v1/booked_meetings/{}/calendar.ics", booked.token);
        let reply = app.raw(Method::GET, &path).send().await.unwrap();
        assert_eq!(reply.headers()["content-type"], "text/calendar; charset=utf-8; method=PUBLISH");
        let read = readers::read(&reply.text().await.unwrap());
        assert_eq!((&read["method"], &read["summary"]), (&json!("PUBLISH"), &json!("Carla Customer and Ana")));
        assert_eq!(read["attendees"], json!([]));
        // That of one that was called off strikes it out.
        app.anonymous().cancel_booked_meeting(&secret(&booked), &CancelBookedMeeting { reason: None }).await.unwrap();
        let read = readers::read(&app.raw(Method::GET, &path).send().await.unwrap().text().await.unwrap());
        assert_eq!((&read["method"], &read["status"]), (&json!("CANCEL"), &json!("CANCELLED")));
        let wrong = app.raw(Method::GET, "/v1/booked_meetings/1.x/calendar.ics").send().await.unwrap();
        assert_eq!(wrong.status(), 404);
    }
);

test_on_both!(
    /// MEET-32, SYS-28: other programs are told of a booking as it happens, and of its end.
    webhooks_are_told_of_meetings,
    async |app| {
        app.shows(&["MEET-32", "SYS-28"]);
        let receiver = Receiver::start().await;
        allow(app).await;
        let desk = Desk::open(app).await;
        receiver.webhook(&desk.admin).await;
        let booked = book(app, &desk.link, tuesday("09:00"), "carla@example.com").await.unwrap();
        let cancel = CancelBookedMeeting { reason: Some("Ill".to_owned()) };
        app.anonymous().cancel_booked_meeting(&secret(&booked), &cancel).await.unwrap();
        until("both arrive", async || receiver.posted().len() == 2).await;
        let posted: Vec<Value> = receiver.posted().iter().map(|one| one.json()).collect();
        assert_eq!(posted[0]["type"], "meeting.booked");
        assert_eq!(posted[0]["data"]["contact_email"], "carla@example.com");
        assert_eq!(posted[1]["type"], "meeting.cancelled");
        assert_eq!((&posted[1]["data"]["state"], &posted[1]["data"]["reason"]), (&json!("cancelled"), &json!("Ill")));
    }
);
