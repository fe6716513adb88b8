//! What the page knows of its call, fetched when it opens and again when the call changes.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use state::recording::{Bounds, Peaks, Stretch, silences};
use types::calls::{
    Call, CallComment, CallMetrics, CallPath, CallSettings, CallTerms, ListSegments, Recording,
    RecordingState, Segment, Speakers, Transcript, TranscriptState,
};
use types::{CallId, Permission};

use super::comments;
use super::drafts::Drafts;
use super::player::Player;
use super::search::Search;
use crate::context::{App, use_app};
use crate::download::fetch_bytes;
use crate::remote::Remote;

/// So many segments are drawn before the rest has come.
const FIRST_SEGMENTS: u16 = 200;
/// The largest page of segments that the server gives.
const SEGMENTS: u16 = 5000;

/// The call of the page: cheap to copy, the same in every part of it. Get it with [`use_call`].
#[derive(Clone, Copy)]
pub struct OpenCall {
    pub app: App,
    pub id: CallId,
    /// Its facts, participants, and how far recording and transcript have come.
    pub call: Remote<Call>,
    /// The recording, as long as it stays the same.
    pub recording: Memo<Option<Recording>>,
    /// How far the transcript has come; absent without one.
    pub transcript_state: Memo<Option<TranscriptState>>,
    /// The transcript; absent without one, and without the permission.
    pub transcript: Remote<Option<Transcript>>,
    /// What was said, in order of time: all of it, or as much as has come.
    pub segments: RwSignal<Vec<Segment>>,
    /// Who is heard; absent without a transcript.
    pub speakers: Remote<Option<Speakers>>,
    /// How they talk; absent without a transcript.
    pub metrics: Remote<Option<CallMetrics>>,
    /// The tracked terms that were said; absent without a transcript.
    pub terms: Remote<Option<CallTerms>>,
    /// What colleagues say about it.
    pub comments: Remote<Vec<CallComment>>,
    /// The settings of recording.
    pub settings: Remote<CallSettings>,
    /// The waveform.
    pub peaks: RwSignal<Option<Peaks>>,
    /// The part of the recording that the waveform shows.
    pub stretch: RwSignal<Stretch>,
    /// The clip that is being made.
    pub bounds: RwSignal<Bounds>,
    pub player: Player,
    pub search: Search,
    pub drafts: Drafts,
    /// Whether the user may change the call.
    pub may_edit: Signal<bool>,
    /// Whether the user has transcripts and what is made of them.
    pub has_intelligence: Signal<bool>,
    /// Rises when the call changed.
    revision: Memo<(u64, u64)>,
}

/// The call of the page.
pub fn use_call() -> OpenCall {
    expect_context()
}

impl OpenCall {
    /// Fetches the call.
    pub fn new(id: CallId) -> Self {
        let app = use_app();
        let revision = Memo::new(move |_| app.read(|state| (state.calls.revision(id), state.refreshes)));
        let path = CallPath { call_id: id };
        let call = Remote::new(move || {
            revision.get();
            async move { app.api().get_call(&path).await }
        });
        let recording = Memo::new(move |_| call.get().map(|call| call.recording));
        let has_intelligence = app.may(Permission::UseCallIntelligence);
        let transcript_state = Memo::new(move |_| call.get().and_then(|call| call.transcript));
        let is_transcribed = Memo::new(move |_| {
            has_intelligence.get() && transcript_state.get() == Some(TranscriptState::Ready)
        });
        let player = Player::new(app, id, recording);
        let whole = player.duration_ms.get_untracked();
        let may_edit_calls = app.may(Permission::EditCalls);
        let is_owner = Memo::new(move |_| {
            let owner = call.get().and_then(|call| call.owner_id);
            owner.is_some() && owner == app.read(state::State::my_id)
        });
        let open = Self {
            app,
            id,
            call,
            recording,
            transcript_state,
            transcript: Remote::new(move || {
                let wanted = has_intelligence.get() && transcript_state.get().is_some();
                revision.get();
                async move { if wanted { app.api().get_transcript(&path).await.map(Some) } else { Ok(None) } }
            }),
            segments: RwSignal::new(Vec::new()),
            speakers: of_transcript(is_transcribed, revision, move || async move {
                app.api().list_speakers(&path).await
            }),
            metrics: of_transcript(is_transcribed, revision, move || async move {
                app.api().get_call_metrics(&path).await
            }),
            terms: of_transcript(is_transcribed, revision, move || async move {
                app.api().list_call_terms(&path).await
            }),
            comments: comments::fetch(app, id),
            settings: Remote::new(move || async move { app.api().get_call_settings().await }),
            peaks: RwSignal::new(None),
            stretch: RwSignal::new(Stretch::whole(whole)),
            bounds: RwSignal::new(Bounds::whole(whole)),
            player,
            search: Search::new(app, id),
            drafts: Drafts::load(app, id),
            may_edit: Signal::derive(move || may_edit_calls.get() || is_owner.get()),
            has_intelligence,
            revision,
        };
        open.fetch_segments(is_transcribed);
        open.fetch_peaks();
        open.follow_recording();
        open
    }

