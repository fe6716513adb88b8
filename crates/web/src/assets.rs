//! Where the built frontend's files are to be asked for.

use std::collections::BTreeMap;

/// Maps a stable name (`chat/chat.js`) to the path that names the content's hash too
/// (`/chat/assets/chat-1A2B3C4D.js`). Wired in as an extension of the context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets(BTreeMap<String, String>);

impl Assets {
    /// Takes the manifest of the frontend's build.
    pub fn new(manifest: BTreeMap<String, String>) -> Self {
        Self(manifest)
    }

    /// The path to ask for; nothing when the frontend was not built.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
