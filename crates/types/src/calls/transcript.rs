//! What was said in a call, by whom.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{CallId, SegmentId, SpeakerId, Timestamp, TranscriptId, UserId};

text_enum! {
    /// How far a transcript has come.
    pub enum TranscriptState {
        /// Waits for its turn.
        Waiting = "waiting",
        /// Is being made.
        Running = "running",
        /// Is there.
        Ready = "ready",
        /// Could not be made; it can be tried again.
        Failed = "failed",
        /// No transcription engine is configured.
        NotConfigured = "not_configured",
    }
}

text_enum! {
    /// Where a transcript came from.
    pub enum TranscriptSource {
        /// A transcription engine.
        Engine = "engine",
        /// The provider of the call. Its speakers cannot be matched by hand.
        Provider = "provider",
        /// A file that somebody uploaded.
        Upload = "upload",
    }
}

text_enum! {
    /// How the speakers of a transcript were told apart.
    pub enum SpeakerSeparation {
        /// Each channel of the recording is one speaker.
        ByChannel = "by_channel",
        /// By their voices.
        Diarized = "diarized",
        /// The file or the provider names them.
        Named = "named",
        /// They were not: all is one speaker's.
        NotSeparated = "not_separated",
    }
}

text_enum! {
    /// In which form a transcript is saved as a file.
    pub enum TranscriptFormat {
        /// WebVTT, the speakers in voice tags.
        Vtt = "vtt",
        /// SubRip, the speakers as `Name: text`.
        Srt = "srt",
        /// Plain text, one line a segment: `[m:ss] Name: text`.
        Txt = "txt",
        /// JSON, which can be taken in again without loss.
        Json = "json",
    }
}

replies! {
    /// What was said in a call.
    pub struct Transcript {
        /// The transcript's id.
        pub id: TranscriptId,
        /// The call.
        pub call_id: CallId,
        /// Where it came from.
        pub source: TranscriptSource,
        /// How far it has come.
        pub state: TranscriptState,
        /// How much of it is done, in percent.
        pub progress: i32,
        /// Why it failed.
        pub error: Option<String>,
        /// The engine that made it.
        pub engine: Option<String>,
        /// The model that the engine used.
        pub model: Option<String>,
        /// The language spoken, for example `en`.
        pub language: Option<String>,
        /// How the speakers were told apart; absent until it is ready.
        pub separation: Option<SpeakerSeparation>,
        /// When it was ready.
        pub finished_at: Option<Timestamp>,
    }

    /// A passage that one speaker said without a pause.
    pub struct Segment {
        /// The segment's id.
        pub id: SegmentId,
        /// Who said it; absent if nobody can tell.
        pub speaker_id: Option<SpeakerId>,
        /// Where it begins, in milliseconds from the beginning of the recording.
        pub start_ms: i64,
        /// Where it ends, in milliseconds; after `start_ms`.
        pub end_ms: i64,
        /// What was said.
        pub text: String,
        /// What the transcript said before somebody corrected it.
        pub original_text: Option<String>,
        /// Who corrected the text last.
        pub edited_by: Option<UserId>,
        /// When the text was corrected last.
        pub edited_at: Option<Timestamp>,
        /// How sure the engine is, in percent.
        pub confidence: Option<i32>,
    }

    /// How helpful a transcript was found.
    pub struct TranscriptVotes {
        /// How many users found it helpful.
        pub helpful: i64,
        /// How many users did not.
        pub unhelpful: i64,
        /// What the user who asks found; absent without a vote.
        pub own: Option<bool>,
    }
}

requests! {
    /// A transcript to be taken in. It takes the place of the one before.
    pub struct ImportTranscript {
        /// The content of the file: WebVTT, SubRip or JSON, told apart by what is in it.
        pub content: String,
        /// The language spoken, for example `en`: 2 to 35 characters. Left out, it is what the file says.
        pub language: Option<String>,
    }

    /// A call to be transcribed.
    pub struct TranscribeCall {
        /// The language spoken, one of the `languages` of the settings. Left out, it is that of the account, or else found
        /// out.
        pub language: Option<String>,
    }

    /// What a segment really says.
    pub struct EditSegment {
        /// The text: 1 to 10000 characters.
        pub text: String,
    }

    /// Who really said a segment.
    pub struct CorrectSegmentSpeaker {
        /// A speaker of the call; absent if nobody can tell.
        pub speaker_id: Option<SpeakerId>,
    }

    /// Whether a transcript is helpful.
    pub struct VoteTranscript {
        /// Absent to take the vote back.
        pub helpful: Option<bool>,
    }
}

queries! {
    /// Which segments of a transcript.
    pub struct ListSegments {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 5000; 1000 unless told.
        pub limit: Option<u16>,
        /// Only segments that last beyond this moment, in milliseconds.
        pub from_ms: Option<i64>,
        /// Only segments that begin before this moment, in milliseconds.
        pub until_ms: Option<i64>,
    }

    /// In which form a transcript is saved.
    pub struct ExportTranscript {
        /// `vtt` unless told.
        pub format: Option<TranscriptFormat>,
    }
}

paths! {
    /// The ids of a segment of a call's transcript.
    pub struct SegmentPath {
        /// The call.
        pub call_id: CallId,
        /// The segment.
        pub segment_id: SegmentId,
    }
}
