//! The uploads at the corner of the screen, whatever is shown beside.

use leptos::{ev::Event, prelude::*};
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::uploads::{Upload, UploadState, progress};
use ui::{ConfirmDialog, Icon, IconButton, IconName};

use super::{chosen_file, sending};
use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::texts::{I18n, text};

/// The list of uploads.
#[component]
pub fn UploadsPanel() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let folded = RwSignal::new(false);
    let cancelling = DialogFor::<Upload>::new();
    let items = Memo::new(move |_| app.uploads.items());
    let ids = move || items.with(|items| items.iter().map(|upload| upload.id).collect::<Vec<_>>());
    let summary = move || match items.with(|items| progress(items)) {
        (0, _) => t_string!(i18n, calls.uploads).to_owned(),
        (count, percent) => {
            t_string!(i18n, calls.uploading_count, count = count, percent = percent).to_string()
        }
    };
    let fold_label = move || match folded.get() {
        true => t_string!(i18n, calls.show_uploads),
        false => t_string!(i18n, calls.hide_uploads),
    };
    view! {
        <section class="upload-panel" aria-label=text!(i18n, calls.uploads)>
            <header>
                <h2 aria-live="polite">{summary}</h2>
                <IconButton
                    label=fold_label
                    icon=IconName::ChevronDown
                    pressed=Signal::derive(move || folded.get())
                    on_press=move |_| folded.update(|folded| *folded = !*folded)
                />
            </header>
            <Show when=move || !folded.get()>
                <ul>
                    <For each=ids key=|id| *id children=move |id| view! { <Line id items cancelling /> } />
                </ul>
            </Show>
        </section>
        <CancelDialog dialog=cancelling />
    }
}

/// One upload: what it is, how far it has come, and what can be done.
#[component]
fn Line(id: u32, items: Memo<Vec<Upload>>, cancelling: DialogFor<Upload>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let upload = Memo::new(move |_| items.with(|items| items.iter().find(|upload| upload.id == id).cloned()));
    let title = move || upload.get().map(|upload| upload.title).unwrap_or_default();
    let percent = Memo::new(move |_| upload.get().map(|upload| upload.percent()).unwrap_or_default());
    let said = move || upload.get().map(|upload| state_text(i18n, &upload)).unwrap_or_default();
    let is_over = Memo::new(move |_| upload.get().is_some_and(|upload| upload.state.is_over()));
    let is_bad = Memo::new(move |_| {
        upload.get().is_some_and(|upload| {
            matches!(
                upload.state,
                UploadState::Failed(_) | UploadState::Duplicate(_) | UploadState::FileNeeded
            )
        })
    });
    view! {
        <li class:bad=move || is_bad.get()>
            <Show when=move || is_bad.get() fallback=|| view! { <Icon name=IconName::Phone /> }>
                <Icon name=IconName::Warning />
            </Show>
            <span class="lines">
                <span class="trunc" title=title>{title}</span>
                <Show when=move || !is_over.get()>
                    <progress max="100" value=move || percent.get().to_string() aria-label=title></progress>
                </Show>
                <span class="muted">{said}</span>
            </span>
            <span class="upload-actions">{move || upload.get().map(|upload| actions(app, cancelling, upload))}</span>
        </li>
    }
}

fn state_text(i18n: I18n, upload: &Upload) -> String {
    let text = match &upload.state {
        UploadState::Waiting => t_string!(i18n, calls.upload_waiting),
        UploadState::Checking => t_string!(i18n, calls.upload_checking),
        UploadState::Sending => {
            return t_string!(i18n, calls.upload_sending, percent = upload.percent()).to_string();
        }
        UploadState::Unreachable => t_string!(i18n, calls.upload_unreachable),
        UploadState::Paused => t_string!(i18n, calls.upload_paused),
        UploadState::Done => t_string!(i18n, calls.upload_done),
        UploadState::Duplicate(Some(_)) => t_string!(i18n, calls.upload_duplicate),
        UploadState::Duplicate(None) => t_string!(i18n, calls.upload_duplicate_unseen),
        UploadState::Failed(reason) => return reason.clone(),
        UploadState::FileNeeded => {
            return t_string!(i18n, calls.upload_file_needed, name = upload.file_name.clone()).to_string();
        }
    };
    text.to_owned()
}

fn actions(app: App, cancelling: DialogFor<Upload>, upload: Upload) -> impl IntoView {
    let i18n = app.i18n;
    let id = upload.id;
    let title = StoredValue::new(upload.title.clone());
    let is_over = upload.state.is_over();
    let cancelled = upload.clone();
    let main = match upload.state {
        UploadState::Waiting | UploadState::Checking | UploadState::Sending | UploadState::Unreachable => {
            let pause = move |_| app.uploads.set_state(id, UploadState::Paused);
            let label = move || t_string!(i18n, calls.pause_upload, name = title.get_value()).to_string();
            view! { <IconButton label icon=IconName::Pause on_press=pause /> }.into_any()
        }
        UploadState::Paused | UploadState::Failed(_) => {
            let label = move || t_string!(i18n, calls.resume_upload, name = title.get_value()).to_string();
            view! { <IconButton label icon=IconName::Refresh on_press=move |_| app.uploads.resume(app, id) /> }
                .into_any()
        }
        UploadState::FileNeeded => view! { <ChooseAgain id /> }.into_any(),
        UploadState::Done => upload.call_id.map(|call| open_link(i18n, call)).into_any(),
        UploadState::Duplicate(call) => call.map(|call| open_link(i18n, call)).into_any(),
    };
    let close_label = move || match is_over {
        true => t_string!(i18n, words.dismiss).to_owned(),
        false => t_string!(i18n, calls.cancel_upload, name = title.get_value()).to_string(),
    };
    let close = move |_| match is_over {
        true => app.uploads.remove(id),
        false => cancelling.show(cancelled.clone()),
    };
    view! { {main} <IconButton label=close_label icon=IconName::Close on_press=close /> }
}

fn open_link(i18n: I18n, call: types::CallId) -> impl IntoView {
    view! { <A href=format!("/calls/{call}")>{text!(i18n, calls.open_call)}</A> }
}

/// Asks for the file of an upload that a closed page has interrupted.
#[component]
fn ChooseAgain(id: u32) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let choose = move |event: Event| {
        let Some(file) = chosen_file(&event) else { return };
        if !app.uploads.resume_with(app, id, file) {
            app.toasts.show_error(t_string!(i18n, calls.another_file));
        }
    };
    view! {
        <label class="btn file-button">
            {text!(i18n, calls.choose_file)}
            <input type="file" class="sr-only" on:change=choose />
        </label>
    }
}

/// Gives an upload up, after a question.
#[component]
fn CancelDialog(dialog: DialogFor<Upload>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let title = move || {
        t_string!(i18n, calls.cancel_upload, name = dialog.of(|upload| upload.title.clone())).to_string()
    };
    let confirm = move |()| {
        if let Some(upload) = dialog.get_untracked() {
            sending::cancel(app, upload.id);
        }
        dialog.open.set(false);
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, calls.cancel_this_upload)
            cancel_label=text!(i18n, calls.keep_uploading)
            on_confirm=confirm
        >
            <p>{move || t_string!(i18n, calls.cancel_effect, percent = dialog.of(Upload::percent)).to_string()}</p>
        </ConfirmDialog>
    }
}
