//! Why there is nothing to read, and what to do about it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::TranscriptState;
use ui::{Button, ButtonKind, EmptyState, ErrorState, IconName};

use super::super::open_call::{OpenCall, use_call};
use super::Pane;
use crate::texts::text;

/// The pane as long as there are no lines.
#[component]
pub fn WithoutLines() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let pane = expect_context::<Pane>();
    move || {
        if !open.has_intelligence.get() {
            return view! {
                <EmptyState icon=IconName::Lock title=text!(i18n, call.no_seat) body=text!(i18n, call.no_seat_hint) />
            }
            .into_any();
        }
        match open.transcript_state.get() {
            Some(TranscriptState::Waiting) => {
                view! {
                    <EmptyState icon=IconName::Clock title=text!(i18n, call.waits) body=text!(i18n, call.waits_hint) />
                }
                .into_any()
            }
            Some(TranscriptState::Running) => view! { <Progress open /> }.into_any(),
            Some(TranscriptState::Failed) => {
                let body = move || {
                    let error = open.transcript.get().flatten().and_then(|transcript| transcript.error);
                    let hint = t_string!(i18n, call.failed_hint);
                    error.map_or_else(|| hint.to_owned(), |error| format!("{hint} ({error})"))
                };
                let on_retry = move |()| pane.transcribe_open.set(true);
                view! {
                    <ErrorState title=text!(i18n, call.failed) body retry_label=text!(i18n, words.try_again) on_retry />
                }
                .into_any()
            }
            Some(TranscriptState::NotConfigured) => {
                view! {
                    <EmptyState icon=IconName::Info title=text!(i18n, call.no_engine) body=text!(i18n, call.no_engine_hint)>
                        <Actions open can_transcribe=false />
                    </EmptyState>
                }
                .into_any()
            }
            Some(TranscriptState::Ready) | None => {
                view! {
                    <EmptyState icon=IconName::File title=text!(i18n, call.no_transcript) body=text!(i18n, call.no_transcript_hint)>
                        <Actions open can_transcribe=true />
                    </EmptyState>
                }
                .into_any()
            }
        }
    }
}

#[component]
fn Actions(open: OpenCall, can_transcribe: bool) -> impl IntoView {
    let i18n = open.app.i18n;
    let pane = expect_context::<Pane>();
    let choose_file = move |_| {
        if let Some(input) = pane.import_input.get_untracked() {
            input.click();
        }
    };
    let transcribe = move || {
        can_transcribe.then(|| {
            view! {
                <Button kind=ButtonKind::Primary on_press=move |_| pane.transcribe_open.set(true)>
                    {text!(i18n, call.transcribe)}
                </Button>
            }
        })
    };
    view! {
        <Show when=move || open.may_edit.get() && open.player.is_ready()>
            {transcribe}
            <Button on_press=choose_file>{text!(i18n, call.import_transcript)}</Button>
        </Show>
    }
}

#[component]
fn Progress(open: OpenCall) -> impl IntoView {
    let i18n = open.app.i18n;
    let percent = Memo::new(move |_| open.transcript.get().flatten().map(|t| t.progress).unwrap_or_default());
    let title = move || t_string!(i18n, call.transcribing, percent = percent.get()).to_string();
    view! {
        <EmptyState icon=IconName::Clock title body=text!(i18n, call.transcribing_hint)>
            <progress max="100" prop:value=move || percent.get().to_string() aria-label=title></progress>
        </EmptyState>
    }
}
