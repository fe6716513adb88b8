//! Calls that changed. Events of calls carry no more than the call's id, so what a screen shows of a call is fetched again
//! when its revision rises.

use std::collections::{BTreeMap, BTreeSet};

use types::CallId;

/// Which calls changed, and which are gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calls {
    revisions: BTreeMap<CallId, u64>,
    note_revisions: BTreeMap<CallId, u64>,
    comments_revisions: BTreeMap<CallId, u64>,
    clips_revisions: BTreeMap<CallId, u64>,
    removed: BTreeSet<CallId>,
}

impl Calls {
    /// How often a call changed since the app began: what was fetched of it is out of date when it rises.
    pub fn revision(&self, id: CallId) -> u64 {
        self.revisions.get(&id).copied().unwrap_or_default()
    }

    /// How often a call's note changed.
    pub fn note_revision(&self, id: CallId) -> u64 {
        self.note_revisions.get(&id).copied().unwrap_or_default()
    }

    /// How often a call's comments changed.
    pub fn comments_revision(&self, id: CallId) -> u64 {
        self.comments_revisions.get(&id).copied().unwrap_or_default()
    }

    /// How often a clip of a call was made, changed or deleted.
    pub fn clips_revision(&self, id: CallId) -> u64 {
        self.clips_revisions.get(&id).copied().unwrap_or_default()
    }

    /// Whether a call was deleted, or may not be seen any more.
    pub fn is_removed(&self, id: CallId) -> bool {
        self.removed.contains(&id)
    }

    pub(crate) fn change(&mut self, id: CallId) {
        *self.revisions.entry(id).or_default() += 1;
        // Whoever is told of a change may see it (again).
        self.removed.remove(&id);
    }

    pub(crate) fn change_note(&mut self, id: CallId) {
        *self.note_revisions.entry(id).or_default() += 1;
    }

    pub(crate) fn change_comments(&mut self, id: CallId) {
        *self.comments_revisions.entry(id).or_default() += 1;
    }

    pub(crate) fn change_clips(&mut self, id: CallId) {
        *self.clips_revisions.entry(id).or_default() += 1;
    }

    pub(crate) fn remove(&mut self, id: CallId) {
        self.removed.insert(id);
    }
}
