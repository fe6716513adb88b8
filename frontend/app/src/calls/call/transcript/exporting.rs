//! Saving the transcript as a file.

use leptos::{prelude::*, task::spawn_local};
use types::calls::TranscriptFormat;

use super::super::open_call::OpenCall;
use crate::download::download;

/// Fetches the transcript in a form and hands it to the browser.
pub fn export(open: OpenCall, format: TranscriptFormat) {
    let title = untrack(|| open.call.get()).map(|call| call.title).unwrap_or_default();
    let name = format!("{}.{format}", file_name(&title));
    let path = format!("/v1/calls/{}/transcript/content?format={format}", open.id);
    spawn_local(async move {
        if let Err(error) = download(open.app, path, &name).await {
            open.app.fail(&error);
        }
    });
}

/// A title as the name of a file: letters and digits of any script, the rest as dashes.
fn file_name(title: &str) -> String {
    let words = title.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    if name.is_empty() { "transcript".to_owned() } else { name }
}
