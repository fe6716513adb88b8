//! Booking pages under a domain of the account's own.

use rapport_tests::{TestApp, User, test_on_both};
use reqwest::header::{HOST, SET_COOKIE};
use reqwest::{Method, StatusCode};
use serde_json::json;
use types::accounts::ListMails;
use types::booking::*;
use types::{ErrorCode, Permission};

use super::desk::{Desk, book, code_of, link, of, secret, settings, tuesday};
use crate::accounts::domain_desk::{add, connected, open, path, verify};
use crate::crm::desk::wrong_fields;

const DOMAIN: &str = "meet.example.org";

fn choose(domain: Option<&str>) -> UpdateBookingSettings {
    let accent_color = "#4b3fe4".to_owned();
    UpdateBookingSettings { logo_file_id: None, accent_color, domain: domain.map(str::to_owned) }
}

/// The status of a request that was sent to a host.
async fn status(app: &TestApp, host: &str, method: Method, path: &str) -> StatusCode {
    let mut request = app.raw(method.clone(), path).header(HOST, host);
    if method == Method::POST {
        request = request.json(&json!({}));
    }
    let reply = request.send().await.unwrap();
    assert!(reply.headers().contains_key("x-content-type-options"), "{path}");
    if reply.status() == StatusCode::NOT_FOUND {
        assert!(reply.headers().get(SET_COOKIE).is_none(), "{path}");
    }
    reply.status()
}

async fn texts_of_mails(admin: &User) -> String {
    let mails = admin.list_mails(&ListMails::default()).await.unwrap().items;
    mails.into_iter().map(|mail| mail.text).collect()
}

test_on_both!(
    /// A verified domain is chosen, by whoever may manage domains; addresses of links and in mails then have it.
    a_verified_domain_is_chosen_for_links,
    async |app| {
        app.shows(&["MEET-24", "MEET-25", "MEET-26", "MEET-27"]);
        let dns = open(app, 1).await;
        let Desk { admin, ana, link } = Desk::open(app).await;
        let pending = add(&admin, DOMAIN).await.unwrap();
        for domain in [DOMAIN, "other.example.org", "not a domain"] {
            assert_eq!(wrong_fields(admin.update_booking_settings(&choose(Some(domain))).await), ["domain"]);
        }
        dns.set_texts(&pending.dns_name, &[&pending.dns_value]);
        verify(&admin, &pending).await;
        let booker = app.token(&admin, &[Permission::ManageBooking]).await;
        let refused = booker.update_booking_settings(&choose(Some(DOMAIN))).await;
        assert_eq!(code_of(refused), ErrorCode::Forbidden);
        let saved = admin.update_booking_settings(&choose(Some(" Meet.Example.org "))).await.unwrap();
        assert_eq!(saved.domain.as_deref(), Some(DOMAIN));
        // What is chosen already needs no more than managing booking.
        booker.update_booking_settings(&choose(Some(DOMAIN))).await.unwrap();
        let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
        assert_eq!(shown.url, format!("https://{DOMAIN}/meet/{}", link.slug));
        let booked = book(app, &shown, tuesday("09:00"), "carla@example.org").await.unwrap();
        let mails = texts_of_mails(&admin).await;
        assert!(mails.contains(&format!("https://{DOMAIN}/meet/booked/{}", booked.token)), "{mails}");
        assert!(mails.contains(&format!("https://{DOMAIN}/v1/booked_meetings/{}", booked.token)), "{mails}");
        // An address is one link's, whichever domain it was made under.
        let slug = link.slug.split_once('/').unwrap().1.to_owned();
        let again =
            CreateBookingLink { kind: BookingLinkKind::Personal, slug: Some(slug), hosts: Vec::new(), settings: settings() };
        assert_eq!(wrong_fields(ana.create_booking_link(&again).await), ["slug"]);

        assert_eq!(code_of(admin.delete_domain(&path(&pending)).await), ErrorCode::InUse);
        booker.update_booking_settings(&choose(None)).await.unwrap();
        let shown = ana.get_booking_link(&of(link.id)).await.unwrap();
        assert!(shown.url.starts_with(&app.config().server.public_url), "{}", shown.url);
        assert_eq!(wrong_fields(ana.create_booking_link(&again).await), ["slug"]);
        admin.delete_domain(&path(&pending)).await.unwrap();
    }
);

test_on_both!(
    /// Under the domain there are booking pages and what they need, and nothing else; elsewhere everything is as it was.
    a_domain_serves_booking_alone,
    async |app| {
        app.shows(&["MEET-24", "SYS-29"]);
        let dns = open(app, 1).await;
        let Desk { admin, ana, .. } = Desk::open(app).await;
        connected(&admin, &dns, DOMAIN).await;
        let pending = add(&admin, "pending.example.org").await.unwrap();
        let link = link(&ana, settings()).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let page = format!("/v1/booking_pages/{}", link.slug);
        let meeting = format!("/v1/booked_meetings/{}", secret(&booked).token);
        let nobody = "/v1/files/1/content";
        for path in [&page, &meeting, &format!("{meeting}/calendar.ics")] {
            for host in [DOMAIN, "MEET.example.org:8443", "127.0.0.1"] {
                assert_eq!(status(app, host, Method::GET, path).await, StatusCode::OK, "{host} {path}");
            }
        }
        // A picture without its signature is refused, not unknown.
        assert_ne!(status(app, DOMAIN, Method::GET, nobody).await, StatusCode::NOT_FOUND);
        let hidden = [
            (Method::GET, "/"),
            (Method::GET, "/settings/users"),
            (Method::GET, "/docs/"),
            (Method::GET, "/health/ready"),
            (Method::GET, "/metrics"),
            (Method::GET, "/v1/live"),
            (Method::GET, "/v1/me"),
            (Method::GET, "/v1/domain_check?domain=meet.example.org"),
            (Method::GET, "/.well-known/openid-configuration"),
            (Method::POST, "/v1/sessions"),
            (Method::POST, "/v1/sessions/refresh"),
            (Method::POST, "/v1/visitor_sessions"),
            (Method::POST, "/v1/files"),
        ];
        for (method, path) in hidden {
            for host in [DOMAIN, "Meet.Example.org.:443"] {
                assert_eq!(status(app, host, method.clone(), path).await, StatusCode::NOT_FOUND, "{host} {path}");
            }
            let elsewhere = status(app, &pending.name, method, path).await;
            assert!(elsewhere != StatusCode::NOT_FOUND || path.starts_with("/.well-known"), "{path}");
        }
    }
);

test_on_both!(
    /// Which host was asked is the word of a proxy only where it is trusted.
    only_a_trusted_proxy_names_the_host,
    async |app| {
        let dns = open(app, 1).await;
        connected(app.super_admin(), &dns, DOMAIN).await;
        let ask = async || {
            let request = app.raw(Method::GET, "/v1/me").header("x-forwarded-host", DOMAIN);
            request.send().await.unwrap().status()
        };
        assert_eq!(ask().await, StatusCode::UNAUTHORIZED);
        app.restart(|config| config.server.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
        assert_eq!(ask().await, StatusCode::NOT_FOUND);
    }
);
