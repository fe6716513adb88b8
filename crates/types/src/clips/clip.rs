//! Clips, and whom they are shared with.

use super::{ClipCut, ClipLink};
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{CallId, ClipFolderId, ClipId, Timestamp, UserId};

text_enum! {
    /// Why a clip cannot be shared with a user.
    pub enum ClipRefusal {
        /// The user may not see this call, because of its owner or because it is private.
        CallHidden = "call_hidden",
        /// The user may not see the recordings of others at all.
        NoRecordings = "no_recordings",
    }
}

replies! {
    /// A stretch of a call's recording. Whoever may see the call may see its clips, and play the whole recording.
    pub struct Clip {
        /// The clip's id.
        pub id: ClipId,
        /// The call.
        pub call_id: CallId,
        /// What the call is called in lists.
        pub call_title: String,
        /// Where it begins, in milliseconds from the beginning of the recording.
        pub from_ms: i64,
        /// Where it ends, in milliseconds; after `from_ms`.
        pub until_ms: i64,
        /// Whether it is the whole recording.
        pub is_whole: bool,
        /// What it is called.
        pub title: String,
        /// Why it is shared.
        pub message: Option<String>,
        /// The folder it is kept in.
        pub folder_id: Option<ClipFolderId>,
        /// The users it was sent to, in the order of their ids.
        pub recipient_ids: Vec<UserId>,
        /// Where the app shows it.
        pub url: String,
        /// The file of its own that people outside are given; absent as long as it has no link.
        pub cut: Option<ClipCut>,
        /// Its links for people outside, the latest first.
        pub links: Vec<ClipLink>,
        /// Who made it.
        pub created_by: UserId,
        /// When it was made.
        pub created_at: Timestamp,
        /// When its title, message or folder last changed.
        pub updated_at: Timestamp,
    }

    /// Somebody whom a clip could be shared with.
    pub struct ClipRecipient {
        /// The user.
        pub user_id: UserId,
        /// The user's name.
        pub name: String,
        /// The address that the mail goes to.
        pub email: String,
        /// Why it cannot be shared with the user; absent if it can.
        pub refusal: Option<ClipRefusal>,
    }
}

requests! {
    /// A clip to be made of a call's recording, and sent to these users by mail and in the app.
    pub struct CreateClip {
        /// Where it begins, in milliseconds from the beginning of the recording; 0 or more.
        pub from_ms: i64,
        /// Where it ends, in milliseconds: after `from_ms` by 1000 at least, and not after the end of the recording. From 0
        /// to the end is the whole recording, however short.
        pub until_ms: i64,
        /// What it is called: 1 to 200 characters. Left out, it is called what the call is called.
        pub title: Option<String>,
        /// Why it is shared: at most 2000 characters.
        pub message: Option<String>,
        /// The folder to keep it in.
        pub folder_id: Option<ClipFolderId>,
        /// The users to send it to: at most 50, all of whom may see the call.
        #[serde(default)]
        pub recipient_ids: Vec<UserId>,
    }

    /// The whole of what can be changed about a clip; what is null or left out is cleared.
    pub struct UpdateClip {
        /// What it is called: 1 to 200 characters.
        pub title: String,
        /// Why it is shared: at most 2000 characters.
        pub message: Option<String>,
        /// The folder to keep it in.
        pub folder_id: Option<ClipFolderId>,
    }

    /// More users to send a clip to, by mail and in the app.
    pub struct ShareClip {
        /// The users: 1 to 50, all of whom may see the call. Whoever had it before is sent it again.
        pub recipient_ids: Vec<UserId>,
    }
}

queries! {
    /// Which clips.
    pub struct ListClips {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only clips of this call.
        pub call_id: Option<CallId>,
        /// Only clips in this folder.
        pub folder_id: Option<ClipFolderId>,
        /// Only clips that this user made.
        pub created_by: Option<UserId>,
        /// Only clips that were sent to this user.
        pub recipient_id: Option<UserId>,
    }

    /// Which users.
    pub struct ListClipRecipients {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only users whose name or address holds this.
        pub search: Option<String>,
    }
}

paths! {
    /// The id of a clip.
    pub struct ClipPath {
        /// The clip.
        pub clip_id: ClipId,
    }
}
