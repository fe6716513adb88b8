//! Comments on a call: what colleagues say to each other about it.

use crate::wire::{paths, replies, requests};
use crate::{CallCommentId, CallId, Timestamp, UserId};

replies! {
    /// A comment on a call, or an answer to one.
    pub struct CallComment {
        /// The comment's id.
        pub id: CallCommentId,
        /// The call.
        pub call_id: CallId,
        /// The comment that it answers; answers are not answered themselves.
        pub parent_id: Option<CallCommentId>,
        /// Who wrote it.
        pub author_id: Option<UserId>,
        /// What the author was called.
        pub author_name: String,
        /// The moment of the recording that it is about, in milliseconds; absent if it is about the whole call.
        pub at_ms: Option<i64>,
        /// The text as HTML that is safe to show.
        pub html: String,
        /// The users it mentions.
        pub mentioned_user_ids: Vec<UserId>,
        /// When it was written.
        pub created_at: Timestamp,
        /// When its author changed it last.
        pub edited_at: Option<Timestamp>,
    }
}

requests! {
    /// A comment to be written.
    pub struct CreateCallComment {
        /// The text as HTML, at most 100,000 bytes; not empty.
        pub html: String,
        /// The moment of the recording that it is about, in milliseconds: not after its end. Left out in an answer, which
        /// is about the moment of what it answers.
        pub at_ms: Option<i64>,
        /// The comment that it answers, which must not be an answer itself.
        pub parent_id: Option<CallCommentId>,
        /// The users it mentions: at most 50, each of whom may see the call.
        #[serde(default)]
        pub mentioned_user_ids: Vec<UserId>,
    }

    /// What a comment shall say.
    pub struct EditCallComment {
        /// The text as HTML, at most 100,000 bytes; not empty.
        pub html: String,
        /// The users it mentions: at most 50, each of whom may see the call. Those it did not mention before are notified.
        #[serde(default)]
        pub mentioned_user_ids: Vec<UserId>,
    }
}

paths! {
    /// The ids of a comment on a call.
    pub struct CallCommentPath {
        /// The call.
        pub call_id: CallId,
        /// The comment.
        pub comment_id: CallCommentId,
    }
}
