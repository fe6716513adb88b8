//! A recording of Zoom becomes a call.

use platform::{Actor, Error, JobError, Key, Result, Tx};
use types::calls::{CallDirection, CallSource, CreateCall, TranscriptSource};
use types::{RecordingId, UserId};
use zoom::{Meeting, Part, RecordingFile, timeline};

use super::Connected;
use super::people::{self, Person};
use crate::recordings::{self, Arrived};
use crate::store::active_speakers::{self, Turn};
use crate::store::zoom_recordings::{self, ZoomRecordingRow};
use crate::transcripts::{self, Content};
use crate::{access, calls, fields};

/// Most bytes of a transcript, and of who spoke when.
const MOST_TEXT_BYTES: usize = 32 * 1024 * 1024;

/// Whose call it is, and who took part.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) owner_id: UserId,
    pub(super) people: Vec<Person>,
}

/// All that makes the call.
#[derive(Clone, Debug)]
struct NewCall {
    key: String,
    name: String,
    request: CreateCall,
    people: Vec<Person>,
    arrived: Arrived,
    transcript: Option<Content>,
    turns: Vec<Turn>,
}

/// Fetches one stretch of a recording, and makes a call of it.
pub(super) async fn take(
    connected: &Connected<'_>,
    meeting: &Meeting,
    part: &Part,
    source: &Source,
) -> Result<()> {
    let ctx = connected.ctx;
    let Some(arrived) = fetch(connected, meeting, &part.media).await? else { return Ok(()) };
    let turns = match text(connected, meeting, part.timeline.as_ref()).await? {
        Some(file) => timeline::parse(&file).into_iter().map(Turn::from).collect(),
        None => Vec::new(),
    };
    let title = fields::shown(&meeting.topic).unwrap_or_else(|| "Zoom".to_owned());
    let new = NewCall {
        key: part.key.clone(),
        name: format!("{title}.{}", part.media.file_type.to_lowercase()),
        // Without its duration: pauses count in what Zoom says of it.
        request: CreateCall {
            external_id: Some(part.key.clone()),
            owner_id: Some(source.owner_id),
            ..CreateCall::new(title, CallDirection::Outbound, part.started_at)
        },
        people: source.people.clone(),
        arrived,
        transcript: said(connected, meeting, part).await?,
        turns,
    };
    let id = new.arrived.id;
    if !ctx.write(&Actor::System, move |tx| record(tx, &new)).await? {
        recordings::delete_parts(ctx, id).await?;
    }
    Ok(())
}

/// Adds the transcript that Zoom had ready later.
pub(super) async fn add_transcript(
    connected: &Connected<'_>,
    meeting: &Meeting,
    part: &Part,
    row: ZoomRecordingRow,
) -> Result<()> {
    let Some(content) = said(connected, meeting, part).await? else { return Ok(()) };
    let added = connected.ctx.write(&Actor::System, move |tx| {
        tx.lock(Key::Named("zoom recording", &row.key))?;
        let known = zoom_recordings::find(tx, &row.key)?.filter(|row| !row.transcript);
        let (Some(_), Some(call)) = (known, access::lock_call_to_follow(tx, row.call_id)?) else {
            return Ok(());
        };
        transcripts::take_in(tx, &call, TranscriptSource::Provider, None, &content)?;
        zoom_recordings::note_transcript(tx, &row.key)
    });
    added.await
}

/// Stores the file that is heard. One that is shorter than Zoom says has not come whole.
async fn fetch(
    connected: &Connected<'_>,
    meeting: &Meeting,
    file: &RecordingFile,
) -> Result<Option<Arrived>> {
    let ctx = connected.ctx;
    let token = meeting.download_access_token.as_ref().unwrap_or(&connected.token);
    let content = connected.zoom.download(token, &file.download_url).await;
    let Some(content) = connected.given(content).await? else { return Ok(None) };
    let id: RecordingId = ctx.read(&Actor::System, |tx| Ok(tx.new_id())).await?;
    let arrived = match recordings::store(ctx, id, content).await {
        Err(cause @ Error::TooLarge { .. }) => return Err(JobError::Permanent(cause.into()).into()),
        stored => stored?,
    };
    if file.file_size.is_some_and(|bytes| bytes != arrived.bytes()) {
        recordings::delete_parts(ctx, id).await?;
        return Err(Error::Unavailable("a recording did not come whole from Zoom".to_owned()));
    }
    Ok(Some(arrived))
}

/// What Zoom's transcript says, if there is one that can be read.
async fn said(connected: &Connected<'_>, meeting: &Meeting, part: &Part) -> Result<Option<Content>> {
    let Some(file) = text(connected, meeting, part.transcript.as_ref()).await? else { return Ok(None) };
    let read = tokio::task::spawn_blocking(move || Content::parse(&file)).await.map_err(Error::internal)?;
    match read {
        Ok(content) => Ok(Some(content)),
        Err(cause) => {
            tracing::warn!(%cause, "a transcript of Zoom cannot be read");
            Ok(None)
        }
    }
}

async fn text(
    connected: &Connected<'_>,
    meeting: &Meeting,
    file: Option<&RecordingFile>,
) -> Result<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let token = meeting.download_access_token.as_ref().unwrap_or(&connected.token);
    let text = connected.zoom.text(token, &file.download_url, MOST_TEXT_BYTES).await;
    connected.given(text).await
}

/// Makes the call, unless it was made meanwhile.
fn record(tx: &mut Tx<'_>, new: &NewCall) -> Result<bool> {
    tx.lock(Key::Named("zoom recording", &new.key))?;
    if zoom_recordings::find(tx, &new.key)?.is_some() {
        return Ok(false);
    }
    let participants = people::participants(tx, &new.people)?;
    let request = CreateCall { participants, ..new.request.clone() };
    let (call, _) = calls::take_in(tx, CallSource::Zoom, &request)?;
    recordings::adopt(tx, &call, &new.name, &new.arrived)?;
    if !new.turns.is_empty() {
        active_speakers::insert(tx, &call, &new.turns)?;
    }
    if let Some(content) = &new.transcript {
        transcripts::take_in(tx, &call, TranscriptSource::Provider, None, content)?;
    }
    let row = ZoomRecordingRow {
        key: new.key.clone(),
        call_id: call.id,
        transcript: new.transcript.is_some(),
        taken_at: tx.now(),
    };
    zoom_recordings::insert(tx, &row)?;
    Ok(true)
}
