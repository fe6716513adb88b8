//! Folders of clips: the library.

use crate::wire::{paths, replies, requests};
use crate::{ClipFolderId, Timestamp};

replies! {
    /// A folder of clips.
    pub struct ClipFolder {
        /// The folder's id.
        pub id: ClipFolderId,
        /// What it is called; no two folders the same.
        pub name: String,
        /// How many clips in it the user who asks may see; 1000 stands for that many and more.
        pub clips: i64,
        /// When it was made.
        pub created_at: Timestamp,
    }

    /// All folders.
    pub struct ClipFolders {
        /// The folders, in the order of their names.
        pub items: Vec<ClipFolder>,
    }
}

requests! {
    /// A folder to be made or renamed.
    pub struct SaveClipFolder {
        /// What it is called: 1 to 100 characters; no two folders the same, whatever case and accents of their letters.
        pub name: String,
    }
}

paths! {
    /// The id of a folder of clips.
    pub struct ClipFolderPath {
        /// The folder.
        pub clip_folder_id: ClipFolderId,
    }
}