    /// The call in the paths of requests.
    pub fn path(self) -> CallPath {
        CallPath { call_id: self.id }
    }

    /// Fetches all segments when there are any and when the call changes: a first few to show at once, then the rest.
    fn fetch_segments(self, is_transcribed: Memo<bool>) {
        let newest = StoredValue::new(0_u32);
        Effect::new(move |_| {
            self.revision.get();
            newest.update_value(|count| *count += 1);
            if !is_transcribed.get() {
                self.segments.set(Vec::new());
                return;
            }
            let mine = newest.get_value();
            let is_newest = move || newest.try_get_value() == Some(mine);
            spawn_local(async move {
                let fetched = self.all_segments(is_newest).await;
                match fetched {
                    Ok(Some(segments)) => self.segments.set(segments),
                    Ok(None) => {}
                    Err(error) => self.app.fail(&error),
                }
            });
        });
    }

    /// All segments; `None` when they are not wanted any more.
    async fn all_segments(self, is_wanted: impl Fn() -> bool) -> Result<Option<Vec<Segment>>, ClientError> {
        let (mut segments, mut cursor) = (Vec::new(), None);
        let is_first_time = self.segments.with_untracked(Vec::is_empty);
        let mut limit = if is_first_time { FIRST_SEGMENTS } else { SEGMENTS };
        loop {
            let query = ListSegments { cursor, limit: Some(limit), from_ms: None, until_ms: None };
            let page = self.app.api().list_segments(&self.path(), &query).await?;
            if !is_wanted() {
                return Ok(None);
            }
            segments.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(Some(segments));
            }
            if is_first_time {
                self.segments.set(segments.clone());
            }
            limit = SEGMENTS;
        }
    }

    /// Fetches the overview of the waveform for each recording that can be played.
    fn fetch_peaks(self) {
        let playable = Memo::new(move |_| {
            self.recording
                .with(|r| r.as_ref().filter(|r| r.state == RecordingState::Ready).and_then(|r| r.id))
        });
        Effect::new(move |_| {
            self.peaks.set(None);
            let Some(id) = playable.get() else { return };
            spawn_local(async move {
                let path = format!("/v1/calls/{}/peaks", self.id);
                // Without a waveform the lanes show who speaks when, and everything else works.
                let Ok(bytes) = fetch_bytes(self.app, path).await else { return };
                if playable.try_get_untracked().flatten() == Some(id) {
                    self.peaks.set(Peaks::parse(&bytes));
                }
            });
        });
    }

    /// A recording that has come, or another one, is shown as a whole. Pauses are those of the transcript, or else those of
    /// the waveform.
    fn follow_recording(self) {
        Effect::new(move |_| {
            let duration_ms = self.player.duration_ms.get();
            self.stretch.set(Stretch::whole(duration_ms));
            self.bounds.set(Bounds::whole(duration_ms));
        });
        Effect::new(move |_| {
            let duration_ms = self.player.duration_ms.get();
            let said: Vec<_> =
                self.segments.with(|segments| segments.iter().map(|s| s.start_ms..s.end_ms).collect());
            let heard = if said.is_empty() {
                self.peaks.with(|peaks| peaks.as_ref().map(Peaks::sound).unwrap_or_default())
            } else {
                said
            };
            // Nothing known is not silence.
            let pauses = if heard.is_empty() { Vec::new() } else { silences(heard, duration_ms) };
            self.player.set_silences(pauses);
        });
    }

    /// Takes a segment as the server has answered it.
    pub fn take_segment(self, segment: Segment) {
        self.segments.update(|segments| {
            if let Some(known) = segments.iter_mut().find(|known| known.id == segment.id) {
                *known = segment;
            }
        });
    }
}

/// Something that is there with the transcript.
fn of_transcript<T, F>(
    is_transcribed: Memo<bool>,
    revision: Memo<(u64, u64)>,
    load: impl Fn() -> F + Copy + 'static,
) -> Remote<Option<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, ClientError>> + 'static,
{
    Remote::new(move || {
        revision.get();
        let wanted = is_transcribed.get();
        async move { if wanted { load().await.map(Some) } else { Ok(None) } }
    })
}
