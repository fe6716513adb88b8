//! Uploads that this browser remembers until they are done, so that a page that was closed costs no more than choosing
//! the file again.

use serde::{Deserialize, Serialize};
use types::{CallId, UserId};

use crate::browser;

/// An upload that was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// Names it in this browser.
    pub key: String,
    /// The call that the recording is of.
    pub call_id: CallId,
    /// Whether the call was made for it.
    pub made_call: bool,
    /// What the call is called.
    pub title: String,
    /// The name of the file.
    pub file_name: String,
    /// The size of the file in bytes.
    pub bytes: u64,
}

/// Where those of a user are stored.
fn name(user: UserId) -> String {
    format!("rapport.uploads.{user}")
}

/// The uploads of a user, the oldest first.
pub fn all(user: UserId) -> Vec<Remembered> {
    // What an earlier release stored otherwise is forgotten.
    let stored = browser::stored(&name(user));
    stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default()
}

/// Remembers an upload.
pub fn add(user: UserId, upload: Remembered) {
    let mut uploads = all(user);
    uploads.retain(|other| other.key != upload.key);
    uploads.push(upload);
    save(user, &uploads);
}

/// Forgets an upload.
pub fn remove(user: UserId, key: &str) {
    let mut uploads = all(user);
    uploads.retain(|upload| upload.key != key);
    save(user, &uploads);
}

fn save(user: UserId, uploads: &[Remembered]) {
    let text = serde_json::to_string(uploads).ok().filter(|_| !uploads.is_empty());
    browser::store(&name(user), text.as_deref());
}
