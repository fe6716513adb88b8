//! What was said in a call, by whom.

use crate::wire::{replies, text_enum};
use crate::{CallId, ParticipantId, SegmentId, SpeakerId, Timestamp, TranscriptId, UserId};

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
    /// Who said who a speaker is.
    pub enum MatchedBy {
        /// Rapport, by a rule.
        Auto = "auto",
        /// A user.
        Manual = "manual",
        /// The provider of the call.
        Provider = "provider",
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

    /// Somebody who is heard in a call.
    pub struct Speaker {
        /// The speaker's id.
        pub id: SpeakerId,
        /// The speaker's number, counted from 1: `Speaker 1`.
        pub number: i32,
        /// The channel of the recording that is the speaker's, counted from 0.
        pub channel: Option<i32>,
        /// What the file or the provider calls the speaker.
        pub name: Option<String>,
        /// Who it is.
        pub participant_id: Option<ParticipantId>,
        /// Who said so.
        pub matched_by: Option<MatchedBy>,
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
        /// Who corrected it last.
        pub edited_by: Option<UserId>,
        /// How sure the engine is, in percent.
        pub confidence: Option<i32>,
    }
}
