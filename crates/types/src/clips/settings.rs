//! What may be shared with people outside.

use crate::wire::{replies, requests};

replies! {
    /// The settings of clips.
    pub struct ClipSettings {
        /// Whether clips may be shared with people outside; links that were made before rest as long as they may not.
        pub links: bool,
        /// Days that a link lasts unless told.
        pub default_days: i32,
        /// Most days that a link lasts.
        pub most_days: i32,
        /// The accent colour of the page that people outside see, as `#rrggbb`.
        pub color: String,
        /// Whether the server cuts pictures: it has found ffmpeg. Without it, what is shared is sound alone.
        pub cuts_pictures: bool,
    }
}

requests! {
    /// The whole settings of clips.
    pub struct UpdateClipSettings {
        /// Whether clips may be shared with people outside.
        pub links: bool,
        /// Days that a link lasts unless told: 1 to `most_days`.
        pub default_days: i32,
        /// Most days that a link lasts: 1 to 3650.
        pub most_days: i32,
        /// The accent colour of the page that people outside see, as `#rrggbb`.
        pub color: String,
    }
}
