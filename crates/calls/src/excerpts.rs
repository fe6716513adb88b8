//! What slices above take of calls: which of them somebody may see, and stretches of what is heard and said in them.

use std::collections::HashMap;

use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;
use media::{Container, SNIFFED_BYTES};
use platform::{Actor, Ctx, Error, Result, Tx};
use types::calls::{RecordingState, TranscriptState};
use types::{CallId, ContactId, Event};

use crate::recordings::{Fetched, examination};
use crate::store::calls::{self, CallRow};
use crate::store::{participants, recordings, segments, transcripts};
use crate::{access, speakers, view};

/// A call that the actor may see.
#[derive(Clone, Debug)]
pub struct SeenCall {
    /// Its id.
    pub id: CallId,
    /// What it is called in lists.
    pub title: String,
    /// How long its recording is, in milliseconds; absent if there is none that can be played.
    pub recorded_ms: Option<i64>,
}

/// A call.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub fn read(tx: &mut Tx<'_>, id: CallId) -> Result<SeenCall> {
    let row = access::read_call(tx, id)?;
    seen(tx, &row)
}

/// A call that stays until the end of the transaction. What is emitted, enqueued and audited from here on is about the
/// contact who is heard in it.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub fn hold(tx: &mut Tx<'_>, id: CallId) -> Result<SeenCall> {
    let row = access::hold_call(tx, id)?;
    let contacts: Vec<ContactId> = participants::contacts_of(tx, id)?;
    tx.about(contacts.first().copied());
    seen(tx, &row)
}

fn seen(tx: &mut Tx<'_>, row: &CallRow) -> Result<SeenCall> {
    let recording =
        recordings::find(tx, row.id)?.filter(|recording| recording.state == RecordingState::Ready);
    Ok(SeenCall {
        id: row.id,
        title: row.title.clone(),
        recorded_ms: recording.and_then(|recording| recording.duration_ms),
    })
}

/// Insists that the actor may change a call: as its owner, or because of the permission.
///
/// # Errors
/// [`Error::NotFound`] for a call that the actor may not see; [`Error::Forbidden`] otherwise.
pub fn require_change(tx: &mut Tx<'_>, id: CallId) -> Result<()> {
    access::read_call_to_change(tx, id).map(|_| ())
}

/// Whether a call is there, whoever asks.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn exists(tx: &mut Tx<'_>, id: CallId) -> Result<bool> {
    Ok(calls::find(tx, id)?.is_some())
}

/// Whether somebody else than who acts may see a call.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn is_seen_by(tx: &mut Tx<'_>, id: CallId, actor: &Actor) -> Result<bool> {
    match calls::find(tx, id)? {
        Some(call) => access::may_see(tx, actor, &call),
        None => Ok(false),
    }
}

/// A condition of a query: that the call which a column names is one that the actor may see.
///
/// # Errors
/// [`Error::Forbidden`] for a program without `ReadCalls`.
pub fn is_seen(tx: &Tx<'_>, column: &'static str) -> Result<SqlLiteral<Bool>> {
    Ok(calls::in_scope(&access::scope(tx)?, column))
}

/// Tells whoever may see a call of something that belongs to it. Nobody is told when the call is gone.
///
/// # Errors
/// What a subscriber returns.
pub fn tell(tx: &mut Tx<'_>, id: CallId, event: Event) -> Result<()> {
    match calls::find(tx, id)? {
        Some(call) => view::tell(tx, &call, event),
        None => Ok(()),
    }
}

/// A recording in a file of its own, which goes with it.
pub struct Recorded {
    /// The file.
    pub file: Fetched,
    /// What kind of file it is.
    pub container: Container,
    /// Whether it has a picture.
    pub picture: bool,
    /// How long it is, in milliseconds.
    pub duration_ms: u64,
    /// What working on it may cost.
    pub limits: media::Limits,
}

/// Fetches the recording of a call, whoever asks; nothing when the call has none that can be played any more.
///
/// # Errors
/// [`Error::Unavailable`] when the store cannot be used.
pub async fn fetch_recording(ctx: &Ctx, id: CallId) -> Result<Option<Recorded>> {
    let found = ctx.read(&Actor::System, move |tx| {
        if calls::find(tx, id)?.is_none() {
            return Ok(None);
        }
        Ok(recordings::find(tx, id)?.filter(|recording| recording.state == RecordingState::Ready))
    });
    let Some(recording) = found.await? else { return Ok(None) };
    let file = Fetched::fetch(ctx, recording.id).await?;
    let head = file.head(SNIFFED_BYTES).await?;
    let container = media::sniff(&head).ok_or_else(|| Error::internal("a recording of no known kind"))?;
    let duration_ms = u64::try_from(recording.duration_ms.unwrap_or_default()).map_err(Error::internal)?;
    let limits = examination::limits(ctx.config());
    Ok(Some(Recorded { file, container, picture: recording.has_picture, duration_ms, limits }))
}

/// Something that one speaker said without a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenPassage {
    /// Where it begins, in milliseconds from the beginning of the recording.
    pub start_ms: i64,
    /// Where it ends.
    pub end_ms: i64,
    /// Who said it; nothing if nobody can tell.
    pub speaker: Option<String>,
    /// What was said.
    pub text: String,
}

/// What was said in a call from its first word to its last between two moments, whoever asks: what only begins or ends
/// there is left out. Empty without a transcript that is ready.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn said_within(tx: &mut Tx<'_>, id: CallId, from_ms: i64, until_ms: i64) -> Result<Vec<SpokenPassage>> {
    let transcript = transcripts::find(tx, id)?;
    if transcript.is_none_or(|transcript| transcript.state != TranscriptState::Ready) {
        return Ok(Vec::new());
    }
    let names: HashMap<_, _> = speakers::names(tx, &[id])?.into_iter().collect();
    let rows = segments::list(tx, id, (Some(from_ms), Some(until_ms)), 0, i64::MAX)?.into_iter();
    let within = rows.filter(|row| row.start_ms >= from_ms && row.end_ms <= until_ms);
    let passage = |row: segments::SegmentRow| SpokenPassage {
        start_ms: row.start_ms,
        end_ms: row.end_ms,
        speaker: row.speaker_id.and_then(|speaker| names.get(&speaker).cloned()),
        text: row.text,
    };
    Ok(within.map(passage).collect())
}
