//! Terms that are tracked: what people should notice when it is said in a call.

use super::TextRange;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{SegmentId, SpeakerId, Timestamp, TrackedTermId};

text_enum! {
    /// How long each step of counts over time is. Days and weeks are those of UTC; weeks begin on Mondays.
    pub enum CountInterval {
        /// A day.
        Day = "day",
        /// Seven days.
        Week = "week",
    }
}

replies! {
    /// A term that is tracked.
    pub struct TrackedTerm {
        /// The term's id.
        pub id: TrackedTermId,
        /// What it is called; counts as a phrase of its own.
        pub name: String,
        /// Other phrases that count as the term.
        pub variants: Vec<String>,
        /// Whether older calls are still being looked through for it.
        pub matching: bool,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it was changed last.
        pub updated_at: Timestamp,
    }

    /// Where a term was said in a call.
    pub struct TermHit {
        /// The segment.
        pub segment_id: SegmentId,
        /// Where the segment begins, in milliseconds.
        pub start_ms: i64,
        /// Who said it.
        pub speaker_id: Option<SpeakerId>,
        /// The words in the segment's text.
        pub range: TextRange,
    }

    /// A term that was said in a call.
    pub struct CallTerm {
        /// The term.
        pub term_id: TrackedTermId,
        /// What it is called.
        pub name: String,
        /// How often it was said.
        pub count: i64,
        /// Where it was said, in the order of time: at most 1000 in all.
        pub hits: Vec<TermHit>,
    }

    /// The terms that were said in a call, the most frequent first.
    pub struct CallTerms {
        /// The terms.
        pub items: Vec<CallTerm>,
    }

    /// How often a term was said in the calls of one day or week.
    pub struct TermCount {
        /// When the day or week begins.
        pub from: Timestamp,
        /// In how many calls it was said.
        pub calls: i64,
        /// How often it was said.
        pub count: i64,
    }

    /// How often a term was said over time, in calls that one may read. Steps without any are left out.
    pub struct TermCounts {
        /// The counts in the order of time.
        pub items: Vec<TermCount>,
    }
}

requests! {
    /// The whole of a tracked term.
    pub struct SaveTrackedTerm {
        /// What it is called: 1 to 100 characters, a letter or digit among them; no two terms the same.
        pub name: String,
        /// Other phrases that count as the term: at most 20 of 1 to 100 characters.
        #[serde(default)]
        pub variants: Vec<String>,
    }
}

queries! {
    /// Of which time a term is counted.
    pub struct CountTrackedTerm {
        /// `day` unless told.
        pub interval: Option<CountInterval>,
        /// Calls that began at or after this time; 90 days before `until` unless told.
        pub from: Option<Timestamp>,
        /// Calls that began before this time; now unless told. At most 366 days after `from`.
        pub until: Option<Timestamp>,
    }
}

paths! {
    /// The id of a tracked term.
    pub struct TrackedTermPath {
        /// The term.
        pub term_id: TrackedTermId,
    }
}
