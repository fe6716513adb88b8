//! Uploads with progress, which fetch does not report.

use js_sys::{Function, Promise};
use types::files::File as StoredFile;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, FormData, ProgressEvent, XmlHttpRequest};

use super::api::Failure;
use super::listener::Listener;

/// Sends a file of the visitor and answers what the server stored. `progress` is told the percentage sent.
///
/// # Errors
/// [`Failure`]; a refusal comes without the server's words, which name fields of a request that nobody wrote by hand.
pub async fn upload(
    base: &str,
    token: &str,
    file: &File,
    progress: impl Fn(u32) + 'static,
) -> Result<StoredFile, Failure> {
    let request = XmlHttpRequest::new().map_err(unreachable)?;
    let mut listener = None;
    let ended = Promise::new(&mut |resolve: Function, _: Function| {
        listener = Some(Listener::new(&request, "loadend", move |_: Event| {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    let progress = send(&request, base, token, file, progress).map_err(unreachable)?;
    let _ = JsFuture::from(ended).await;
    drop((listener, progress));
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        200..300 => serde_json::from_slice(body.as_bytes()).map_err(|_| Failure::Unreachable),
        401 => Err(Failure::SessionEnded),
        status @ 400..500 => Err(Failure::Refused { status, detail: String::new() }),
        _ => Err(Failure::Unreachable),
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
    request.open("POST", &[base, "/v1/visitor/files"].concat())?;
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
