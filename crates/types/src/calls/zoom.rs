//! Recordings and transcripts that come from Zoom.

use crate::Timestamp;
use crate::wire::{replies, requests};

replies! {
    /// What is taken over from Zoom.
    pub struct ZoomSettings {
        /// Whether the server's configuration names a Zoom app.
        pub configured: bool,
        /// Whether recordings and transcripts of meetings and webinars are taken in as Zoom has them ready.
        pub sync: bool,
        /// Since when; recordings of before stay where they are.
        pub sync_since: Option<Timestamp>,
        /// Until when no recording was missed, as the connection that is furthest behind has it.
        pub caught_up_to: Option<Timestamp>,
        /// The address for events ("Event notification endpoint URL") of the Zoom app.
        pub events_url: String,
        /// The address to return to ("OAuth redirect URL") of the Zoom app.
        pub redirect_url: String,
    }

    /// The answer to Zoom's question whether the address for events is ours; its names are Zoom's.
    pub struct ZoomUrlValidation {
        /// The token that Zoom sent.
        #[serde(rename = "plainToken")]
        pub plain_token: String,
        /// Its HMAC-SHA-256 under the secret of the app, in lower-case hexadecimal.
        #[serde(rename = "encryptedToken")]
        pub encrypted_token: String,
    }
}

requests! {
    /// What to take over from Zoom.
    pub struct UpdateZoomSettings {
        /// Whether recordings and transcripts of meetings and webinars are taken in as Zoom has them ready.
        pub sync: bool,
    }
}
