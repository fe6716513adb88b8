//! What people outside see of a clip: whoever has its link.

use super::CutState;
use crate::Timestamp;
use crate::wire::{full_queries, replies, requests};

replies! {
    /// A clip as people outside see it before they open it.
    pub struct SharedClip {
        /// What it is called.
        pub title: String,
        /// The company that shares it; may be empty.
        pub company_name: String,
        /// The accent colour, as `#rrggbb`.
        pub color: String,
        /// How far its file has come.
        pub state: CutState,
        /// How long it is, in milliseconds.
        pub duration_ms: i64,
        /// Whether it has a picture.
        pub has_picture: bool,
        /// Whether its picture was left out.
        pub picture_left_out: bool,
        /// Whether opening it takes a password.
        pub has_password: bool,
        /// Whether what is said in it is shown.
        pub has_transcript: bool,
        /// When the link's time is over.
        pub expires_at: Timestamp,
    }

    /// A clip that was opened.
    pub struct OpenedClip {
        /// Where its sound or picture is found, for a player: nothing beside it is needed.
        pub media_url: String,
        /// Where what is said in it is found; absent if it is not shown.
        pub transcript_url: Option<String>,
        /// When both stop working; then it is opened again.
        pub expires_at: Timestamp,
    }

    /// What is said in a clip, as far as it begins and ends in it.
    pub struct SharedTranscript {
        /// The passages, in their order.
        pub passages: Vec<SharedPassage>,
    }

    /// A passage that one speaker said without a pause.
    pub struct SharedPassage {
        /// Where it begins, in milliseconds from the beginning of the clip.
        pub from_ms: i64,
        /// Where it ends, in milliseconds.
        pub until_ms: i64,
        /// Who said it; absent if nobody can tell.
        pub speaker: Option<String>,
        /// What was said.
        pub text: String,
    }
}

requests! {
    /// Opens a clip.
    pub struct OpenSharedClip {
        /// The password, if it asks for one.
        pub password: Option<String>,
    }
}

full_queries! {
    /// The signature of a link to what belongs to an opened clip.
    pub struct OpenedClipQuery {
        /// When the link ends, in seconds since 1970.
        pub expires: i64,
        /// Proves that the server made the link.
        pub signature: String,
    }
}

/// The secret of a link.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Path))]
pub struct SharedClipPath {
    /// What stands at the end of the link's address: 43 characters of base64url (RFC 4648, section 5).
    pub token: String,
}
