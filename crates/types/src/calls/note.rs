//! The note of a call: what people write down of it together.

use crate::wire::{replies, requests};
use crate::{Timestamp, UserId};

replies! {
    /// The note of a call; empty, with version 0, before anybody wrote one.
    pub struct CallNote {
        /// The text as HTML that is safe to show. A time link is `<a data-at-ms="83000">1:23</a>`: the moment of the
        /// recording in milliseconds.
        pub html: String,
        /// Counts the changes.
        pub version: i64,
        /// Who changed it last.
        pub updated_by: Option<UserId>,
        /// When it was changed last.
        pub updated_at: Option<Timestamp>,
    }
}

requests! {
    /// The whole of a call's note.
    pub struct SaveCallNote {
        /// The text as HTML, at most 100,000 bytes; empty to clear it. What is not formatting, a link or a time link is
        /// taken out. New time links need `use_call_intelligence`.
        pub html: String,
        /// The version that was edited. When somebody has written since, the reply is 409 `newer_note`, with what the
        /// note says now in `extra.note`.
        pub version: i64,
    }
}
