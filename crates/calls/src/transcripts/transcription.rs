//! Transcribing a recording. No transaction is open meanwhile.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use ::transcribe::{Options, Progress, Transcriber};
use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, watch};
use types::calls::{RecordingState, TranscriptState};
use types::{CallId, RecordingId, TranscriptId};

use super::audio::RecordingAudio;
use super::content::Content;
use super::storing;
use crate::store::active_speakers::{self, Turn};
use crate::store::recordings;
use crate::store::transcripts::{self, TranscriptRow};
use crate::{access, participants, view};

/// Seconds after which a job looks again whether it is its turn.
const TURN_SECONDS: i64 = 10;
/// The shortest pause between two words of progress.
const PROGRESS_PAUSE: Duration = Duration::from_secs(3);

/// What transcribes, and how many recordings at a time. Jobs that wait for their turn keep no other job waiting.
pub struct Transcription {
    transcriber: Transcriber,
    turns: Semaphore,
}

impl Transcription {
    /// Transcribes at most so many recordings at a time.
    pub fn new(transcriber: Transcriber, at_a_time: usize) -> Self {
        Self { transcriber, turns: Semaphore::new(at_a_time) }
    }
}

/// Writes down what is said in the recording of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscribeRecording {
    /// The call.
    pub call_id: CallId,
    /// The transcript that waits for it.
    pub transcript_id: TranscriptId,
}

/// What there is to do.
struct Work {
    recording_id: RecordingId,
    language: Option<String>,
    /// Who spoke when, where the provider of the call noted it.
    turns: Vec<Turn>,
}

impl Job for TranscribeRecording {
    const KIND: &'static str = "transcribe_recording";
    const MAX_ATTEMPTS: u32 = 6;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let transcription = ctx.extension::<Transcription>()?;
        let Ok(_turn) = transcription.turns.try_acquire() else {
            return ctx.write(&Actor::System, move |tx| self.wait(tx)).await;
        };
        let work = ctx.write(&Actor::System, move |tx| self.start(tx)).await?;
        let Some(work) = work else { return Ok(()) };
        match self.listen(&ctx, &transcription.transcriber, work).await? {
            Ok(content) => storing::store(&ctx, (self.call_id, self.transcript_id), content).await,
            Err(cause) => self.fail(&ctx, cause).await,
        }
    }
}

impl TranscribeRecording {
    /// Tries again when another recording may be done.
    fn wait(self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some(call) = access::lock_call_to_follow(tx, self.call_id)? {
            participants::name_contact(tx, &call)?;
            let at = tx.now().plus_seconds(TURN_SECONDS);
            tx.enqueue_at(&self, at)?;
        }
        Ok(())
    }

    /// Says that it has begun; nothing to do when the call is gone or another transcript took the place of this one.
    fn start(self, tx: &mut Tx<'_>) -> Result<Option<Work>> {
        let Some(call) = access::lock_call_to_follow(tx, self.call_id)? else { return Ok(None) };
        let row = transcripts::find(tx, call.id)?.filter(|row| row.id == self.transcript_id);
        let Some(row) = row.filter(|row| row.state != TranscriptState::Ready) else { return Ok(None) };
        let recording =
            recordings::find(tx, call.id)?.filter(|recording| recording.state == RecordingState::Ready);
        let Some(recording) = recording else { return Ok(None) };
        let turns = active_speakers::of_call(tx, call.id)?;
        let work = Work { recording_id: recording.id, language: row.language.clone(), turns };
        let row = TranscriptRow { state: TranscriptState::Running, progress: 0, error: None, ..row };
        transcripts::update(tx, &call, &row)?;
        participants::name_contact(tx, &call)?;
        view::touched(tx, &call)?;
        Ok(Some(work))
    }

