use client::ClientError;
use rapport_tests::test_on_both;
use reqwest::{Method, StatusCode};
use serde_json::json;
use types::ErrorCode;
use types::booking::*;

use super::desk::{Desk, change, code_of, link, of, settings};
use super::pages::question;
use crate::crm::desk::wrong_fields;

fn mine() -> ListBookingLinks {
    ListBookingLinks { mine: Some(true), ..ListBookingLinks::default() }
}

fn new(settings: BookingLinkSettings, slug: &str) -> CreateBookingLink {
    let slug = Some(slug.to_owned());
    CreateBookingLink { kind: BookingLinkKind::Personal, slug, hosts: Vec::new(), settings }
}

fn profile(profile: &BookingProfile) -> UpdateBookingProfile {
    UpdateBookingProfile {
        user_slug: profile.user_slug.clone(),
        default_link_id: profile.default_link_id,
        time_zone: profile.time_zone.clone(),
    }
}

test_on_both!(
    /// A user begins with links of 60, 30 and 15 minutes that ask for name and address alone.
    a_user_begins_with_three_links,
    async |app| {
        app.shows(&["MEET-29", "MEET-30", "MEET-31", "MEET-52", "MEET-67"]);
        let bob = app.agent("Bob").await;
        let links = bob.list_booking_links(&mine()).await.unwrap().items;
        let mut slugs: Vec<_> = links.iter().map(|link| link.slug.as_str()).collect();
        slugs.sort_unstable();
        assert_eq!(slugs, ["bob/15-min", "bob/30-min", "bob/60-min"]);
        for link in &links {
            assert!(link.settings.form.is_empty() && link.is_editable);
            assert_eq!(link.state, BookingLinkState::Active);
            assert_eq!(link.settings.reminders.minutes_before, [4320, 60]);
            assert!(link.settings.reminders.is_enabled);
            assert_eq!(link.is_default, link.settings.durations_minutes == [30]);
        }
        let again = bob.list_booking_links(&mine()).await.unwrap().items;
        assert_eq!(again.len(), 3);
        // Without last name, address and first name nothing is booked.
        let nothing = json!({
            "starts_at": "2031-03-25T09:00:00Z", "duration_minutes": 30, "time_zone": "UTC",
            "first_name": "", "last_name": " ", "email": ""
        });
        let path = "/v1/booking_pages/bob/30-min/bookings";
        let reply = app.raw(Method::POST, path).json(&nothing).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let text = reply.text().await.unwrap();
        for field in ["first_name", "last_name", "email"] {
            assert!(text.contains(field), "{text}");
        }
    }
);

test_on_both!(
    /// Of two who save what they both opened, the second one is told, and decides.
    what_somebody_else_saved_is_not_overwritten_unseen,
    async |app| {
        let (admin, ana) = (app.sign_in(&app.super_admin().profile).await, app.agent("Ana").await);
        let opened = link(&ana, settings()).await;
        let titled = |title: &str, of: &BookingLink| UpdateBookingLink {
            hosts: of.hosts.clone(),
            settings: BookingLinkSettings { title: title.to_owned(), ..of.settings.clone() },
            updated_at: Some(of.updated_at),
        };
        app.clock().advance(1);
        let theirs = admin.update_booking_link(&of(opened.id), &titled("Theirs", &opened)).await.unwrap();
        let refused = ana.update_booking_link(&of(opened.id), &titled("Mine", &opened)).await.unwrap_err();
        assert_eq!((refused.status(), refused.code()), (Some(409), Some(ErrorCode::NewerLink)));
        let ClientError::Problem(problem) = refused else { panic!("{refused}") };
        let shown: BookingLink = serde_json::from_value(problem.extra.unwrap()["link"].clone()).unwrap();
        assert_eq!((shown.settings.title.as_str(), shown.updated_at), ("Theirs", theirs.updated_at));
        let mine = ana.update_booking_link(&of(opened.id), &titled("Mine", &shown)).await.unwrap();
        assert_eq!(mine.settings.title, "Mine");
    }
);

