//! The recording as long as it cannot be played, and what is wrong with one that can.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::calls::{CallPath, RecordingProblem, RecordingProblemCode, RecordingState, RecordingUpload};
use ui::{Banner, EmptyState, ErrorState, Icon, IconName, Tone};

use super::super::uploads::UploadRecording;
use super::open_call::{OpenCall, use_call};
use crate::remote::Remote;
use crate::texts::{I18n, text};

fn state_of(open: OpenCall) -> RecordingState {
    open.recording
        .with(|recording| recording.as_ref().map_or(RecordingState::None, |recording| recording.state))
}

/// Whether there is something to play. Tracked.
pub fn is_playable(open: OpenCall) -> bool {
    state_of(open) == RecordingState::Ready
}

/// The call was deleted, or is not for this user any more.
#[component]
pub fn Removed() -> impl IntoView {
    let i18n = use_call().app.i18n;
    view! {
        <EmptyState icon=IconName::Phone title=text!(i18n, call.removed) body=text!(i18n, call.removed_hint)>
            <A href="/calls" attr:class="btn">{text!(i18n, call.back_to_calls)}</A>
        </EmptyState>
    }
}

/// What there is instead of a player.
#[component]
pub fn WithoutRecording() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let state = Memo::new(move |_| state_of(open));
    move || {
        match state.get() {
        RecordingState::None | RecordingState::Ready => {
            view! {
                <EmptyState icon=IconName::Phone title=text!(i18n, call.no_recording) body=text!(i18n, call.no_recording_hint)>
                    <Upload open />
                </EmptyState>
            }
            .into_any()
        }
        RecordingState::Uploading => view! { <Uploading open /> }.into_any(),
        RecordingState::Processing => {
            view! {
                <EmptyState icon=IconName::Clock title=text!(i18n, call.processing) body=text!(i18n, call.processing_hint)>
                    <progress aria-label=text!(i18n, call.processing)></progress>
                </EmptyState>
            }
            .into_any()
        }
        RecordingState::Failed => {
            let on_retry = move |()| open.call.reload();
            view! {
                <ErrorState title=text!(i18n, call.recording_failed) body=text!(i18n, call.recording_failed_hint) retry_label=text!(i18n, call.look_again) on_retry />
                <Upload open />
            }
            .into_any()
        }
    }
    }
}

/// Uploads the recording, where that may be.
#[component]
fn Upload(open: OpenCall) -> impl IntoView {
    let title = Signal::derive(move || open.call.get().map(|call| call.title).unwrap_or_default());
    let is_taken = move || open.settings.get().is_some_and(|settings| settings.recording);
    view! {
        <Show when=move || open.may_edit.get() && is_taken()>
            <UploadRecording call_id=open.id title />
        </Show>
    }
}

/// How much of the upload has arrived.
#[component]
fn Uploading(open: OpenCall) -> impl IntoView {
    let i18n = open.app.i18n;
    let upload = Remote::new(move || {
        // Each part that arrives changes the call.
        open.recording.with(|_| ());
        async move { open.app.api().get_recording_upload(&CallPath { call_id: open.id }).await }
    });
    let percent = move || upload.get().as_ref().map_or(0, percent_of);
    let title = move || t_string!(i18n, call.uploading, percent = percent()).to_string();
    view! {
        <EmptyState icon=IconName::Clock title body=text!(i18n, call.uploading_hint)>
            <progress max="100" prop:value=move || percent().to_string() aria-label=title></progress>
        </EmptyState>
    }
}

fn percent_of(upload: &RecordingUpload) -> usize {
    upload.received.len() * 100 / usize::try_from(upload.parts).unwrap_or(1).max(1)
}

/// What is wrong with the recording, said before anybody wonders.
#[component]
pub fn Problems() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let problems = Memo::new(move |_| {
        open.recording.with(|recording| recording.as_ref().map(|r| r.problems.clone()).unwrap_or_default())
    });
    let line = move |problem: RecordingProblem| {
        let detail = problem.detail.clone();
        view! {
            <Banner tone=Tone::Warn icon=IconName::Warning>
                <span title=detail>{move || problem_text(i18n, &problem)}</span>
            </Banner>
        }
    };
    let technical = move || {
        let name = open.recording.get().and_then(|recording| recording.name)?;
        Some(
            view! { <p class="muted recording-name"><Icon name=IconName::File /> <span class="trunc">{name}</span></p> },
        )
    };
    view! {
        <div class="recording-problems">
            {move || problems.get().into_iter().map(line).collect_view()}
            <Show when=move || !is_playable(open)>{technical}</Show>
        </div>
    }
}

/// A problem in the language of the app; the server's own words give the figures on hover.
fn problem_text(i18n: I18n, problem: &RecordingProblem) -> String {
    let text = match problem.code {
        RecordingProblemCode::Incomplete => t_string!(i18n, call.problem_incomplete),
        RecordingProblemCode::SilentChannel => {
            let channel = problem.channel.unwrap_or_default() + 1;
            return t_string!(i18n, call.problem_silent_channel, channel = channel).to_string();
        }
        RecordingProblemCode::DurationDiffers => t_string!(i18n, call.problem_duration_differs),
        RecordingProblemCode::UnknownFormat => t_string!(i18n, call.problem_unknown_format),
        RecordingProblemCode::NoAudio => t_string!(i18n, call.problem_no_audio),
        RecordingProblemCode::Unreadable => t_string!(i18n, call.problem_unreadable),
        RecordingProblemCode::TooLong => t_string!(i18n, call.problem_too_long),
        RecordingProblemCode::WrongChecksum => t_string!(i18n, call.problem_wrong_checksum),
        RecordingProblemCode::Duplicate => t_string!(i18n, call.problem_duplicate),
        RecordingProblemCode::NotFetched => t_string!(i18n, call.problem_not_fetched),
    };
    text.to_owned()
}
