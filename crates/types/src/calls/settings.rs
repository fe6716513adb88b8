//! What is recorded, transcribed and kept.

use crate::wire::{replies, requests};

replies! {
    /// The settings of recording and of conversation intelligence.
    pub struct CallSettings {
        /// Whether recordings are taken in at all.
        pub recording: bool,
        /// Whether the calls of users who may use conversation intelligence are transcribed.
        pub intelligence: bool,
        /// The language that is spoken, for example `en`; absent to have it found out.
        pub language: Option<String>,
        /// Whether users are asked how helpful a transcript is.
        pub transcript_votes: bool,
        /// Days after which calls are deleted, counted from their beginning; absent to keep them.
        pub retention_days: Option<i32>,
        /// The languages that a transcript can be made in.
        pub languages: Vec<String>,
        /// Whether somebody has confirmed that the law on recording calls was checked.
        pub law_checked: bool,
    }
}

requests! {
    /// The whole settings of recording and of conversation intelligence.
    pub struct UpdateCallSettings {
        /// Whether recordings are taken in at all.
        pub recording: bool,
        /// Whether the calls of users who may use conversation intelligence are transcribed.
        pub intelligence: bool,
        /// The language that is spoken, one of `languages`; absent to have it found out.
        pub language: Option<String>,
        /// Whether users are asked how helpful a transcript is.
        pub transcript_votes: bool,
        /// Days after which calls are deleted: 1 to 36500; absent to keep them.
        pub retention_days: Option<i32>,
        /// Whether somebody has confirmed that the law on recording calls was checked.
        pub law_checked: bool,
    }
}
