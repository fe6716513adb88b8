//! The pages that people outside see, rendered here so that who is met and what for is painted at once: the page of a link, and
//! that of a booked meeting.

mod locale;
mod policy;
mod shell;
mod texts;

use accounts::token::new_token;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName};
use actix_web::web as actix;
use actix_web::{HttpResponse, HttpResponseBuilder, Route, guard};
use platform::{Error, Result, Tx};
use serde::Deserialize;
use types::booking::{BookedMeeting, BookingLanguage, BookingPage, BookingPageState};
use web::page::{Color, Theme, notice_page};
use web::{Assets, OpenCall, Params, Reply, Routes};

use crate::store::links;
use crate::{access, pages};
use locale::locale;
use policy::{NOBODY, OURS, content_security_policy, embedders};
use shell::{PageAssets, PageConfig, booking_page};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The paths. A page is no part of the API's document.
pub(crate) fn routes(cfg: &mut Routes) {
    cfg.route("/meet/booked/{token}", reading().to(show_booked))
        .route("/meet/{user_slug}/{link_slug}", reading().to(show_page));
}

/// A route for GET and HEAD: programs that look through mails for links that are broken ask with HEAD.
fn reading() -> Route {
    actix::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// How a page is asked for. What is unknown or makes no sense is left aside: a site's page must not break over it.
#[derive(Debug, Default, Deserialize)]
struct Look {
    /// `1` where it stands in a page of somebody else.
    embed: Option<String>,
    /// `light` or `dark`; the system's otherwise.
    theme: Option<String>,
}

impl Look {
    fn is_embedded(&self) -> bool {
        self.embed.as_deref() == Some("1")
    }

    fn theme(&self) -> Option<Theme> {
        match self.theme.as_deref() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        }
    }
}

/// What a page shows that stands in the database.
#[derive(Debug, Default)]
struct Shown {
    page: Option<BookingPage>,
    booked: Option<BookedMeeting>,
    /// The origins that may embed it, as in `frame-ancestors`.
    embedders: String,
    is_hidden: bool,
}

impl Shown {
    /// The language that its link speaks; English where the link is gone.
    fn language(&self) -> BookingLanguage {
        self.page.as_ref().map_or(BookingLanguage::English, |page| page.language)
    }

    fn status(&self) -> StatusCode {
        match self.page.as_ref().map(|page| page.state) {
            Some(BookingPageState::Ended) if self.booked.is_none() => StatusCode::GONE,
            _ => StatusCode::OK,
        }
    }
}

/// Serves the page of a link; one that says so when there is none (404).
async fn show_page(call: OpenCall, path: actix::Path<(String, String)>, look: Params<Look>) -> Reply {
    pages::limit_reads(&call)?;
    let (user_slug, link_slug) = path.into_inner();
    let found = call.query(move |tx| shown_page(tx, &user_slug, &link_slug)).await;
    answer(&call, found, &look)
}

fn shown_page(tx: &mut Tx<'_>, user_slug: &str, link_slug: &str) -> Result<Shown> {
    let link = links::with_slug(tx, user_slug, link_slug)?.ok_or(Error::NotFound)?;
    let settings = &link.settings.0;
    let may_be_embedded = access::owner_can_customize(tx, &link)?;
    Ok(Shown {
        page: Some(pages::get(tx, user_slug, link_slug, None)?),
        booked: None,
        embedders: if may_be_embedded { embedders(&settings.embed_origins) } else { OURS.to_owned() },
        is_hidden: settings.is_hidden,
    })
}

/// Serves the page of a booked meeting; one that says so when there is none (404). Nobody may embed it: a click on it can call
/// the meeting off.
async fn show_booked(call: OpenCall, path: actix::Path<String>, look: Params<Look>) -> Reply {
    pages::limit_reads(&call)?;
    let token = path.into_inner();
    let found = call.query(move |tx| shown_meeting(tx, &token)).await;
    answer(&call, found, &look)
}

fn shown_meeting(tx: &mut Tx<'_>, token: &str) -> Result<Shown> {
    let booked = pages::booked(tx, token)?;
    let page = match booked.slug.split_once('/') {
        Some((user_slug, link_slug)) => pages::get(tx, user_slug, link_slug, None).map(Some),
        None => Ok(None),
    };
    let page = match page {
        // A meeting outlives its link.
        Err(Error::NotFound) => None,
        other => other?,
    };
    Ok(Shown { page, booked: Some(booked), embedders: NOBODY.to_owned(), is_hidden: true })
}

fn answer(call: &OpenCall, found: Result<Shown>, look: &Look) -> Reply {
    let nonce = new_token();
    match found {
        Ok(shown) => {
            let html = render(call, &shown, look, &nonce)?;
            let mut reply = begin(shown.status(), &shown.embedders, &nonce);
            if shown.is_hidden || look.is_embedded() {
                reply.insert_header((ROBOTS, "noindex"));
            }
            Ok(reply.body(html))
        }
        Err(Error::NotFound) => {
            let language = texts::wanted(call);
            let texts = texts::of(language)?;
            let (title, detail) = (texts.get("not_found_title"), texts.get("not_found_detail"));
            let html = notice_page(language, title, detail, look.theme(), &nonce);
            Ok(begin(StatusCode::NOT_FOUND, "*", &nonce).body(html))
        }
        Err(other) => Err(other.into()),
    }
}

fn render(call: &OpenCall, shown: &Shown, look: &Look, nonce: &str) -> Result<String> {
    let assets = call.ctx().extension::<Assets>()?;
    let path =
        |name| assets.path(name).ok_or_else(|| Error::Unavailable(format!("{name} has not been built")));
    let assets = PageAssets {
        style: path("booking/booking.css")?,
        script: path("booking/booking.js")?,
        program: path("booking/booking_bg.wasm")?,
    };
    let language = shown.language();
    let texts = texts::of(language)?;
    let country = shown.page.as_ref().map_or("", |page| &page.country);
    let config = PageConfig {
        locale: &locale(language, country),
        texts: texts.raw(),
        is_embedded: look.is_embedded(),
        page: shown.page.as_ref(),
        booked: shown.booked.as_ref(),
    };
    let color = shown.page.as_ref().and_then(|page| page.accent_color.parse().ok()).unwrap_or(Color::BLACK);
    let is_indexed = !shown.is_hidden && !look.is_embedded();
    Ok(booking_page(&config, (language, is_indexed), (color, look.theme()), &texts, assets, nonce)?)
}

fn begin(status: StatusCode, embedders: &str, nonce: &str) -> HttpResponseBuilder {
    let mut reply = HttpResponse::build(status);
    reply
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, content_security_policy(embedders, nonce)));
    reply
}
