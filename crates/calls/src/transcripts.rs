//! What was said in calls.

mod active_speakers;
mod audio;
pub(crate) mod content;
mod edit;
mod export;
mod get;
mod import;
mod restore;
mod segments;
mod storing;
mod transcribe;
mod transcription;
mod vote;

pub use self::transcribe::{transcribe, transcribe_call};
pub use content::{Content, Heard, Said};
pub use edit::{edit, edit_segment};
pub use export::export_transcript;
pub use get::{get, get_transcript};
pub use import::{import, import_transcript};
pub use restore::{restore, restore_segment};
pub use segments::{list_segments, segments};
pub use storing::StoreTranscript;
pub use transcription::{TranscribeRecording, Transcription};
pub use vote::{get_transcript_votes, vote, vote_transcript};

pub(crate) use self::transcribe::transcribe_automatically;
pub(crate) use import::take_in;

use platform::{Error, Result, Tx};
use types::calls::TranscriptState;
use types::{CallId, ErrorCode};

use crate::access;
use crate::store::calls::CallRow;
use crate::store::transcripts::{self, TranscriptRow};

/// A call whose transcript the actor may read.
pub(crate) fn read_call(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    let call = access::read_call(tx, id)?;
    access::require_intelligence(tx)?;
    Ok(call)
}

/// The transcript of a call if it is whole.
pub(crate) fn ready(tx: &mut Tx<'_>, call: CallId) -> Result<TranscriptRow> {
    let row = transcripts::find(tx, call)?.ok_or(Error::NotFound)?;
    if row.state == TranscriptState::Ready {
        return Ok(row);
    }
    Err(Error::conflict(ErrorCode::Conflict, "the transcript is not ready yet"))
}
