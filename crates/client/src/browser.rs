//! The transport over the browser's fetch.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{Body, ClientError, Request, Response, Transport};

/// Sends requests with fetch. The credential is asked for at each request, so that a fresh one is used at once.
#[derive(Clone)]
pub struct FetchTransport<F> {
    base: String,
    token: F,
}

impl<F: Fn() -> Option<String>> FetchTransport<F> {
    /// Talks to the server at `base` (empty for the page's own origin), with the credential that `token` gives.
    pub fn new(base: impl Into<String>, token: F) -> Self {
        Self { base: base.into().trim_end_matches('/').to_owned(), token }
    }

    fn request(&self, request: Request) -> Result<web_sys::Request, JsValue> {
        let init = web_sys::RequestInit::new();
        init.set_method(request.method.as_str());
        init.set_credentials(web_sys::RequestCredentials::Include);
        let headers = web_sys::Headers::new()?;
        if let Some(token) = (self.token)() {
            headers.set("Authorization", &format!("Bearer {token}"))?;
        }
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        match request.body {
            Body::Empty => {}
            Body::Json(bytes) => {
                headers.set("Content-Type", "application/json")?;
                init.set_body(&Uint8Array::from(bytes.as_slice()));
            }
            Body::Bytes(bytes) => {
                headers.set("Content-Type", "application/octet-stream")?;
                init.set_body(&Uint8Array::from(bytes.as_slice()));
            }
            Body::File(file) => {
                let options = web_sys::BlobPropertyBag::new();
                options.set_type(&file.content_type);
                let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
                let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
                let form = web_sys::FormData::new()?;
                form.append_with_blob_and_filename("file", &blob, &file.name)?;
                init.set_body(&form);
            }
        }
        init.set_headers(&headers);
        web_sys::Request::new_with_str_and_init(&format!("{}{}", self.base, request.path), &init)
    }

    async fn fetch(&self, request: Request) -> Result<Response, JsValue> {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
        let request = self.request(request)?;
        let reply: web_sys::Response =
            JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
        let body = Uint8Array::new(&JsFuture::from(reply.array_buffer()?).await?).to_vec();
        let retry_after = reply.headers().get("Retry-After")?.and_then(|v| v.parse().ok());
        Ok(Response { status: reply.status(), body, retry_after })
    }
}

impl<F: Fn() -> Option<String>> Transport for FetchTransport<F> {
    async fn send(&self, request: Request) -> Result<Response, ClientError> {
        self.fetch(request).await.map_err(|cause| {
            let text = cause.dyn_ref::<js_sys::Error>().map(|e| String::from(e.message()));
            ClientError::Network(text.unwrap_or_else(|| format!("{cause:?}")))
        })
    }
}
