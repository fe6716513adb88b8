//! Requests by the browser's fetch.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

use super::page;

/// A reply.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// The seconds of `Retry-After`, if the server sent them.
    pub retry_after: Option<u32>,
}

/// Sends a request, with JSON where `body` is not empty; nothing where no reply comes.
pub async fn fetch(method: &str, address: &str, token: Option<&str>, body: &str) -> Option<Reply> {
    let init = RequestInit::new();
    init.set_method(method);
    // A visitor has no cookies here, and one who is also signed in as a user is somebody else.
    init.set_credentials(RequestCredentials::Omit);
    let headers = Headers::new().ok()?;
    if let Some(token) = token {
        headers.set("Authorization", &["Bearer ", token].concat()).ok()?;
    }
    if !body.is_empty() {
        headers.set("Content-Type", "application/json").ok()?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(headers.unchecked_ref::<Object>());
    let reply = JsFuture::from(page::window()?.fetch_with_str_and_init(address, &init)).await.ok()?;
    let reply: Response = reply.unchecked_into();
    let body = JsFuture::from(reply.text().ok()?).await.ok()?.as_string()?;
    let retry_after = reply.headers().get("Retry-After").ok()?.and_then(|seconds| seconds.parse().ok());
    Some(Reply { status: reply.status(), body, retry_after })
}
