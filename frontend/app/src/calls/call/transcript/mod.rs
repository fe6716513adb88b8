//! What was said, beside the player: it follows playback, is searched, corrected, shared, taken in and out.

mod editing;
mod exporting;
mod importing;
mod line;
mod lines;
mod passage;
mod searching;
mod speaker_menu;
mod states;
mod transcribing;
mod votes;

use leptos::prelude::*;
use types::calls::{TranscriptFormat, TranscriptState};
use ui::{IconName, Menu, MenuItem, MenuSeparator};

use super::open_call::{OpenCall, use_call};
use crate::texts::text;
use importing::ImportInput;
use lines::Lines;
use passage::PassageDialog;
use searching::SearchField;
use states::WithoutLines;
use transcribing::TranscribeDialog;
use votes::Votes;

/// What the parts of the transcript share.
#[derive(Clone, Copy)]
struct Pane {
    /// The file field of the import.
    import_input: NodeRef<leptos::html::Input>,
    /// Whether the dialog to transcribe (again) is open.
    transcribe_open: RwSignal<bool>,
    /// The segment whose link is shown.
    passage: crate::forms::DialogFor<types::calls::Segment>,
}

/// The pane of the transcript.
#[component]
pub fn TranscriptPane() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let pane = Pane {
        import_input: NodeRef::new(),
        transcribe_open: RwSignal::new(false),
        passage: crate::forms::DialogFor::new(),
    };
    provide_context(pane);
    let has_lines = Memo::new(move |_| {
        open.has_intelligence.get() && open.transcript_state.get() == Some(TranscriptState::Ready)
    });
    view! {
        <section class="card transcript" aria-labelledby="transcript-title">
            <header>
                <h2 id="transcript-title">{text!(i18n, call.transcript)}</h2>
                <Show when=move || has_lines.get()><SearchField /></Show>
                <More open />
            </header>
            <Show when=move || has_lines.get() fallback=|| view! { <WithoutLines /> }>
                <Lines />
                <Votes />
            </Show>
            <ImportInput />
            <TranscribeDialog />
            <PassageDialog />
        </section>
    }
    .into_any()
}

#[component]
fn More(open: OpenCall) -> impl IntoView {
    let i18n = open.app.i18n;
    let pane = expect_context::<Pane>();
    let is_ready = Memo::new(move |_| open.transcript_state.get() == Some(TranscriptState::Ready));
    let may_change = Memo::new(move |_| open.may_edit.get() && open.player.is_ready());
    let choose_file = move |()| {
        if let Some(input) = pane.import_input.get_untracked() {
            input.click();
        }
    };
    let is_shown = move || open.has_intelligence.get() && (is_ready.get() || may_change.get());
    let export = move |format: TranscriptFormat, label: &'static str| {
        view! { <MenuItem icon=IconName::Download on_select=move |()| exporting::export(open, format)>{label}</MenuItem> }
    };
    view! {
        <Show when=is_shown>
            <Menu label=text!(i18n, words.more) icon=IconName::More icon_only=true>
                <Show when=move || is_ready.get()>
                    {export(TranscriptFormat::Vtt, "WebVTT")}
                    {export(TranscriptFormat::Srt, "SubRip (SRT)")}
                    {export(TranscriptFormat::Txt, "TXT")}
                    {export(TranscriptFormat::Json, "JSON")}
                    <MenuSeparator />
                </Show>
                <Show when=move || may_change.get()>
                    <MenuItem on_select=choose_file>{text!(i18n, call.import_transcript)}</MenuItem>
                    <MenuItem on_select=move |()| pane.transcribe_open.set(true)>{text!(i18n, call.transcribe)}</MenuItem>
                </Show>
            </Menu>
        </Show>
    }
}
