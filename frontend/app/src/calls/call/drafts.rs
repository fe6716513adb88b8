//! Corrections of lines that are not saved yet. They are kept in this browser until they are saved or discarded, so that
//! neither a press elsewhere nor a reload loses them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use types::{CallId, SegmentId};

use crate::browser;
use crate::context::App;
use crate::inbox::DRAFTS;

/// The lines of a call that are being corrected, and what they are to say.
#[derive(Clone, Copy)]
pub struct Drafts {
    name: StoredValue<String>,
    texts: RwSignal<BTreeMap<SegmentId, String>>,
}

impl Drafts {
    /// Those of the user that this browser keeps.
    pub fn load(app: App, call: CallId) -> Self {
        let user = app.peek(state::State::my_id).map_or(0, |id| id.0);
        let name = format!("{DRAFTS}{user}.call.{call}");
        let stored = browser::stored(&name);
        let texts = stored
            .and_then(|json| types::json::read(serde_json::from_str(&json).ok()?).ok())
            .unwrap_or_default();
        Self { name: StoredValue::new(name), texts: RwSignal::new(texts) }
    }

    /// Whether a line is being corrected. Tracked.
    pub fn has(self, id: SegmentId) -> bool {
        self.texts.with(|texts| texts.contains_key(&id))
    }

    /// What a line is to say. Tracked.
    pub fn get(self, id: SegmentId) -> Option<String> {
        self.texts.with(|texts| texts.get(&id).cloned())
    }

    /// Keeps what a line is to say.
    pub fn keep(self, id: SegmentId, text: String) {
        self.texts.update(|texts| {
            texts.insert(id, text);
        });
        self.store();
    }

    /// Forgets a correction that was saved or discarded.
    pub fn forget(self, id: SegmentId) {
        self.texts.update(|texts| {
            texts.remove(&id);
        });
        self.store();
    }

    fn store(self) {
        let json = self
            .texts
            .with_untracked(|texts| (!texts.is_empty()).then(|| serde_json::to_string(texts).ok()).flatten());
        self.name.with_value(|name| browser::store(name, json.as_deref()));
    }
}
