//! Uploading a recording in parts, each with a checksum, so that a broken connection costs one part.
//!
//! What the parts are follows from the size of the whole: each has `part_bytes`, the last what is left. A part may be
//! sent again at any time. What nobody goes on with is given up after a day.

mod complete;
mod get;
mod put_part;
mod start;
mod sweep;

use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::calls::{RecordingState, RecordingUpload};

use crate::store::recordings::RecordingRow;
use crate::store::uploads::{self, UploadRow};

pub use complete::complete_recording_upload;
pub use get::get_recording_upload;
pub use put_part::put_recording_part;
pub use start::start_recording_upload;
pub use sweep::GiveUpUploads;

/// Seconds after which an upload that nobody goes on with is given up.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// How many parts an upload has.
fn part_count(bytes: i64, part_bytes: i64) -> Result<i32> {
    let parts = u64::try_from(bytes).map_err(Error::internal)?.div_ceil(part_bytes.unsigned_abs().max(1));
    i32::try_from(parts).map_err(Error::internal)
}

/// How many bytes a part has.
fn part_length(recording: &RecordingRow, upload: &UploadRow, number: i32) -> Result<i64> {
    let before = i64::from(number - 1).saturating_mul(upload.part_bytes);
    let left = recording.bytes.saturating_sub(before);
    if number < 1 || left < 1 {
        let parts = part_count(recording.bytes, upload.part_bytes)?;
        return Err(Error::invalid("number", format!("must be 1 to {parts}")));
    }
    Ok(left.min(upload.part_bytes))
}

/// The upload of a recording that is arriving.
fn of(tx: &mut Tx<'_>, recording: Option<RecordingRow>) -> Result<(RecordingRow, UploadRow)> {
    let none = || Error::conflict(ErrorCode::Conflict, "no upload has been started: start one first");
    let recording = recording.filter(|row| row.state == RecordingState::Uploading).ok_or_else(none)?;
    let upload = uploads::find(tx, recording.id)?.ok_or_else(none)?;
    Ok((recording, upload))
}

/// The upload as it is shown.
fn view(tx: &mut Tx<'_>, recording: &RecordingRow, upload: &UploadRow) -> Result<RecordingUpload> {
    let received = uploads::parts(tx, recording.id)?.iter().map(|part| part.number).collect();
    Ok(RecordingUpload {
        recording_id: recording.id,
        bytes: recording.bytes,
        part_bytes: upload.part_bytes,
        parts: part_count(recording.bytes, upload.part_bytes)?,
        received,
        expires_at: upload.touched_at.plus_seconds(KEPT_SECONDS),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_holds_what_is_left() {
        for (bytes, parts) in [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)] {
            assert_eq!(part_count(bytes, 10).unwrap(), parts, "{bytes}");
        }
    }
}
