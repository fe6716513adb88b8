//! Uploads of recordings: what is known of each, and which parts are still to be sent.

use std::ops::RangeInclusive;

use types::CallId;
use types::calls::RecordingUpload;

/// The endings of file names that recordings have, in lower case, with the dot.
pub const FILE_ENDINGS: [&str; 8] = [".wav", ".mp3", ".m4a", ".mp4", ".ogg", ".oga", ".opus", ".webm"];

/// How far an upload has come.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadState {
    /// Waits until others are done.
    Waiting,
    /// The checksum of the file is computed.
    Checking,
    /// Its parts are sent.
    Sending,
    /// The server could not be reached; it is tried again by itself.
    Unreachable,
    /// The user has stopped it for now.
    Paused,
    /// Everything is at the server.
    Done,
    /// The same file is a recording already: of this call, if the user may see it.
    Duplicate(Option<CallId>),
    /// It cannot go on, for this reason in words.
    Failed(String),
    /// The page was closed meanwhile; to go on the file must be chosen again.
    FileNeeded,
}

impl UploadState {
    /// Whether something is being done, so that leaving the page would interrupt it.
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Waiting | Self::Checking | Self::Sending | Self::Unreachable)
    }

    /// Whether nothing remains to be done.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::Duplicate(_))
    }
}

/// One recording on its way to the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Names it on this page.
    pub id: u32,
    /// What the call is called.
    pub title: String,
    /// The name of the file.
    pub file_name: String,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// How many bytes the server has.
    pub sent: u64,
    /// How far it has come.
    pub state: UploadState,
    /// The call, once it is created.
    pub call_id: Option<CallId>,
}

impl Upload {
    /// How much of it is at the server, in whole percent.
    pub fn percent(&self) -> u64 {
        percent(self.sent, self.bytes)
    }
}

/// The active uploads together: how many, and how much of their bytes is at the server in whole percent.
pub fn progress(uploads: &[Upload]) -> (usize, u64) {
    let active = || uploads.iter().filter(|upload| upload.state.is_active());
    let (sent, bytes) =
        active().fold((0, 0), |(sent, bytes), upload| (sent + upload.sent, bytes + upload.bytes));
    (active().count(), percent(sent, bytes))
}

fn percent(sent: u64, bytes: u64) -> u64 {
    (sent.min(bytes) * 100).checked_div(bytes).unwrap_or_default()
}

/// The parts that the server does not have, in order.
pub fn missing_parts(upload: &RecordingUpload) -> Vec<i32> {
    (1..=upload.parts).filter(|number| !upload.received.contains(number)).collect()
}

/// Where a part begins and ends in the file, in bytes; the end is excluded.
pub fn part_bounds(upload: &RecordingUpload, number: i32) -> (u64, u64) {
    let (whole, part) = (upload.bytes.unsigned_abs(), upload.part_bytes.unsigned_abs());
    let start = u64::from(number.unsigned_abs().saturating_sub(1)) * part;
    (start.min(whole), (start + part).min(whole))
}

/// How many bytes of the file the server has.
pub fn sent_bytes(upload: &RecordingUpload) -> u64 {
    let parts: RangeInclusive<i32> = 1..=upload.parts;
    let received = upload.received.iter().filter(|number| parts.contains(number));
    received.map(|number| part_bounds(upload, *number)).map(|(start, end)| end - start).sum()
}

/// Whether a file can be a recording, by its name; what is really in it the server finds out.
pub fn may_be_recording(file_name: &str) -> bool {
    let name = file_name.to_lowercase();
    FILE_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// What a call is called unless somebody says otherwise: the name of its file without the ending.
pub fn title_of(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let title: String = stem.replace('_', " ").trim().chars().take(200).collect();
    if title.is_empty() { file_name.to_owned() } else { title }
}
