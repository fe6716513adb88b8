//! From a new link to a meeting that both sides know of, and what is chosen on the way.

use client::Upload;
use rapport_tests::radicale::{PASSWORD, USER};
use rapport_tests::{TestApp, User, test_on_both, until};
use types::accounts::{SaveRole, UpdateUser, UserPath};
use types::booking::*;
use types::crm::CreateContact;
use types::{ErrorCode, FileId};

use super::calendars::{connect, server, using};
use super::desk::{
    Desk, at, book, booking, change, code_of, give_away, link, meeting, of, offered, on_day, only_meeting,
    page, secret, settings, tuesday,
};
use super::mails::outbox;
use crate::crm::desk::wrong_fields;

/// A grey dot.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\x0aIDAT\
    \x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

async fn upload(by: &User, name: &str, bytes: &[u8]) -> FileId {
    let content_type = "image/png".to_owned();
    by.create_file(&Upload { name: name.to_owned(), content_type, bytes: bytes.to_vec() }).await.unwrap().id
}

test_on_both!(
    /// MEET-01, MEET-71, MEET-89, MEET-90: a link works as soon as it is saved; a time that it offers is held, filled in for and
    /// booked, and both sides see the meeting. Saving the link again changes what comes, not what was booked.
    a_link_leads_to_a_meeting,
    async |app| {
        app.shows(&["MEET-01", "MEET-71", "MEET-89", "MEET-90"]);
        let Desk { ana, .. } = Desk::open(app).await;
        let mut wanted = settings();
        wanted.durations_minutes = vec![30, 60];
        let link = link(&ana, wanted).await;
        assert_eq!(ana.get_booking_link(&of(link.id)).await.unwrap(), link);
        let times = offered(app, &link, "2031-03-25T00:00:00Z", "2031-03-26T00:00:00Z").await;
        assert_eq!((times.len(), times[2].as_str()), (16, "2031-03-25T10:00:00Z"));
        let starts_at = at(&times[2]);
        let hold = HoldSlot { starts_at, duration_minutes: 60, replaces: None };
        let held = app.anonymous().hold_slot(&page(&link), &hold).await.unwrap();
        let day = on_day(app, &link, "2031-03-25").await;
        assert!(!day.contains(&"10:00".to_owned()) && !day.contains(&"10:30".to_owned()), "{day:?}");
        let mut request = booking(starts_at, "carla@example.org");
        request.duration_minutes = 60;
        let other = app.anonymous().book_meeting(&page(&link), &request).await;
        assert_eq!(code_of(other), ErrorCode::SlotTaken);
        request.hold_token = Some(held.token);
        let booked = app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        let theirs = app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap();
        let ours = only_meeting(&ana, &link).await;
        assert_eq!((theirs.starts_at, theirs.ends_at), (tuesday("10:00"), tuesday("11:00")));
        assert_eq!((ours.starts_at, ours.ends_at), (tuesday("10:00"), tuesday("11:00")));
        assert_eq!((ours.contact_name.as_str(), &ours.title), ("Carla Customer", &theirs.title));
        let told: Vec<_> = outbox(app).await.into_iter().map(|mail| mail.to).collect();
        assert!(told.contains(&"carla@example.org".to_owned()) && told.contains(&ana.profile.email), "{told:?}");
        change(&ana, &link, |settings| settings.durations_minutes = vec![30]).await.unwrap();
        assert_eq!(fields_of_an_hour(app, &link).await, ["duration_minutes"]);
        assert_eq!(only_meeting(&ana, &link).await, ours);
    }
);

/// What is refused of an hour's booking.
async fn fields_of_an_hour(app: &TestApp, link: &BookingLink) -> Vec<String> {
    let request = BookMeeting { duration_minutes: 60, ..booking(tuesday("15:00"), "dan@example.org") };
    wrong_fields(app.anonymous().book_meeting(&page(link), &request).await)
}

