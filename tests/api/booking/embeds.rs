//! Booking pages in pages of others, and links in messages.

use rapport_tests::{TestApp, test_on_both};
use reqwest::{Method, Response};
use types::ErrorCode;
use types::booking::*;
use types::channels::ListVisitorMessages;
use types::conversations::MessagePath;

use super::desk::{Desk, book, change, code_of, link, settings, tuesday};
use crate::conversations::desk as conversations;
use crate::crm::desk::wrong_fields;

/// The page of a link as a frame asks for it.
async fn framed(app: &TestApp, link: &BookingLink) -> Response {
    let path = format!("/meet/{}?embed=1", link.slug);
    app.raw(Method::GET, &path).send().await.unwrap()
}

/// Who may put the page into a frame.
async fn ancestors(app: &TestApp, link: &BookingLink) -> String {
    let reply = framed(app, link).await;
    assert_eq!(reply.status(), 200);
    assert!(reply.headers().get("x-frame-options").is_none(), "{:?}", reply.headers());
    let policy = reply.headers()["content-security-policy"].to_str().unwrap();
    let (_, ancestors) = policy.split_once("frame-ancestors ").unwrap();
    ancestors.to_owned()
}

test_on_both!(
    /// MEET-86, MEET-91: the address that the embedding code names can stand in a frame of any page, or of those that the link
    /// names; it is the same page with the same form.
    a_page_can_be_embedded,
    async |app| {
        app.shows(&["MEET-86", "MEET-91"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        assert_eq!(ancestors(app, &link).await, "*");
        let link = change(&ana, &link, |settings| {
            settings.embed_origins = vec!["https://www.example.org/".to_owned(), "http://localhost:8080".to_owned()];
        })
        .await
        .unwrap();
        assert_eq!(ancestors(app, &link).await, "'self' https://www.example.org http://localhost:8080");
        let reply = framed(app, &link).await;
        assert_eq!(reply.headers()["x-robots-tag"], "noindex");
        let text = reply.text().await.unwrap();
        assert!(text.contains("Meet us") && text.contains("Ana"), "{text}");
        let whole = app.raw(Method::GET, &format!("/meet/{}", link.slug)).send().await.unwrap();
        assert!(whole.headers().get("x-robots-tag").is_none());
        let head = app.raw(Method::HEAD, &format!("/meet/{}", link.slug)).send().await.unwrap();
        assert_eq!((head.status().as_u16(), head.text().await.unwrap().as_str()), (200, ""));
        // The page of a meeting could be called off by a click that somebody else's page led to.
        let booked = book(app, &link, tuesday("09:00"), "a@example.org").await.unwrap();
        let path = format!("/meet/booked/{}?embed=1", booked.token);
        let reply = app.raw(Method::GET, &path).send().await.unwrap();
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert_eq!(reply.headers()["referrer-policy"], "no-referrer");
        for wrong in ["example.org", "javascript:alert(1)", "https://a.example; script-src *", "null", "*"] {
            let refused = change(&ana, &link, |settings| settings.embed_origins = vec![wrong.to_owned()]).await;
            assert_eq!(wrong_fields(refused), ["settings.embed_origins.0"], "{wrong}");
        }
    }
);

test_on_both!(
    /// MEET-87: who may embed a link is settled by whoever may change the whole of it.
    embedding_needs_a_permission,
    async |app| {
        app.shows(&["MEET-87"]);
        let Desk { ana, link: of_ana, .. } = Desk::open(app).await;
        let embed = |settings: &mut BookingLinkSettings| {
            settings.embed_origins = vec!["https://www.example.org".to_owned()];
        };
        change(&ana, &of_ana, embed).await.unwrap();
        let otto = app.agent("Otto").await;
        assert_eq!(code_of(change(&otto, &of_ana, embed).await), ErrorCode::Forbidden);
        let vera = app.viewer("Vera").await;
        assert_eq!(code_of(change(&vera, &of_ana, embed).await), ErrorCode::Forbidden);
        // Whoever has no permission for booking has one link, of which they change the hours alone.
        let mine = ListBookingLinks { mine: Some(true), ..ListBookingLinks::default() };
        let own = vera.list_booking_links(&mine).await.unwrap().items.remove(0);
        assert_eq!(code_of(change(&vera, &own, embed).await), ErrorCode::Forbidden);
        assert_eq!(ancestors(app, &of_ana).await, "'self' https://www.example.org");
        assert_eq!(ancestors(app, &own).await, "'self'");
    }
);

test_on_both!(
    /// CONV-117: a booking link in a message, as the composer inserts it, reaches the visitor, and leads to its page.
    a_message_carries_a_booking_link,
    async |app| {
        app.shows(&["CONV-117"]);
        let desk = conversations::Desk::open(app).await;
        let link = link(&desk.ana, settings()).await;
        let (visitor, thread_id) = desk.visitor_says(app, "When could we talk?").await;
        let html = format!("<p>Choose a time: <a href=\"{}\">{}</a> </p>", link.url, link.settings.title);
        let sent = desk.ana.reply(thread_id, &html).await;
        let seen = visitor.list_visitor_messages(&ListVisitorMessages::default()).await.unwrap().items;
        let stored = desk.ana.get_message(&MessagePath { message_id: sent.id }).await.unwrap();
        for html in [&seen[1].html, &stored.html] {
            assert!(html.contains(&format!("href=\"{}\"", link.url)) && html.contains(">Meet us</a>"), "{html}");
        }
        let path = link.url.strip_prefix(&app.config().server.public_url).unwrap();
        let page = app.raw(Method::GET, path).send().await.unwrap();
        assert_eq!(page.status(), 200);
    }
);
