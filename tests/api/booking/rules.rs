//! The rules of settings.

use rapport_tests::test_on_both;
use types::ErrorCode;
use types::booking::*;

use super::desk::{Desk, change, code_of, hours, settings};
use crate::crm::desk::wrong_fields;

type Change = fn(&mut BookingLinkSettings);

/// What breaks a rule, and the field that is named.
const WRONG: [(&str, Change); 24] = [
    ("internal_name", |s| s.internal_name = " ".to_owned()),
    ("title", |s| s.title = "x".repeat(121)),
    ("location", |s| s.location = Some("x".repeat(501))),
    ("invitation_subject", |s| s.invitation_subject = "{{contact.age}}".to_owned()),
    ("invitation_description", |s| s.invitation_description = Some("x".repeat(5001))),
    ("country", |s| s.country = "FRA".to_owned()),
    ("durations_minutes", |s| s.durations_minutes = Vec::new()),
    ("durations_minutes", |s| s.durations_minutes = vec![4]),
    ("reminders.minutes_before", |s| s.reminders.minutes_before = vec![5, 10, 15, 20]),
    ("reminders.minutes_before", |s| s.reminders.minutes_before = vec![40_321]),
    ("availability.time_zone", |s| s.availability.time_zone = Some("Mars/Base".to_owned())),
    ("availability.notice_minutes", |s| s.availability.notice_minutes = 43_201),
    ("availability.buffer_after_minutes", |s| s.availability.buffer_after_minutes = 481),
    ("availability.interval_minutes", |s| s.availability.interval_minutes = Some(4)),
    ("availability.most_per_day", |s| s.availability.most_per_day = Some(0)),
    ("availability.rolling_weeks", |s| s.availability.rolling_weeks = None),
    ("availability.rolling_weeks", |s| s.availability.rolling_weeks = Some(53)),
    ("availability.weekly.0.ranges", |s| s.availability.weekly[0].ranges = hours(&[(60, 120), (90, 180)])),
    ("availability.weekly.0.ranges", |s| s.availability.weekly[0].ranges = hours(&[(60, 60)])),
    ("availability.weekly.1.weekday", |s| s.availability.weekly[1].weekday = 0),
    ("most_bookings", |s| s.most_bookings = Some(0)),
    ("redirect_url", |s| s.redirect_url = Some("http://example.org".to_owned())),
    ("embed_origins.0", |s| s.embed_origins = vec!["https://example.org/path".to_owned()]),
    ("meeting_type_id", |s| s.meeting_type_id = Some(types::MeetingTypeId(1))),
];

test_on_both!(
    /// What breaks a rule of a link is refused with the name of its field.
    a_refusal_names_the_field,
    async |app| {
        app.shows(&["MEET-55"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        for (field, wrong) in WRONG {
            let fields = wrong_fields(change(&ana, &link, wrong).await);
            assert_eq!(fields, [format!("settings.{field}")]);
        }
        let question = |key: &str, property: Option<&str>| FormField {
            key: key.to_owned(),
            property: property.map(str::to_owned),
            label: "Question".to_owned(),
            kind: AnswerKind::Choice,
            options: vec!["A".to_owned()],
            is_required: true,
        };
        let forms = [
            ("form.1.key", vec![question("a", None), question("a", None)]),
            ("form.0.key", vec![question("A b", None)]),
            ("form.0.property", vec![question("a", Some("nothing"))]),
            ("form.0.options", vec![FormField { options: Vec::new(), ..question("a", None) }]),
        ];
        for (field, form) in forms {
            assert_eq!(wrong_fields(change(&ana, &link, |s| s.form = form).await), [format!("settings.{field}")]);
        }
        let two = [ana.id(), app.super_admin().id()].map(|user_id| BookingLinkHost { user_id, weight: 1 });
        let hosts = UpdateBookingLink { hosts: two.to_vec(), settings: settings(), updated_at: None };
        assert_eq!(wrong_fields(ana.update_booking_link(&crate::booking::desk::of(link.id), &hosts).await), ["hosts"]);
    }
);

test_on_both!(
    /// Kinds of meetings and the settings of all pages are for who manages booking; a domain must be connected.
    settings_are_for_who_manages_booking,
    async |app| {
        app.shows(&["MEET-26"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let save = |name: &str| SaveMeetingType { name: name.to_owned() };
        assert_eq!(code_of(ana.create_meeting_type(&save("Demo")).await), ErrorCode::Forbidden);
        let demo = admin.create_meeting_type(&save("Demo")).await.unwrap();
        assert_eq!(wrong_fields(admin.create_meeting_type(&save("DEMO")).await), ["name"]);
        assert_eq!(ana.list_meeting_types().await.unwrap().items, std::slice::from_ref(&demo));
        change(&ana, &link, |settings| settings.meeting_type_id = Some(demo.id)).await.unwrap();
        let path = MeetingTypePath { meeting_type_id: demo.id };
        assert_eq!(code_of(admin.delete_meeting_type(&path).await), ErrorCode::InUse);
        change(&ana, &link, |settings| settings.meeting_type_id = None).await.unwrap();
        admin.delete_meeting_type(&path).await.unwrap();
        let pages = |color: &str, domain: Option<&str>| UpdateBookingSettings {
            logo_file_id: None,
            accent_color: color.to_owned(),
            domain: domain.map(str::to_owned),
        };
        assert_eq!(code_of(ana.update_booking_settings(&pages("#000000", None)).await), ErrorCode::Forbidden);
        assert_eq!(wrong_fields(admin.update_booking_settings(&pages("red", None)).await), ["accent_color"]);
        let elsewhere = pages("#000000", Some("meet.example.org"));
        assert_eq!(wrong_fields(admin.update_booking_settings(&elsewhere).await), ["domain"]);
        let logo = UpdateBookingSettings { logo_file_id: Some(types::FileId(1)), ..pages("#000000", None) };
        assert!(admin.update_booking_settings(&logo).await.is_err());
        let saved = admin.update_booking_settings(&pages("#00ff00", None)).await.unwrap();
        assert_eq!(ana.get_booking_settings().await.unwrap(), saved);
    }
);

test_on_both!(
    /// Only those who manage booking make a personal link for somebody else.
    a_personal_link_is_ones_own,
    async |app| {
        let Desk { admin, ana, .. } = Desk::open(app).await;
        let otto = app.agent("Otto").await;
        let request = CreateBookingLink {
            kind: BookingLinkKind::Personal,
            slug: None,
            hosts: vec![BookingLinkHost { user_id: ana.id(), weight: 1 }],
            settings: settings(),
        };
        assert_eq!(code_of(otto.create_booking_link(&request).await), ErrorCode::Forbidden);
        admin.create_booking_link(&request).await.unwrap();
    }
);
