//! What a visitor sees, fills in and books.

use db::schema::booking_codes;
use diesel::prelude::*;
use futures_util::future::join_all;
use platform::Actor;
use rapport_tests::{TestApp, test_on_both};
use serde_json::json;
use types::booking::*;
use types::crm::{
    CompanyPath, ContactPath, CreateProperty, ObjectKind, PropertyOption, PropertyPath, PropertyType,
    UpdateProperty,
};
use types::{ErrorCode, Timestamp};

use super::desk::{
    self, Desk, at, book, booking, change, code_of, of, only_meeting, page, secret, settings, times_to_move,
    tuesday,
};
use crate::crm::desk::wrong_fields;

pub fn question(key: &str, kind: AnswerKind, property: Option<&str>) -> FormField {
    FormField {
        key: key.to_owned(),
        property: property.map(str::to_owned),
        label: format!("Your {key}"),
        kind,
        options: Vec::new(),
        is_required: false,
    }
}

fn answer(key: &str, value: &str) -> Answer {
    Answer { key: key.to_owned(), value: value.to_owned() }
}

test_on_both!(
    /// The page shows the link, its hosts and its days, and counts who opens it.
    a_page_shows_its_link,
    async |app| {
        app.shows(&["MEET-50", "MEET-51", "MEET-23"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let colour = UpdateBookingSettings {
            logo_file_id: None,
            accent_color: "#AA3300".to_owned(),
            domain: None,
        };
        admin.update_booking_settings(&colour).await.unwrap();
        let link = change(&ana, &link, |settings| {
            settings.language = BookingLanguage::French;
            settings.country = "ca".to_owned();
            settings.invitation_description = Some("For {{contact.email}} alone".to_owned());
        })
        .await
        .unwrap();
        let ask = GetBookingPage { time_zone: Some("Pacific/Auckland".to_owned()), counts: Some(true) };
        let shown = app.anonymous().get_booking_page(&page(&link), &ask).await.unwrap();
        assert_eq!((shown.state, shown.title.as_str()), (BookingPageState::Open, "Meet us"));
        assert_eq!((shown.language, shown.country.as_str()), (BookingLanguage::French, "CA"));
        let others = desk::link(&app.agent("Otto").await, settings()).await;
        let of_others = app.anonymous().get_booking_page(&page(&others), &ask).await.unwrap();
        assert_eq!([&shown.accent_color[..], &of_others.accent_color[..]], ["#aa3300"; 2]);
        assert_eq!((shown.hosts.len(), shown.hosts[0].name.as_str()), (1, "Ana"));
        assert_eq!(shown.description, None);
        assert_eq!((shown.first_date.to_string(), shown.last_date.to_string()), ("2031-03-24".into(), "2031-04-22".into()));
        app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(ana.get_booking_link(&of(link.id)).await.unwrap().views, 1);
        let nowhere = BookingPagePath { user_slug: "ana".to_owned(), link_slug: "nothing".to_owned() };
        let missing = app.anonymous().get_booking_page(&nowhere, &GetBookingPage::default()).await;
        assert_eq!(code_of(missing), ErrorCode::NotFound);
        ana.end_booking_link(&of(link.id)).await.unwrap();
        let ended = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
        assert_eq!(ended.state, BookingPageState::Ended);
        assert_eq!(code_of(book(app, &link, tuesday("09:00"), "a@example.org").await), ErrorCode::LinkEnded);
    }
);

test_on_both!(
    /// The form fills the contact, and its answers stand with the meeting as they were asked.
    a_form_fills_the_contact,
    async |app| {
        app.shows(&["MEET-44", "MEET-47", "MEET-48", "MEET-68", "MEET-69"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let size = CreateProperty {
            object: ObjectKind::Contact,
            key: "team_size".to_owned(),
            label: "Team size".to_owned(),
            property_type: PropertyType::Number,
            options: Vec::new(),
            position: 0,
        };
        admin.create_property(&size).await.unwrap();
        let link = change(&ana, &link, |settings| {
            settings.allows_guests = true;
            settings.invitation_subject = "{{company.name}}: {{contact.name}}".to_owned();
            settings.form = vec![
                question("phone", AnswerKind::Line, Some("phone")),
                question("firm", AnswerKind::Line, Some("company")),
                question("size", AnswerKind::Number, Some("team_size")),
                question("wish", AnswerKind::Lines, None),
            ];
        })
        .await
        .unwrap();
        let request = BookMeeting {
            answers: vec![
                answer("wish", "To see it\n{{host.name}}"),
                answer("size", "12"),
                answer("phone", "+33 1 23 45"),
                answer("firm", "{{contact.email}}"),
            ],
            guests: ["Guest@example.org", "carla@example.org", "guest@example.org"]
                .map(|email| Guest { email: email.to_owned() })
                .to_vec(),
            ..booking(tuesday("09:00"), " Carla@Example.org ")
        };
        let booked = app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        assert_eq!((booked.state, booked.email.as_str()), (MeetingState::Booked, "carla@example.org"));
        assert_eq!(booked.title, "{{contact.email}}: Carla Customer");
        assert_eq!(app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap(), booked);
        let seen = only_meeting(&ana, &link).await;
        assert_eq!(seen.location.as_deref(), Some("Our office"));
        assert_eq!(seen.guests, [Guest { email: "guest@example.org".to_owned() }]);
        let answers: Vec<_> = seen.answers.iter().map(|a| (a.label.as_str(), a.value.as_str())).collect();
        assert_eq!(answers[2..], [("Your size", "12"), ("Your wish", "To see it\n{{host.name}}")]);
        let contact = ana.get_contact(&ContactPath { contact_id: seen.contact_id }).await.unwrap();
        assert_eq!((contact.name.as_str(), contact.verified), ("Carla Customer", false));
        assert_eq!(contact.phone.as_deref(), Some("+33 1 23 45"));
        assert_eq!(contact.properties["team_size"], json!(12));
        let company = ana.get_company(&CompanyPath { company_id: contact.company_id.unwrap() }).await.unwrap();
        assert_eq!((company.name.as_str(), company.contact_count), ("{{contact.email}}", 1));
        assert_eq!(contact.time_zone.as_deref(), Some("Europe/Paris"));
    }
);

test_on_both!(
    /// What breaks a rule of the form is named, and nothing is booked.
    a_form_refuses_what_breaks_its_rules,
    async |app| {
        app.shows(&["MEET-70"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        let link = change(&ana, &link, |settings| {
            let choice = FormField {
                options: vec!["A".to_owned(), "B".to_owned()],
                ..question("plan", AnswerKind::Choice, None)
            };
            let terms = FormField { is_required: true, ..question("terms", AnswerKind::Checkbox, None) };
            let kinds = [("day", AnswerKind::Date), ("count", AnswerKind::Number), ("note", AnswerKind::Line)];
            settings.form = vec![choice, terms];
            settings.form.extend(kinds.map(|(key, kind)| question(key, kind, None)));
        })
        .await
        .unwrap();
        let refused = async |change: &dyn Fn(&mut BookMeeting)| {
            let mut request = booking(tuesday("09:00"), "carla@example.org");
            request.answers = vec![answer("terms", "true")];
            change(&mut request);
            wrong_fields(app.anonymous().book_meeting(&page(&link), &request).await)
        };
        assert_eq!(refused(&|r| r.answers.clear()).await, ["answers.terms"]);
        assert_eq!(refused(&|r| r.answers[0].value = "false".into()).await, ["answers.terms"]);
        for (key, value) in [("plan", "C"), ("day", "2031-02-30"), ("count", "many"), ("count", "inf")] {
            let wrong = refused(&|r| r.answers.push(answer(key, value))).await;
            assert_eq!(wrong, [format!("answers.{key}")], "{value}");
        }
        assert_eq!(refused(&|r| r.answers.push(answer("note", &"x".repeat(501)))).await, ["answers.note"]);
        assert_eq!(refused(&|r| r.answers.push(answer("other", "x"))).await, ["answers.1.key"]);
        assert_eq!(refused(&|r| r.answers.push(answer("terms", "true"))).await, ["answers.1.key"]);
        let guest = Guest { email: "guest@example.org".to_owned() };
        assert_eq!(refused(&|r| r.guests.push(guest.clone())).await, ["guests"]);
        assert_eq!(refused(&|r| r.time_zone = "Europe/Nowhere".into()).await, ["time_zone"]);
        assert_eq!(refused(&|r| r.time_zone = "../etc/passwd".into()).await, ["time_zone"]);
        assert_eq!(refused(&|r| r.email = "carla".into()).await, ["email"]);
        assert_eq!(refused(&|r| r.first_name = "x".repeat(101)).await, ["first_name"]);
        assert_eq!(refused(&|r| r.duration_minutes = 31).await, ["duration_minutes"]);
        assert!(desk::meetings_of(&ana, &link).await.is_empty());
    }
);

test_on_both!(
    /// Times that are past, taken or beyond all calendars cannot be booked, and break nothing.
    impossible_times_are_refused,
    async |app| {
        let Desk { link, .. } = Desk::open(app).await;
        book(app, &link, tuesday("09:00"), "one@example.org").await.unwrap();
        let times = [tuesday("09:00"), at("2031-03-21T09:00:00Z"), at("2031-03-29T09:00:00Z"), at("2031-09-01T09:00:00Z")];
        for starts_at in times.into_iter().chain([at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z")]) {
            let refused = book(app, &link, starts_at, "two@example.org").await;
            assert_eq!(code_of(refused), ErrorCode::SlotTaken, "{starts_at}");
        }
    }
);

/// Makes `123456` the code that was sent last.
async fn know_the_code(app: &TestApp, email: &'static str) {
    let set = move |tx: &mut platform::Tx<'_>| {
        let mac = tx.ctx().secrets().mac("booking-code", format!("{email} 123456").as_bytes());
        let hash: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        let changed =
            diesel::update(booking_codes::table).set(booking_codes::code_hash.eq(hash)).execute(tx.conn())?;
        assert_eq!(changed, 1);
        Ok(())
    };
    app.ctx().write(&Actor::System, set).await.unwrap();
}

test_on_both!(
    /// A link can ask for a code: without it, or with a wrong one, nothing is booked; five wrong ones end it.
    an_address_is_proved_with_a_code,
    async |app| {
        let Desk { ana, link, .. } =
            Desk::with(app, BookingLinkSettings { verifies_email: true, ..settings() }).await;
        let book = async |time: &str, code: Option<&str>| {
            let code = code.map(str::to_owned);
            let request = BookMeeting { code, ..booking(tuesday(time), "carla@example.org") };
            app.anonymous().book_meeting(&page(&link), &request).await
        };
        let send = async || {
            let to = SendBookingCode { email: "Carla@example.org".to_owned() };
            app.anonymous().send_booking_code(&page(&link), &to).await.unwrap();
            know_the_code(app, "carla@example.org").await;
        };
        assert_eq!(code_of(book("09:00", None).await), ErrorCode::CodeRequired);
        send().await;
        assert_eq!(wrong_fields(book("09:00", Some("654321")).await), ["code"]);
        book("09:00", Some(" 123456 ")).await.unwrap();
        let contact = only_meeting(&ana, &link).await.contact_id;
        assert!(ana.get_contact(&ContactPath { contact_id: contact }).await.unwrap().verified);
        // A code is good once, for a quarter of an hour, and for five attempts.
        assert_eq!(wrong_fields(book("10:00", Some("123456")).await), ["code"]);
        send().await;
        // Each counts, also of those that come at once.
        let tries = (0..5).map(|_| book("10:00", Some("654321")));
        for outcome in join_all(tries).await {
            assert_eq!(wrong_fields(outcome), ["code"]);
        }
        assert_eq!(wrong_fields(book("10:00", Some("123456")).await), ["code"]);
        send().await;
        app.clock().advance(15 * 60);
        assert_eq!(wrong_fields(book("10:00", Some("123456")).await), ["code"]);
    }
);

test_on_both!(
    /// A link that is used once ends with its booking, and its time stays taken; whoever books too often is told so.
    a_link_is_used_as_often_as_it_may_be,
    async |app| {
        let Desk { ana, link, .. } =
            Desk::with(app, BookingLinkSettings { most_bookings: Some(1), ..settings() }).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        assert_eq!(ana.get_booking_link(&of(link.id)).await.unwrap().state, BookingLinkState::Ended);
        // Its only meeting can be moved nevertheless.
        let query = times_to_move(&booked, 30, "23:00");
        assert_eq!(app.anonymous().list_page_slots(&page(&link), &query).await.unwrap().items.len(), 16);
        let time_zone = "Europe/Paris".to_owned();
        let moved = RescheduleBookedMeeting { starts_at: tuesday("09:30"), time_zone, reason: None };
        app.anonymous().reschedule_booked_meeting(&secret(&booked), &moved).await.unwrap();
        assert_eq!(code_of(book(app, &link, tuesday("10:00"), "b@example.org").await), ErrorCode::LinkEnded);
        let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
        assert_eq!((shown.bookings, shown.last_booked_at), (1, Some(app.clock().now())));
        app.restart(|config| config.limits.bookings_per_hour = 2).await;
        let link = desk::link(&ana, settings()).await;
        let mut outcomes = Vec::new();
        for time in ["11:00", "11:30", "12:00"] {
            outcomes.push(book(app, &link, tuesday(time), "carla@example.org").await);
        }
        assert!(outcomes[0].is_ok() && outcomes[1].is_ok());
        assert_eq!(code_of(outcomes.remove(2)), ErrorCode::RateLimited);
        let earliest: Timestamp = tuesday("11:00");
        assert_eq!(desk::meetings_of(&ana, &link).await[0].starts_at, earliest);
    }
);

test_on_both!(
    /// A question that fills a property is asked as the property is by now: its options are those that it has, and of one that
    /// was archived the answer stands in the meeting. What is wrong with a value names the question.
    questions_follow_their_properties,
    async |app| {
        app.shows(&["MEET-68"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let option = |value: &str, label: &str| PropertyOption { value: value.to_owned(), label: label.to_owned() };
        let room = CreateProperty {
            object: ObjectKind::Contact,
            key: "room".to_owned(),
            label: "Room".to_owned(),
            property_type: PropertyType::Select,
            options: vec![option("sm", "Small one"), option("lg", "Large one")],
            position: 0,
        };
        let note = CreateProperty {
            key: "note".to_owned(),
            property_type: PropertyType::Text,
            options: Vec::new(),
            ..room.clone()
        };
        let room = admin.create_property(&room).await.unwrap();
        admin.create_property(&note).await.unwrap();
        let link = change(&ana, &link, |settings| {
            settings.form = vec![
                question("room", AnswerKind::Line, Some("room")),
                question("note", AnswerKind::Lines, Some("note")),
            ];
        })
        .await
        .unwrap();
        let shown = async || {
            let seen = app.anonymous().get_booking_page(&page(&link), &GetBookingPage::default()).await.unwrap();
            seen.form.into_iter().map(|field| (field.kind, field.options)).collect::<Vec<_>>()
        };
        let book = async |time: &str, room: &str, note: &str| {
            let answers = vec![answer("room", room), answer("note", note)];
            let request = BookMeeting { answers, ..booking(tuesday(time), "carla@example.org") };
            app.anonymous().book_meeting(&page(&link), &request).await
        };
        let of_carla = async || {
            let contact_id = desk::meetings_of(&ana, &link).await[0].contact_id;
            ana.get_contact(&ContactPath { contact_id }).await.unwrap().properties
        };
        assert_eq!(shown().await[0], (AnswerKind::Choice, vec!["Small one".to_owned(), "Large one".to_owned()]));
        book("09:00", "Small one", "First\nSecond").await.unwrap();
        assert_eq!(of_carla().await["room"], json!("sm"));
        assert_eq!(wrong_fields(book("10:00", "Large one", &"x".repeat(501)).await), ["answers.note"]);
        assert_eq!(wrong_fields(book("10:00", "Middle", "Short").await), ["answers.room"]);
        // Another name for what is stored, and one less.
        let path = PropertyPath { property_id: room.id };
        let renamed = UpdateProperty {
            label: room.label.clone(),
            options: vec![option("sm", "Cosy one")],
            position: 0,
            archived: false,
        };
        admin.update_property(&path, &renamed).await.unwrap();
        assert_eq!(shown().await[0].1, ["Cosy one"]);
        assert_eq!(wrong_fields(book("10:00", "Large one", "Short").await), ["answers.room"]);
        book("10:00", "Cosy one", "Short").await.unwrap();
        admin.update_property(&path, &UpdateProperty { archived: true, ..renamed }).await.unwrap();
        book("11:00", "Large one", "Short").await.unwrap();
        let all = desk::meetings_of(&ana, &link).await;
        assert_eq!(all[2].answers[0].value, "Large one");
        // The link can be saved nevertheless.
        change(&ana, &link, |settings| settings.title = "Another title".to_owned()).await.unwrap();
    }
);
