//! Uploads of files that were chosen in the browser.

use client::Upload;
use leptos::prelude::*;
use leptos_i18n::t_string;
use types::ErrorCode;
use types::files::File;
use wasm_bindgen_futures::JsFuture;

use crate::context::App;
use crate::errors::error_text;

/// Uploads one file.
///
/// # Errors
/// The reason in words.
pub async fn upload(app: App, file: &web_sys::File) -> Result<File, String> {
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| untrack(|| t_string!(app.i18n, inbox.file_unreadable)).to_owned())?;
    let upload = Upload {
        name: file.name(),
        content_type: file.type_(),
        bytes: js_sys::Uint8Array::new(&bytes).to_vec(),
    };
    app.api().create_file(&upload).await.map_err(|error| match &error {
        // The server names the limit.
        client::ClientError::Problem(problem) if problem.code == ErrorCode::TooLarge => {
            problem.detail.clone()
        }
        _ => untrack(|| error_text(app.i18n, &error)),
    })
}
