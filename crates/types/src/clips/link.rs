//! Links for people outside, and the file behind them.

use crate::wire::{paths, replies, requests, text_enum};
use crate::{ClipId, ClipLinkId, Timestamp, UserId};

text_enum! {
    /// How far the file of a clip has come.
    pub enum CutState {
        /// It is being cut out of the recording.
        Making = "making",
        /// It can be played.
        Ready = "ready",
        /// It could not be cut; it can be tried again.
        Failed = "failed",
    }
}

text_enum! {
    /// Whether a link opens the clip.
    pub enum ClipLinkState {
        /// It does.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// Somebody ended it.
        Revoked = "revoked",
        /// Whoever made it may not share the clip any more, or nothing is shared with people outside any more.
        Suspended = "suspended",
    }
}

replies! {
    /// A file that holds nothing but the clip.
    pub struct ClipCut {
        /// How far it has come.
        pub state: CutState,
        /// Why it failed.
        pub error: Option<String>,
        /// Its media type, once it is ready.
        pub media_type: Option<String>,
        /// Its size in bytes, once it is ready.
        pub bytes: Option<i64>,
        /// How long it is in milliseconds, counted in decoded samples, once it is ready.
        pub duration_ms: Option<i64>,
        /// Whether it has a picture.
        pub has_picture: bool,
        /// Whether the recording has a picture and the cut has not, because the server has no ffmpeg.
        pub picture_left_out: bool,
    }

    /// A link that lets people outside play the cut of a clip, and nothing else.
    pub struct ClipLink {
        /// The link's id.
        pub id: ClipLinkId,
        /// Whether it opens the clip.
        pub state: ClipLinkState,
        /// Whether it asks for a password.
        pub has_password: bool,
        /// Whether it shows what is said in the clip.
        pub has_transcript: bool,
        /// When its time is over.
        pub expires_at: Timestamp,
        /// How many times it was opened: once for each opening, however often the player asks.
        pub views: i64,
        /// When it was opened last.
        pub last_viewed_at: Option<Timestamp>,
        /// Who made it.
        pub created_by: UserId,
        /// When it was made.
        pub created_at: Timestamp,
    }

    /// A link that was just made.
    pub struct NewClipLink {
        /// The link.
        pub link: ClipLink,
        /// Its address. It is shown this once: the server keeps no more than its hash.
        pub url: String,
    }
}

requests! {
    /// A link to be made for people outside.
    pub struct CreateClipLink {
        /// When its time is over: after now, and within the days that the settings allow. Left out, it is as many days from
        /// now as the settings say.
        pub expires_at: Option<Timestamp>,
        /// What it asks for before it shows anything: 10 to 200 characters.
        pub password: Option<String>,
        /// Whether it shows what is said in the clip. What only begins or ends in it is left out.
        #[serde(default)]
        pub has_transcript: bool,
    }
}

paths! {
    /// The ids of a link of a clip.
    pub struct ClipLinkPath {
        /// The clip.
        pub clip_id: ClipId,
        /// The link.
        pub clip_link_id: ClipLinkId,
    }
}
