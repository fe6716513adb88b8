//! Files: uploads that become attachments of messages.

use crate::wire::{paths, replies};
use crate::{FileId, Timestamp};

replies! {
    /// An uploaded file.
    pub struct File {
        /// The file's id; name it in `attachment_ids` of a message.
        pub id: FileId,
        /// The name it was uploaded under, without folders or control characters.
        pub name: String,
        /// The media type found by looking at the content, never the one the uploader claimed.
        pub content_type: String,
        /// Bytes.
        pub size: i64,
        /// Whether the content is an image that may be shown in place.
        pub is_image: bool,
        /// A signed link to the content, relative to the server; valid for an hour at least.
        pub url: String,
        /// When it was uploaded.
        pub created_at: Timestamp,
    }
}

paths! {
    /// The id of a file.
    pub struct FilePath {
        /// The file.
        pub file_id: FileId,
    }
}
