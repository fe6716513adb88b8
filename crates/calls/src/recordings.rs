//! The sound of calls: uploaded in parts, taken in once, and played.

mod arrival;
mod content;
pub(crate) mod duplicate;
pub(crate) mod examination;
mod fetched;
mod import;
pub(crate) mod keys;
mod link;
mod outcome;
mod peaks;
mod position;
mod removal;
mod upload;

use platform::{Error, Result, Tx};
use types::calls::RecordingState;
use types::{CallId, ErrorCode};

use crate::store::recordings::{self, RecordingRow};

pub use arrival::take_bytes;
pub(crate) use arrival::{Arrived, adopt, store};
pub(crate) use content::head_recording_content;
pub use content::{download_recording, get_recording_content};
pub use fetched::Fetched;
pub use import::ImportRecording;
pub use link::{create, create_recording_link};
pub use peaks::{get_peaks, get_peaks_tile};
pub use position::{get_playback_position, save_playback_position};
pub use removal::DeleteRecordingBytes;
pub(crate) use removal::{delete_bytes, delete_parts};
pub use upload::{
    GiveUpUploads, complete_recording_upload, get_recording_upload, put_recording_part,
    start_recording_upload,
};

/// The recording of a call, which the actor may read, if it can be played.
fn playable(tx: &mut Tx<'_>, call: CallId) -> Result<RecordingRow> {
    let ready = recordings::find(tx, call)?.filter(|row| row.state == RecordingState::Ready);
    ready.ok_or_else(|| {
        Error::conflict(ErrorCode::Conflict, "the call has no recording that can be played, or not yet")
    })
}
