//! Uploads with progress, which fetch does not report.

use types::files::File as StoredFile;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File, FormData, ProgressEvent, XmlHttpRequest};

use super::api::Failure;
use super::listener::Listener;
use super::task::{call, called};
use crate::{endpoints, json};

/// Sends a file of the visitor and answers what the server stored. `progress` is told the percentage sent.
///
/// # Errors
/// See [`Failure`].
pub async fn upload(
    base: &str,
    token: &str,
    file: &File,
    progress: impl Fn(u32) + 'static,
) -> Result<StoredFile, Failure> {
    let request = XmlHttpRequest::new().map_err(unreachable)?;
    let mut listener = None;
    let ended = called(&mut |resolve| {
        listener = Some(Listener::new(&request, "loadend", move |_: Event| call(&resolve)));
    });
    let progress = send(&request, base, token, file, progress).map_err(unreachable)?;
    ended.await;
    drop((listener, progress));
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        200..300 => json::read(&body).ok_or(Failure::Unreachable),
        status => Err(Failure::of_reply(status, &body, None)),
    }
}

fn send(
    request: &XmlHttpRequest,
    base: &str,
    token: &str,
    file: &File,
    progress: impl Fn(u32) + 'static,
) -> Result<Listener, JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    request.open("POST", &[base, endpoints::FILES].concat())?;
    request.set_request_header("Authorization", &["Bearer ", token].concat())?;
    let listener = Listener::new(request.upload()?.as_ref(), "progress", move |event: Event| {
        let event: ProgressEvent = event.unchecked_into();
        if event.total() > 0.0 {
            progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    request.send_with_opt_form_data(Some(&form))?;
    Ok(listener)
}

fn unreachable(_: JsValue) -> Failure {
    Failure::Unreachable
}