test_on_both!(
    /// Who may not customise has one link, of which the hours can be chosen.
    without_the_permission_there_is_one_plain_link,
    async |app| {
        app.shows(&["MEET-18", "MEET-28"]);
        let (vera, ana) = (app.viewer("Vera").await, app.agent("Ana").await);
        // Even the first thing that is asked for.
        assert_eq!(code_of(vera.create_booking_link(&new(settings(), "mine")).await), ErrorCode::Forbidden);
        let links = vera.list_booking_links(&mine()).await.unwrap().items;
        let [one] = &links[..] else { panic!("{links:?}") };
        assert!(!vera.get_booking_profile().await.unwrap().can_customize);
        let hours = change(&vera, one, |settings| settings.availability.notice_minutes = 600).await.unwrap();
        assert_eq!(hours.settings.availability.notice_minutes, 600);
        assert_eq!(code_of(change(&vera, &hours, |s| s.title = "Mine".into()).await), ErrorCode::Forbidden);
        let asking = change(&vera, &hours, |s| s.form = vec![question("wish", AnswerKind::Line, None)]).await;
        assert_eq!(code_of(asking), ErrorCode::Forbidden);
        let named = UpdateBookingProfile {
            user_slug: "somebody-else".to_owned(),
            ..profile(&vera.get_booking_profile().await.unwrap())
        };
        assert_eq!(code_of(vera.update_booking_profile(&named).await), ErrorCode::Forbidden);
        let mut hosts = UpdateBookingLink { hosts: hours.hosts.clone(), settings: hours.settings.clone(), updated_at: None };
        hosts.hosts[0].user_id = ana.id();
        assert_eq!(code_of(vera.update_booking_link(&of(one.id), &hosts).await), ErrorCode::Forbidden);
        let plain = CreateBookingLink { slug: None, ..new(hours.settings.clone(), "") };
        assert_eq!(code_of(vera.create_booking_link(&plain).await), ErrorCode::Forbidden);
        vera.end_booking_link(&of(one.id)).await.unwrap();
        let own = CreateBookingLink {
            hosts: vec![BookingLinkHost { user_id: ana.id(), weight: 1 }],
            ..plain.clone()
        };
        assert_eq!(code_of(vera.create_booking_link(&own).await), ErrorCode::Forbidden);
        vera.create_booking_link(&plain).await.unwrap();
        assert_eq!(vera.list_booking_links(&mine()).await.unwrap().items.len(), 1);
    }
);

test_on_both!(
    /// An address is never given twice, and a new first part is that of new links alone.
    addresses_stay_what_they_are,
    async |app| {
        app.shows(&["MEET-19", "MEET-20", "MEET-27", "MEET-40", "MEET-41"]);
        let Desk { admin, ana, .. } = Desk::open(app).await;
        let first = ana.create_booking_link(&new(settings(), "demo")).await.unwrap();
        assert_eq!(first.slug, "ana/demo");
        assert_eq!(wrong_fields(ana.create_booking_link(&new(settings(), "demo")).await), ["slug"]);
        assert_eq!(wrong_fields(ana.create_booking_link(&new(settings(), "Démo")).await), ["slug"]);
        ana.end_booking_link(&of(first.id)).await.unwrap();
        assert_eq!(wrong_fields(ana.create_booking_link(&new(settings(), "demo")).await), ["slug"]);
        let before = ana.get_booking_profile().await.unwrap();
        let other = UpdateBookingProfile { user_slug: "dr-ana".to_owned(), ..profile(&before) };
        ana.update_booking_profile(&other).await.unwrap();
        let second = ana.create_booking_link(&new(settings(), "demo")).await.unwrap();
        assert_eq!(second.slug, "dr-ana/demo");
        assert_eq!(ana.get_booking_link(&of(first.id)).await.unwrap().slug, "ana/demo");
        let of_admin = admin.get_booking_profile().await.unwrap();
        for taken in ["ana", "dr-ana", "Ana", ""] {
            let wanted = UpdateBookingProfile { user_slug: taken.to_owned(), ..profile(&of_admin) };
            assert_eq!(wrong_fields(admin.update_booking_profile(&wanted).await), ["user_slug"], "{taken}");
        }
        // A request cannot even say that an address is to change.
        let body = json!({ "hosts": second.hosts, "settings": second.settings, "slug": "other" });
        let path = format!("/v1/booking_links/{}", second.id);
        let reply = app.raw(Method::PUT, &path).bearer_auth(&ana.token).json(&body).send().await.unwrap();
        assert!(reply.status().is_client_error());
    }
);

