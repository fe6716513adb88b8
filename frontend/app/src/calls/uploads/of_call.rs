//! The recording of a call that is there already and has none.

use leptos::{ev::Event, prelude::*};
use leptos_i18n::t_string;
use state::uploads::may_be_recording;
use types::CallId;

use super::dialog::ACCEPTED;
use super::{chosen_file, sending};
use crate::context::use_app;
use crate::texts::text;

/// Chooses the recording of a call, and uploads it.
#[component]
pub fn UploadRecording(
    /// The call.
    call_id: CallId,
    /// What it is called.
    title: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let choose = move |event: Event| {
        let Some(file) = chosen_file(&event) else { return };
        if may_be_recording(&file.name()) && file.size() > 0.0 {
            app.uploads.add_to_call(app, file, (call_id, title.get_untracked()));
            sending::start_waiting(app);
        } else {
            app.toasts.show_error(t_string!(i18n, calls.refused_files, names = file.name()).to_string());
        }
    };
    view! {
        <label class="btn primary file-button">
            {text!(i18n, calls.upload_recording)}
            <input type="file" class="sr-only" accept=ACCEPTED on:change=choose />
        </label>
    }
}
