//! What was written and not sent, kept in this browser for each user, conversation and tab.

use serde::{Deserialize, Serialize};
use types::conversations::MessageKind;
use types::files::File;
use types::{ThreadId, UserId};

use crate::browser;
use crate::context::App;

/// The beginning of the names that drafts are stored under.
pub const DRAFTS: &str = "rapport.draft.";

/// What was written and not sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The content.
    pub html: String,
    /// The same as plain text.
    pub text: String,
    /// The files that go with it.
    pub attachments: Vec<File>,
    /// The users a comment mentions.
    pub mentioned_user_ids: Vec<UserId>,
}

impl Draft {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.attachments.is_empty()
    }

    /// The draft of a conversation's tab; empty when there is none.
    pub fn load(app: App, thread: ThreadId, kind: MessageKind) -> Self {
        let stored = browser::stored(&name(app, thread, kind));
        stored.and_then(|json| types::json::read(serde_json::from_str(&json).ok()?).ok()).unwrap_or_default()
    }

    /// Keeps the draft, or removes it when it is empty.
    pub fn save(&self, app: App, thread: ThreadId, kind: MessageKind) {
        let json = (!self.is_empty()).then(|| serde_json::to_string(self).ok()).flatten();
        browser::store(&name(app, thread, kind), json.as_deref());
    }
}

fn name(app: App, thread: ThreadId, kind: MessageKind) -> String {
    let user = app.peek(state::State::my_id).map_or(0, |id| id.0);
    format!("{DRAFTS}{user}.{thread}.{kind}")
}