    /// What is said; or why that cannot be known.
    async fn listen(
        self,
        ctx: &Ctx,
        transcriber: &Transcriber,
        work: Work,
    ) -> Result<std::result::Result<Content, ::transcribe::Error>> {
        let language = work.language.as_deref().map(str::parse).transpose();
        let language = match language {
            Ok(language) => language,
            Err(cause) => return Ok(Err(cause)),
        };
        let audio = Arc::new(RecordingAudio::fetch(ctx, work.recording_id).await?);
        let (sender, receiver) = watch::channel(0);
        let on_progress = |progress: Progress| match sender.send(percent(progress)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        let options = Options { language, ..Options::default() };
        let transcribing = transcriber.transcribe(audio, options, on_progress);
        tokio::select! {
            transcript = transcribing => match transcript {
                Ok(transcript) => Ok(Ok(Content::of_engine(transcript)?.told_apart(&work.turns))),
                Err(cause) => Ok(Err(cause)),
            },
            told = self.tell(ctx, receiver) => told.map(|()| Err(::transcribe::Error::Cancelled)),
        }
    }

    /// Tells of progress now and then; ends when the transcript is not wanted any more.
    async fn tell(self, ctx: &Ctx, mut progress: watch::Receiver<i32>) -> Result<()> {
        while progress.changed().await.is_ok() {
            let percent = *progress.borrow_and_update();
            if !ctx.write(&Actor::System, move |tx| self.note(tx, percent)).await? {
                break;
            }
            tokio::time::sleep(PROGRESS_PAUSE).await;
        }
        Ok(())
    }

    /// Notes how far it has come; whether it is still wanted.
    fn note(self, tx: &mut Tx<'_>, percent: i32) -> Result<bool> {
        let target = (self.call_id, self.transcript_id);
        let Some((call, row)) = storing::lock(tx, target)? else { return Ok(false) };
        if row.progress != percent {
            transcripts::update(tx, &call, &TranscriptRow { progress: percent, ..row })?;
            participants::name_contact(tx, &call)?;
            view::touched(tx, &call)?;
        }
        Ok(true)
    }

    /// Says why there is no transcript. It is tried again later where that makes sense.
    async fn fail(self, ctx: &Ctx, cause: ::transcribe::Error) -> Result<()> {
        let (state, error) = match &cause {
            ::transcribe::Error::Cancelled => return Ok(()),
            ::transcribe::Error::NotConfigured => (TranscriptState::NotConfigured, None),
            other => (TranscriptState::Failed, Some(reason(other))),
        };
        ctx.write(&Actor::System, move |tx| {
            let Some((call, row)) = storing::lock(tx, (self.call_id, self.transcript_id))? else {
                return Ok(());
            };
            let row = TranscriptRow { state, error: error.map(str::to_owned), ..row };
            transcripts::update(tx, &call, &row)?;
            participants::name_contact(tx, &call)?;
            view::touched(tx, &call).map(|_| ())
        })
        .await?;
        if cause.retry() {
            return Err(Error::Unavailable(cause.to_string()));
        }
        tracing::warn!(%cause, call = %self.call_id, "a call was not transcribed");
        Ok(())
    }
}

/// The reason for people; the engine's own words go to the log.
fn reason(cause: &::transcribe::Error) -> &'static str {
    match cause {
        ::transcribe::Error::Audio { .. } => "the recording cannot be decoded",
        ::transcribe::Error::Unreachable { .. } => {
            "the transcription engine cannot be reached; it is tried again"
        }
        ::transcribe::Error::Busy { .. } => "the transcription engine is busy; it is tried again",
        ::transcribe::Error::SignIn { .. } => "the transcription engine refuses the key in the settings",
        ::transcribe::Error::Invalid { .. } => "the language cannot be transcribed",
        _ => "the transcription engine refused the recording",
    }
}

fn percent(progress: Progress) -> i32 {
    let hundredths = (progress.done_ms * 100).checked_div(progress.total_ms).unwrap_or(100);
    // Storing what was heard is the rest.
    i32::try_from(hundredths).unwrap_or(99).min(99)
}