test_on_both!(
    /// MEET-36: a link is made of four parts at once, and whatever is wrong is told with the part that it is in.
    the_four_parts_of_a_link,
    async |app| {
        app.shows(&["MEET-36"]);
        let Desk { ana, .. } = Desk::open(app).await;
        let wrong = BookingLinkSettings {
            title: " ".to_owned(),
            durations_minutes: Vec::new(),
            availability: Availability { rolling_weeks: Some(0), ..settings().availability },
            form: vec![FormField {
                key: "wish".to_owned(),
                property: None,
                label: String::new(),
                kind: AnswerKind::Line,
                options: Vec::new(),
                is_required: false,
            }],
            ..settings()
        };
        let request = |settings| CreateBookingLink {
            kind: BookingLinkKind::Personal,
            slug: None,
            hosts: Vec::new(),
            settings,
        };
        let fields = wrong_fields(ana.create_booking_link(&request(wrong)).await);
        let expected = ["title", "durations_minutes", "availability.rolling_weeks", "form.0.label"];
        assert_eq!(fields, expected.map(|field| format!("settings.{field}")));
        let made = ana.create_booking_link(&request(settings())).await.unwrap();
        assert_eq!(BookingLinkSettings { consent: None, ..made.settings }, settings());
    }
);

test_on_both!(
    /// MEET-37: the picture at the top of the page is changed and taken away again; it must be a picture of one's own.
    the_picture_of_a_page_is_changed,
    async |app| {
        app.shows(&["MEET-37"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let shown = async || {
            app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap().photo_url
        };
        assert_eq!(shown().await, None);
        let set = async |id| change(&ana, &link, |settings| settings.photo_file_id = id).await;
        let text = upload(&ana, "photo.png", b"<script>alert(1)</script>").await;
        let of_admin = upload(&admin, "photo.png", PICTURE).await;
        for wrong in [text, of_admin, FileId(404)] {
            assert_eq!(wrong_fields(set(Some(wrong)).await), ["settings.photo_file_id"]);
        }
        let photo = upload(&ana, "photo.png", PICTURE).await;
        set(Some(photo)).await.unwrap();
        let url = shown().await.unwrap();
        let path = url.strip_prefix(&app.config().server.public_url).unwrap_or(&url).to_owned();
        let reply = app.raw(reqwest::Method::GET, &path).send().await.unwrap();
        assert_eq!((reply.status().as_u16(), reply.bytes().await.unwrap().as_ref()), (200, PICTURE));
        set(None).await.unwrap();
        assert_eq!(shown().await, None);
    }
);

test_on_both!(
    /// MEET-42: the kind of meeting is chosen from a list, and stands with what is booked from then on.
    the_kind_of_meeting_is_chosen,
    async |app| {
        app.shows(&["MEET-42"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let demo = admin.create_meeting_type(&SaveMeetingType { name: "Demo".to_owned() }).await.unwrap();
        assert!(ana.list_meeting_types().await.unwrap().items.contains(&demo));
        let saved = change(&ana, &link, |settings| settings.meeting_type_id = Some(demo.id)).await.unwrap();
        assert_eq!(saved.settings.meeting_type_id, Some(demo.id));
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        assert_eq!(only_meeting(&ana, &link).await.meeting_type_id, Some(demo.id));
    }
);

test_on_both!(
    /// MEET-15: whoever is met by a meeting from their record is reminded of it as the meeting says, and not once it is off.
    a_meeting_from_a_record_reminds_its_contact,
    async |app| {
        app.shows(&["MEET-15"]);
        let radicale = server(app, &["work"]).await;
        let Desk { ana, .. } = Desk::open(app).await;
        let account = connect(&ana, &radicale).await;
        using(&ana, &account.calendars[0], (true, true, false)).await.unwrap();
        let email = Some("carla@example.com".to_owned());
        let contact = CreateContact { name: "Carla".to_owned(), email, ..CreateContact::default() };
        let contact_id = ana.create_contact(&contact).await.unwrap().id;
        let request = |starts_at| CreateMeeting {
            contact_id,
            starts_at,
            duration_minutes: 30,
            time_zone: "Europe/Paris".to_owned(),
            title: "Plans".to_owned(),
            description: None,
            location: None,
            meeting_type_id: None,
            guests: Vec::new(),
            reminder_minutes_before: vec![120, 60],
            language: BookingLanguage::English,
        };
        ana.create_meeting(&request(tuesday("12:00"))).await.unwrap();
        let off = ana.create_meeting(&request(tuesday("14:00"))).await.unwrap();
        ana.cancel_meeting(&meeting(off.id), &CancelMeeting { reason: None }).await.unwrap();
        let reminders = async || {
            let all = outbox(app).await.into_iter().filter(|mail| mail.purpose == "meeting_reminder");
            all.map(|mail| (mail.to, mail.subject)).collect::<Vec<_>>()
        };
        for (time, count) in [("09:59", 0), ("10:01", 1), ("11:01", 2), ("13:30", 2)] {
            app.clock().set(tuesday(time));
            app.run_jobs().await;
            until("the reminder is written", async || reminders().await.len() >= count).await;
            app.run_jobs().await;
            assert_eq!(reminders().await.len(), count, "{time}");
        }
        let expected = ("carla@example.com", "Reminder: Plans, Tuesday 25 March 2031, 13:00");
        assert!(reminders().await.iter().all(|(to, subject)| (to.as_str(), subject.as_str()) == expected));
    }
);

test_on_both!(
    /// MEET-10: of a calendar server one's own calendars are listed, none of somebody else's; one that the provider says is
    /// somebody else's cannot be added.
    calendars_of_others_cannot_be_added,
    async |app| {
        app.shows(&["MEET-10"]);
        let radicale = server(app, &["home", "work"]).await;
        let theirs = radicale.strangers_calendar().await;
        let Desk { admin, ana, .. } = Desk::open(app).await;
        let (user_name, password) = (USER.to_owned(), PASSWORD.to_owned());
        let url = format!("{}{theirs}", radicale.url());
        let at_theirs = ConnectCalendars::CalDav { url, user_name, password };
        // Whatever address is given, what is found belongs to who signs in; or nothing is.
        if let Ok(found) = admin.connect_calendars(&at_theirs).await {
            assert!(found.calendars.iter().all(|one| !one.name.ends_with("private")), "{found:?}");
        }
        let own = radicale.feed("private").replace("/rep@example.com/private/", &format!("/{theirs}"));
        let feed = ConnectCalendars::Feed { url: own, name: "Theirs".to_owned() };
        assert_eq!(wrong_fields(ana.connect_calendars(&feed).await), ["url"]);
        let account = connect(&ana, &radicale).await;
        let mut names: Vec<_> = account.calendars.iter().map(|one| one.name.clone()).collect();
        names.sort_unstable();
        assert_eq!(names, ["home", "work"].map(|name| format!("{USER}/{name}")));
        let shared = account.calendars.iter().find(|one| !one.is_added).unwrap();
        give_away(app, shared.id).await;
        assert_eq!(wrong_fields(using(&ana, shared, (true, false, false)).await), ["is_added"]);
        assert_eq!(code_of(using(&admin, shared, (true, false, false)).await), ErrorCode::NotFound);
    }
);

test_on_both!(
    /// MEET-33: what happens to meetings triggers webhooks, and those are for whoever has the permission for it.
    the_trigger_needs_a_permission,
    async |app| {
        app.shows(&["MEET-33"]);
        let Desk { admin, ana, .. } = Desk::open(app).await;
        let hook = crate::accounts::webhook_receiver::save("https://hooks.example.org/booked");
        assert_eq!(code_of(ana.create_webhook(&hook).await), ErrorCode::Forbidden);
        assert_eq!(code_of(ana.list_webhooks(&Default::default()).await), ErrorCode::Forbidden);
        let permissions = [types::Permission::ManageWebhooks].into_iter().collect();
        let role = SaveRole {
            name: "Automation".to_owned(),
            permissions,
            record_access: Default::default(),
        };
        let role = admin.create_role(&role).await.unwrap();
        let change = UpdateUser { name: None, role_id: Some(role.id) };
        admin.update_user(&UserPath { user_id: ana.id() }, &change).await.unwrap();
        let made = ana.create_webhook(&hook).await.unwrap();
        let path = crate::accounts::webhook_receiver::path(&made.webhook);
        ana.delete_webhook(&path).await.unwrap();
    }
);
