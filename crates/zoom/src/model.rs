//! What Zoom answers with.

use serde::Deserialize;
use types::Timestamp;

/// Types of meetings that are webinars: planned, recurring without a fixed time, recurring with one.
const WEBINARS: [&str; 3] = ["5", "6", "9"];

/// The cloud recordings of one meeting or webinar.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Meeting {
    /// This instance of the meeting.
    pub uuid: String,
    /// The user whose meeting it was.
    pub host_id: String,
    /// What it was about.
    #[serde(default)]
    pub topic: String,
    #[serde(rename = "type", default)]
    kind: Kind,
    /// The files.
    #[serde(default)]
    pub recording_files: Vec<RecordingFile>,
    /// What the files are fetched with, when it was asked for.
    pub download_access_token: Option<String>,
}

/// The API has the type as a text, events as a number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Kind {
    Text(String),
    Number(i64),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl Meeting {
    /// Whether it was a webinar.
    pub fn is_webinar(&self) -> bool {
        match &self.kind {
            Kind::Text(kind) => WEBINARS.contains(&kind.as_str()),
            Kind::Number(kind) => WEBINARS.contains(&kind.to_string().as_str()),
        }
    }
}

/// One file of a cloud recording. Files of one stretch of recording begin at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordingFile {
    /// Names the file; files of some types have none.
    #[serde(default)]
    pub id: String,
    /// When this stretch of recording began.
    pub recording_start: Option<Timestamp>,
    /// `MP4`, `M4A`, `TRANSCRIPT`, `TIMELINE` and others.
    #[serde(default)]
    pub file_type: String,
    /// Its size in bytes.
    pub file_size: Option<i64>,
    /// Where it is.
    #[serde(default)]
    pub download_url: String,
    /// What it shows or holds, such as `shared_screen_with_speaker_view`.
    pub recording_type: Option<String>,
    /// `completed`, or `processing`.
    pub status: Option<String>,
}

/// Somebody who took part. Who rejoined is there several times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// The user at Zoom; empty for whoever has not signed in there.
    #[serde(default)]
    pub id: String,
    /// The name that the others saw.
    #[serde(default)]
    pub name: String,
    /// The address; empty for whoever has not signed in, and for people of other accounts.
    #[serde(default)]
    pub user_email: String,
}

/// The user whose meeting it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Host {
    /// The user at Zoom.
    #[serde(default)]
    pub id: String,
    /// The name that others see.
    #[serde(default)]
    pub display_name: String,
    /// The address.
    #[serde(default)]
    pub email: String,
}

/// A page of recordings.
#[derive(Debug, Deserialize)]
pub(crate) struct Meetings {
    #[serde(default)]
    pub(crate) next_page_token: String,
    #[serde(default)]
    pub(crate) meetings: Vec<Meeting>,
}

/// A page of participants.
#[derive(Debug, Deserialize)]
pub(crate) struct Participants {
    #[serde(default)]
    pub(crate) next_page_token: String,
    #[serde(default)]
    pub(crate) participants: Vec<Participant>,
}
