//! Taking a transcript in from a file.

use client::ClientError;
use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::ImportTranscript;
use wasm_bindgen_futures::JsFuture;

use super::super::open_call::use_call;
use super::Pane;
use crate::forms::act;
use crate::texts::text;

/// The largest file that is read, in bytes: more is no transcript.
const MOST_BYTES: f64 = 10_000_000.0;

/// The field that the menu opens; never seen itself.
#[component]
pub fn ImportInput() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let input = expect_context::<Pane>().import_input;
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again.
        input.set_value("");
        let Some(file) = file else { return };
        if file.size() > MOST_BYTES {
            open.app.toasts.show_error(t_string!(i18n, call.transcript_too_large).to_owned());
            return;
        }
        let request = async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let content = text.ok_or_else(|| ClientError::Decode("no text".to_owned()))?;
            let request = ImportTranscript { content, language: None };
            open.app.api().import_transcript(&open.path(), &request).await
        };
        act(open.app, request, move |_| {
            open.call.reload();
            t_string!(i18n, call.transcript_imported).to_owned()
        });
    };
    view! {
        <input
            node_ref=input
            type="file"
            accept=".vtt,.srt,.json,text/vtt,application/json"
            hidden
            tabindex="-1"
            aria-label=text!(i18n, call.import_transcript)
            on:change=chosen
        />
    }
}
