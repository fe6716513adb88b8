//! Who is heard in a call, and how they talk.

use super::Participant;
use crate::wire::{paths, replies, requests, text_enum};
use crate::{CallId, ParticipantId, SpeakerId};

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

    /// Who is heard in a call, and who of its participants may still be one of them.
    pub struct Speakers {
        /// The speakers by their numbers.
        pub items: Vec<Speaker>,
        /// Whether speakers can be matched by hand. They cannot where the transcript came from the provider of the call,
        /// which names them itself.
        pub can_match: bool,
        /// The participants that no speaker is matched with.
        pub unmatched_participants: Vec<Participant>,
    }

    /// How one speaker talks in a call. A turn is what a speaker says until somebody else begins, pauses included.
    pub struct SpeakerMetrics {
        /// The speaker.
        pub speaker_id: SpeakerId,
        /// How long the speaker talks, in milliseconds; what overlaps itself counts once.
        pub talk_ms: i64,
        /// The speaker's part of all that is talked, from 0 to 1.
        pub talk_share: f64,
        /// The longest turn, in milliseconds.
        pub longest_monologue_ms: i64,
        /// The mean pause between the end of another speaker's turn and the beginning of this one's answer, in
        /// milliseconds; interrupting counts as no pause. Absent if the speaker answers nobody.
        pub patience_ms: Option<i64>,
    }

    /// How people talk in a call.
    pub struct CallMetrics {
        /// By speaker, in the order of their numbers.
        pub speakers: Vec<SpeakerMetrics>,
        /// The users' part of all that is talked, from 0 to 1; absent unless a speaker is matched with a user.
        pub talk_ratio: Option<f64>,
        /// How often the word passes from one speaker to another, per minute from the first word to the last.
        pub interactivity: f64,
    }
}

requests! {
    /// Says who a speaker is.
    pub struct MatchSpeaker {
        /// A participant of the call whom no other speaker is matched with; absent to undo the match.
        pub participant_id: Option<ParticipantId>,
    }
}

paths! {
    /// The ids of a speaker of a call.
    pub struct SpeakerPath {
        /// The call.
        pub call_id: CallId,
        /// The speaker.
        pub speaker_id: SpeakerId,
    }
}
