//! The page of a link, rendered here so that title and length are painted at once.

mod shell;
mod texts;

use accounts::token::new_token;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web as actix;
use platform::{Error, Result};
use types::ErrorCode;
use types::accounts::Locale;
use types::clips::SharedClip;
use web::page::{Color, notice_page};
use web::{Assets, OpenCall, Reply, Routes};

use crate::shared;
use shell::{ClipAssets, ClipConfig};

/// The paths. A page is no part of the API's document.
pub(crate) fn routes(cfg: &mut Routes) {
    cfg.route("/clip/{token}", actix::get().to(show_clip));
}

/// Serves the page of a link; one that says so when there is none (404), or it has ended (410).
async fn show_clip(call: OpenCall, path: actix::Path<String>) -> Reply {
    shared::limit(&call)?;
    let nonce = new_token();
    let accepted = call.request().headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = texts::wanted(accepted.unwrap_or_default());
    let token = path.into_inner();
    let named = token.clone();
    let (status, notice) = match call.query(move |tx| shared::get(tx, &named)).await {
        Ok(clip) => return Ok(page(StatusCode::OK, &nonce, render(&call, &token, &clip, locale, &nonce)?)),
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, "not_found"),
        Err(Error::Conflict { code: ErrorCode::LinkEnded, extra, .. }) => {
            let is_expired = extra.is_some_and(|extra| extra["state"] == "expired");
            (StatusCode::GONE, if is_expired { "expired" } else { "ended" })
        }
        Err(other) => return Err(other.into()),
    };
    let texts = texts::of(locale)?;
    let (title, detail) = (texts.get(&format!("{notice}_title")), texts.get(&format!("{notice}_detail")));
    Ok(page(status, &nonce, notice_page(locale, title, detail, None, &nonce)))
}

fn render(call: &OpenCall, token: &str, clip: &SharedClip, locale: Locale, nonce: &str) -> Result<String> {
    let assets = call.ctx().extension::<Assets>()?;
    let path =
        |name| assets.path(name).ok_or_else(|| Error::Unavailable(format!("{name} has not been built")));
    let assets = ClipAssets {
        style: path("clip/clip.css")?,
        script: path("clip/clip.js")?,
        program: path("clip/clip_bg.wasm")?,
    };
    let texts = texts::of(locale)?;
    let config = ClipConfig { token, locale, texts: texts.raw(), clip };
    let color = clip.color.parse().unwrap_or(Color::BLACK);
    Ok(shell::clip_page(&config, color, &texts, assets, nonce)?)
}

fn page(status: StatusCode, nonce: &str, html: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, policy(nonce)))
        .insert_header((shared::ROBOTS, shared::NOT_INDEXED))
        .body(html)
}

/// What the page may load (CSP Level 3): nothing from elsewhere; and nobody may embed it.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         connect-src 'self'; media-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}
