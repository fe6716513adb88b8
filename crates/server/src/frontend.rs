//! Serves what `cargo xtask frontend` built: the app, the files of the chat widget, of shared clips and of booking pages, and the loader for customers' sites.

mod dist;

use std::borrow::Cow;

use actix_web::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Data, Path, ServiceConfig, route};
use actix_web::{HttpRequest, HttpResponse, guard};
use platform::Error;
use sha2::{Digest, Sha256};
use web::{Reply, headers, unmatched};

pub(crate) use dist::Dist;

/// Names carry a hash of the content, so a file never changes under its name.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The loader's name stays: sites get a new one within minutes.
const FOR_MINUTES: &str = "public, max-age=300";

/// The page names the files of its release, so it is asked for each time.
const NOT_UNASKED: &str = "no-cache";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Paths that are never a page of the app.
const RESERVED: [&str; 11] = [
    "/.well-known/",
    "/v1/",
    "/assets/",
    "/chat/",
    "/clip/",
    "/booking/assets/",
    "/meet/",
    "/embed/",
    "/health/",
    "/docs/",
    "/demo-site/",
];

/// What to say where the app was not built.
const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>Rapport</title><h1>The app is not built</h1>\
    <p>This server was built without the app. Run <code>cargo xtask frontend</code>, or start with \
    <code>cargo xtask run</code>. The API is there: see <a href=\"/docs/\">/docs/</a>.</p>";

/// Mounts the files.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let read = || route().guard(guard::Any(guard::Get()).or(guard::Head()));
    config
        .route("/assets/{file}", read().to(app_asset))
        .route("/chat/assets/{file}", read().to(chat_asset))
        .route("/clip/assets/{file}", read().to(clip_asset))
        .route("/booking/assets/{file}", read().to(booking_asset))
        .route("/embed/rapport.js", read().to(loader));
}

async fn app_asset(request: HttpRequest, dist: Data<Dist>, file: Path<String>) -> Reply {
    asset(&request, &dist, &format!("app/assets/{file}"))
}

async fn chat_asset(request: HttpRequest, dist: Data<Dist>, file: Path<String>) -> Reply {
    asset(&request, &dist, &format!("chat/assets/{file}"))
}

async fn clip_asset(request: HttpRequest, dist: Data<Dist>, file: Path<String>) -> Reply {
    asset(&request, &dist, &format!("clip/assets/{file}"))
}

async fn booking_asset(request: HttpRequest, dist: Data<Dist>, file: Path<String>) -> Reply {
    asset(&request, &dist, &format!("booking/assets/{file}"))
}

/// A file that is missing is missing: a page in its place would be taken for a script.
fn asset(request: &HttpRequest, dist: &Dist, name: &str) -> Reply {
    let mut reply = send(request, dist, name)?.ok_or(Error::NotFound)?;
    set(&mut reply, CACHE_CONTROL, FOREVER)?;
    Ok(reply)
}

/// Every site may load it.
async fn loader(request: HttpRequest, dist: Data<Dist>) -> Reply {
    let mut reply = send(&request, &dist, "embed/rapport.js")?.ok_or(Error::NotFound)?;
    set(&mut reply, CACHE_CONTROL, FOR_MINUTES)?;
    set(&mut reply, ACCESS_CONTROL_ALLOW_ORIGIN, "*")?;
    set(&mut reply, RESOURCE_POLICY, "cross-origin")?;
    Ok(reply)
}

/// Handler of last resort: the app's page for every path that can be one of its pages.
pub(crate) async fn page(request: HttpRequest, dist: Data<Dist>) -> Reply {
    let path = request.path();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let is_reserved =
        RESERVED.iter().any(|prefix| path.starts_with(prefix) || path == prefix.trim_end_matches('/'));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_file || is_reserved || !reads {
        return unmatched::refuse(request).await;
    }
    let mut reply = match send(&request, &dist, "app/index.html")? {
        Some(reply) => reply,
        None => HttpResponse::ServiceUnavailable().content_type("text/html; charset=utf-8").body(NOT_BUILT),
    };
    set(&mut reply, CACHE_CONTROL, NOT_UNASKED)?;
    set(&mut reply, CONTENT_SECURITY_POLICY, headers::APP_POLICY)?;
    set(&mut reply, OPENER_POLICY, "same-origin")?;
    Ok(reply)
}

/// A file in the smallest form that the client takes; nothing when there is no such file.
fn send(request: &HttpRequest, dist: &Dist, name: &str) -> Result<Option<HttpResponse>, Error> {
    let Some(plain) = dist.read(name) else { return Ok(None) };
    let (bytes, encoding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(request.headers(), encoding))
        .find_map(|(encoding, ending)| Some((dist.read(&format!("{name}{ending}"))?, Some(encoding))))
        .unwrap_or((plain, None));
    let digest: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("\"{digest}\"");
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| web::matches_any(known, &etag));
    let mut reply = HttpResponse::build(if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    reply.insert_header((ETAG, etag)).insert_header((VARY, "Accept-Encoding"));
    if unchanged {
        return Ok(Some(reply.finish()));
    }
    if let Some(encoding) = encoding {
        reply.insert_header((CONTENT_ENCODING, encoding));
    }
    reply.content_type(content_type(name));
    Ok(Some(match bytes {
        Cow::Borrowed(bytes) => reply.body(bytes),
        Cow::Owned(bytes) => reply.body(bytes),
    }))
}

/// Whether a client takes an encoding (RFC 9110, section 12.5.3).
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let offered = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    offered.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// The media type by the ending, of the kinds that the frontend's build makes.
pub(crate) fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn set(reply: &mut HttpResponse, name: HeaderName, value: &'static str) -> Result<(), Error> {
    reply.headers_mut().insert(name, value.parse().map_err(Error::internal)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn encodings_are_taken_as_offered() {
        let offers = |value: &'static str, encoding: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(value));
            accepts(&headers, encoding)
        };
        assert!(offers("gzip, deflate, br", "br"));
        assert!(offers("BR;q=0.5", "br"));
        assert!(!offers("br;q=0", "br"));
        assert!(!offers("gzip", "br"));
    }
}