test_on_both!(
    /// A user chooses a default link of their own; one that has ended is none.
    the_default_link_is_chosen,
    async |app| {
        app.shows(&["MEET-21"]);
        let Desk { admin, ana, link: own } = Desk::open(app).await;
        let before = ana.get_booking_profile().await.unwrap();
        let wanted = UpdateBookingProfile { default_link_id: Some(own.id), ..profile(&before) };
        ana.update_booking_profile(&wanted).await.unwrap();
        assert!(ana.get_booking_link(&of(own.id)).await.unwrap().is_default);
        assert_eq!(wrong_fields(admin.update_booking_profile(&UpdateBookingProfile {
            default_link_id: Some(own.id),
            ..profile(&admin.get_booking_profile().await.unwrap())
        }).await), ["default_link_id"]);
        ana.end_booking_link(&of(own.id)).await.unwrap();
        let after = ana.get_booking_profile().await.unwrap();
        assert_eq!(after.default_link_id, None);
        let zone = UpdateBookingProfile { time_zone: "Europe/Paris".to_owned(), ..profile(&after) };
        assert_eq!(ana.update_booking_profile(&zone).await.unwrap().time_zone, "Europe/Paris");
        let nowhere = UpdateBookingProfile { time_zone: "Europe/Nowhere".to_owned(), ..profile(&after) };
        assert_eq!(wrong_fields(ana.update_booking_profile(&nowhere).await), ["time_zone"]);
    }
);

test_on_both!(
    /// Everybody sees all links; whoever made one and whoever manages booking changes it.
    links_are_seen_by_all_and_changed_by_their_owner,
    async |app| {
        app.shows(&["MEET-34", "MEET-35", "MEET-38", "MEET-39", "MEET-85"]);
        let Desk { admin, ana, link: own } = Desk::open(app).await;
        let otto = app.agent("Otto").await;
        let seen = otto.get_booking_link(&of(own.id)).await.unwrap();
        assert!(!seen.is_editable);
        assert_eq!(seen.url, format!("{}/meet/ana/intro", app.config().server.public_url));
        assert_eq!(code_of(change(&otto, &own, |s| s.title = "His".into()).await), ErrorCode::Forbidden);
        assert_eq!(code_of(otto.end_booking_link(&of(own.id)).await), ErrorCode::Forbidden);
        let changed = change(&ana, &own, |s| s.title = "Hers".into()).await.unwrap();
        assert_eq!(changed.settings.title, "Hers");
        change(&admin, &changed, |s| s.internal_name = "50% off".into()).await.unwrap();
        let find = async |q: &str| {
            let query = ListBookingLinks { q: Some(q.to_owned()), ..ListBookingLinks::default() };
            let found = otto.list_booking_links(&query).await.unwrap().items;
            found.into_iter().filter(|link| link.owner_id == ana.id()).map(|link| link.id).collect::<Vec<_>>()
        };
        assert_eq!(find("50%").await, [own.id]);
        assert_eq!(find("ANA/intro").await, [own.id]);
        assert_eq!(find("5_%").await, []);
        let ended = admin.end_booking_link(&of(own.id)).await.unwrap();
        assert_eq!(ended.state, BookingLinkState::Ended);
        assert_eq!(ana.end_booking_link(&of(own.id)).await.unwrap(), BookingLink { is_editable: true, ..ended });
        assert_eq!(code_of(change(&ana, &own, |s| s.title = "New".into()).await), ErrorCode::LinkEnded);
        assert_eq!(find("50%").await, []);
        let all = ListBookingLinks { ended: Some(true), ..mine() };
        assert!(ana.list_booking_links(&all).await.unwrap().items.iter().any(|link| link.id == own.id));
    }
);

test_on_both!(
    /// Pages of the list hold each link once.
    the_list_has_pages,
    async |app| {
        let Desk { ana, .. } = Desk::open(app).await;
        for _ in 0..4 {
            link(&ana, settings()).await;
        }
        let mut query = ListBookingLinks { limit: Some(3), ..mine() };
        let mut slugs = Vec::new();
        loop {
            let page = ana.list_booking_links(&query).await.unwrap();
            assert!(page.items.len() <= 3);
            slugs.extend(page.items.into_iter().map(|link| link.slug));
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        slugs.sort_unstable();
        let wanted = ["15-min", "30-min", "60-min", "intro", "intro-2", "intro-3", "intro-4", "intro-5"];
        assert_eq!(slugs, wanted.map(|slug| format!("ana/{slug}")));
    }
);
