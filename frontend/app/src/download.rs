//! What is no JSON and needs the access token: bytes for a screen, and files to keep.

use client::{Body, ClientError, Method, Request, Transport};
use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, Url};

use crate::context::App;

/// Fetches bytes by their path and query.
///
/// # Errors
/// As the request; what the server refuses comes as its problem.
pub async fn fetch_bytes(app: App, path: String) -> Result<Vec<u8>, ClientError> {
    let request = Request { method: Method::Get, path, headers: Vec::new(), body: Body::Empty };
    let reply = app.api().transport().send(request).await?;
    if (200..300).contains(&reply.status) {
        return Ok(reply.body);
    }
    let problem = serde_json::from_slice(&reply.body).ok().and_then(|value| types::json::read(value).ok());
    Err(match problem {
        Some(problem) => ClientError::Problem(Box::new(problem)),
        None => ClientError::Decode(format!("HTTP {}", reply.status)),
    })
}

/// Fetches a file, by its path and query, and hands it to the browser under a name.
///
/// # Errors
/// As the request; what the server refuses comes as its problem.
pub async fn download(app: App, path: String, name: &str) -> Result<(), ClientError> {
    let content = fetch_bytes(app, path).await?;
    hand_over(&content, name).map_err(|cause| ClientError::Decode(format!("{cause:?}")))
}

fn hand_over(content: &[u8], name: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(content)))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    Url::revoke_object_url(&url)
}
