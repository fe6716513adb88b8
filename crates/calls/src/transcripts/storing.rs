//! Storing what a transcript says, in steps that do not hold the writer for long.

use std::sync::Arc;

use platform::{Actor, Ctx, Error, Granted, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::calls::TranscriptState;
use types::{CallId, SpeakerId, TranscriptId};

use super::content::{Content, Said};
use crate::store::calls::CallRow;
use crate::store::segments::{self, SegmentRow};
use crate::store::speakers::{self, SpeakerRow};
use crate::store::transcripts::{self, TranscriptRow};
use crate::store::{deletion, terms};
use crate::{access, associations, participants, speakers as matching, terms as tracked, view};

/// Segments that are stored in one transaction, each with its words: about 10 ms of SQLite's writer.
const AT_A_TIME: usize = 100;

/// Stores what an imported transcript says in the place of what the one before said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreTranscript {
    /// The call.
    pub call_id: CallId,
    /// The transcript.
    pub transcript_id: TranscriptId,
    /// What it says.
    pub content: Content,
}

impl Job for StoreTranscript {
    const KIND: &'static str = "store_transcript";

    async fn run(self, ctx: Ctx) -> Result<()> {
        store(&ctx, (self.call_id, self.transcript_id), self.content).await
    }
}

/// A transcript that is being stored.
type Target = (CallId, TranscriptId);

/// Stores what a transcript says. Begins anew when it was broken off, and stops when another transcript takes its place or
/// the call is deleted.
pub(crate) async fn store(ctx: &Ctx, target: Target, content: Content) -> Result<()> {
    let content = Arc::new(content);
    while ctx.write(&Actor::System, move |tx| clear(tx, target)).await? {}
    let speakers = {
        let content = content.clone();
        ctx.write(&Actor::System, move |tx| add_speakers(tx, target, &content)).await?
    };
    let Some(speakers) = speakers.map(Arc::new) else { return Ok(()) };
    for first in (0..content.segments.len()).step_by(AT_A_TIME) {
        let (content, speakers) = (content.clone(), speakers.clone());
        ctx.write(&Actor::System, move |tx| {
            let some = content.segments.iter().skip(first).take(AT_A_TIME);
            add_segments(tx, target, &speakers, first, some)
        })
        .await?;
    }
    ctx.write(&Actor::System, move |tx| finish(tx, target, &content)).await
}

/// The call and its transcript, unless it is not this one any more.
pub(super) fn lock(
    tx: &mut Tx<'_>,
    (call, transcript): Target,
) -> Result<Option<(Granted<CallRow>, TranscriptRow)>> {
    let Some(call) = access::lock_call_to_follow(tx, call)? else { return Ok(None) };
    let row = transcripts::find(tx, call.id)?.filter(|row| row.id == transcript);
    Ok(row.filter(|row| row.state == TranscriptState::Running).map(|row| (call, row)))
}

/// Takes away some of what the transcript before said; whether there may be more.
fn clear(tx: &mut Tx<'_>, target: Target) -> Result<bool> {
    let Some((call, _)) = lock(tx, target)? else { return Ok(false) };
    if deletion::segments(tx, call.id)? > 0 {
        return Ok(true);
    }
    transcripts::delete_votes(tx, &call)?;
    Ok(false)
}

fn add_speakers(tx: &mut Tx<'_>, target: Target, content: &Content) -> Result<Option<Vec<SpeakerId>>> {
    let Some((call, _)) = lock(tx, target)? else { return Ok(None) };
    // Those of the transcript before, and those that somebody added meanwhile.
    speakers::delete(tx, &call)?;
    let mut ids = Vec::with_capacity(content.speakers.len());
    for (heard, number) in content.speakers.iter().zip(1..) {
        let row = SpeakerRow {
            id: tx.new_id(),
            call_id: call.id,
            number,
            channel: heard.channel,
            name: heard.name.clone(),
            participant_id: None,
            matched_by: None,
        };
        speakers::insert(tx, &call, &row)?;
        ids.push(row.id);
    }
    Ok(Some(ids))
}

fn add_segments<'s>(
    tx: &mut Tx<'_>,
    target: Target,
    speakers: &[SpeakerId],
    first: usize,
    said: impl Iterator<Item = &'s Said>,
) -> Result<()> {
    // Terms that change meanwhile wait for this, so that each segment is looked through for each term.
    tracked::lock(tx)?;
    let Some((call, _)) = lock(tx, target)? else { return Ok(()) };
    let first = i64::try_from(first).map_err(Error::internal)?;
    let mut rows = Vec::with_capacity(AT_A_TIME);
    for (seq, said) in (first + 1..).zip(said) {
        rows.push(SegmentRow {
            id: tx.new_id(),
            call_id: call.id,
            seq,
            speaker_id: said.speaker.and_then(|place| speakers.get(place).copied()),
            start_ms: said.start_ms,
            end_ms: said.end_ms,
            text: said.text.clone(),
            original_text: None,
            edited_by: None,
            edited_at: None,
            confidence: said.confidence,
        });
    }
    segments::insert(tx, &call, &rows)?;
    let hits = tracked::Matcher::of(&terms::list(tx)?).hits(&rows);
    terms::insert_hits(tx, &hits)
}

/// Says that all is stored, and who the speakers are as far as that is plain.
fn finish(tx: &mut Tx<'_>, target: Target, content: &Content) -> Result<()> {
    let Some((call, row)) = lock(tx, target)? else { return Ok(()) };
    let row = TranscriptRow {
        state: TranscriptState::Ready,
        progress: 100,
        error: None,
        engine: content.engine.clone(),
        model: content.model.clone(),
        language: content.language.clone(),
        separation: Some(content.separation),
        finished_at: Some(tx.now()),
        ..row
    };
    transcripts::update(tx, &call, &row)?;
    matching::match_automatically(tx, &call, &row)?;
    participants::name_contact(tx, &call)?;
    associations::write_timelines(tx, &call)?;
    view::touched(tx, &call)?;
    Ok(())
}
