//! The sound of a call: what is known of it, and how it is uploaded.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{CallId, RecordingId, Timestamp};

text_enum! {
    /// How far the recording of a call has come.
    pub enum RecordingState {
        /// There is none.
        None = "none",
        /// Its parts are being uploaded.
        Uploading = "uploading",
        /// It is put together and examined.
        Processing = "processing",
        /// It can be played.
        Ready = "ready",
        /// It cannot be used; its problems say why.
        Failed = "failed",
    }
}

text_enum! {
    /// What is wrong with a recording.
    pub enum RecordingProblemCode {
        /// The file ends before its own header says, or parts of it cannot be decoded. It can be played.
        Incomplete = "incomplete",
        /// Nothing is to be heard on one of the channels. It can be played.
        SilentChannel = "silent_channel",
        /// It is shorter or longer than the call was said to be. It can be played.
        DurationDiffers = "duration_differs",
        /// It is no recording in a format that is known.
        UnknownFormat = "unknown_format",
        /// It holds no sound.
        NoAudio = "no_audio",
        /// It cannot be decoded.
        Unreadable = "unreadable",
        /// It is longer or larger than the settings allow.
        TooLong = "too_long",
        /// The bytes differ from the checksum that was announced.
        WrongChecksum = "wrong_checksum",
        /// The same file is the recording of another call.
        Duplicate = "duplicate",
        /// The provider's copy could not be fetched.
        NotFetched = "not_fetched",
    }
}

replies! {
    /// The sound of a call.
    pub struct Recording {
        /// How far it has come.
        pub state: RecordingState,
        /// Names this version of it; absent without one.
        pub id: Option<RecordingId>,
        /// The name it was uploaded under.
        pub name: Option<String>,
        /// The media type found by looking at the content, for example `audio/ogg`.
        pub media_type: Option<String>,
        /// Its size in bytes.
        pub bytes: Option<i64>,
        /// How long it is, in milliseconds, counted in decoded samples.
        pub duration_ms: Option<i64>,
        /// Whether it has a picture.
        pub has_picture: bool,
        /// How loud each channel is, the first one first.
        pub channels: Vec<ChannelLevel>,
        /// What is wrong with it.
        pub problems: Vec<RecordingProblem>,
    }

    /// How loud one channel of a recording is.
    pub struct ChannelLevel {
        /// The root of the mean square over the whole, in dBFS; -120 for digital silence.
        pub rms_dbfs: f32,
        /// The loudest sample, in dBFS.
        pub peak_dbfs: f32,
        /// Whether nothing is to be heard.
        pub silent: bool,
    }

    /// Something that is wrong with a recording.
    pub struct RecordingProblem {
        /// What, in a word that never changes.
        pub code: RecordingProblemCode,
        /// What, in a sentence.
        pub detail: String,
        /// The channel it is about, counted from 0.
        pub channel: Option<i32>,
    }

    /// An upload of a recording in parts.
    pub struct RecordingUpload {
        /// Names the recording that it becomes.
        pub recording_id: RecordingId,
        /// The size of the whole in bytes.
        pub bytes: i64,
        /// The size of each part but the last in bytes.
        pub part_bytes: i64,
        /// How many parts the whole has.
        pub parts: i32,
        /// The numbers of the parts that are there, counted from 1.
        pub received: Vec<i32>,
        /// When what has been uploaded is given up unless more comes.
        pub expires_at: Timestamp,
    }

    /// A link to a recording that needs no credential, such as a player needs.
    pub struct RecordingLink {
        /// The link, relative to the server. It stops working when the user may not read the call any more.
        pub url: String,
        /// When the link ends: after the length of the recording and an hour.
        pub expires_at: Timestamp,
    }

    /// Where a user stopped listening.
    pub struct PlaybackPosition {
        /// The place in milliseconds from the beginning.
        pub position_ms: i64,
        /// When it was saved; absent if the user has not listened yet.
        pub updated_at: Option<Timestamp>,
    }
}

requests! {
    /// Begins the upload of a recording. What was begun before for the call with the same facts goes on.
    pub struct StartRecordingUpload {
        /// The name of the file: at most 200 characters.
        pub name: String,
        /// The size of the whole in bytes: at least 1.
        pub bytes: i64,
        /// The SHA-256 of the whole in lower-case hexadecimal, if it is known: a file that is another call's recording
        /// is refused at once.
        pub sha256: Option<String>,
    }

    /// Remembers where a user stopped listening.
    pub struct SavePlaybackPosition {
        /// The place in milliseconds from the beginning: 0 to 7 days.
        pub position_ms: i64,
    }
}

queries! {
    /// Which tile of the peaks.
    pub struct PeaksTile {
        /// The level: 0 is the finest.
        pub level: u8,
        /// The number of the tile within its level, counted from 0.
        pub tile: u32,
    }
}

paths! {
    /// The number of a part of an upload.
    pub struct RecordingPartPath {
        /// The call.
        pub call_id: CallId,
        /// The part's number, counted from 1.
        pub number: i32,
    }
    /// The id of a recording.
    pub struct RecordingPath {
        /// The recording.
        pub recording_id: RecordingId,
    }
}
