//! Searching what was said.

use super::Segment;
use crate::wire::{queries, replies};
use crate::{CallId, ContactId, Timestamp, UserId};

replies! {
    /// A part of a text.
    pub struct TextRange {
        /// Where it begins, in characters (Unicode scalar values) counted from 0.
        pub position: i32,
        /// How many characters it has.
        pub length: i32,
    }

    /// A segment in which something was found.
    pub struct Passage {
        /// The segment.
        pub segment: Segment,
        /// What was found in its text, from the beginning to the end.
        pub matches: Vec<TextRange>,
    }

    /// A passage of some call.
    pub struct CallPassage {
        /// The call.
        pub call_id: CallId,
        /// What the call is called.
        pub title: String,
        /// When the call began.
        pub started_at: Timestamp,
        /// The user whose call it is.
        pub owner_id: Option<UserId>,
        /// The name of whoever said it: of the participant, or else of the speaker; absent if nobody can tell.
        pub speaker: Option<String>,
        /// What was said.
        pub passage: Passage,
    }
}

queries! {
    /// What to look for in all transcripts.
    pub struct SearchTranscripts {
        /// Words that must all stand in one segment, in any form of accents and capitals: 1 to 200 characters. `"in
        /// quotes"` they must follow each other; `refund*` finds whatever begins so.
        #[serde(default)]
        pub q: String,
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only calls of this user.
        pub owner_id: Option<UserId>,
        /// Only calls that belong to this contact.
        pub contact_id: Option<ContactId>,
        /// Only calls that began at or after this time.
        pub from: Option<Timestamp>,
        /// Only calls that began before this time.
        pub until: Option<Timestamp>,
    }

    /// What to look for in one transcript.
    pub struct SearchCall {
        /// As in the search of all transcripts.
        #[serde(default)]
        pub q: String,
    }
}
