//! Saved views of lists of records, and the columns that a user last chose.

use std::collections::BTreeMap;

use super::{ObjectKind, RecordSort};
use crate::wire::{paths, queries, replies, requests};
use crate::{SavedViewId, Timestamp, UserId};

replies! {
    /// A list as somebody wants to see it again.
    pub struct SavedView {
        /// The view's id.
        pub id: SavedViewId,
        /// The kind of record that the list shows.
        pub list: ObjectKind,
        /// The name.
        pub name: String,
        /// The filters: parameters of the list by name, such as `stage_id`.
        pub filters: BTreeMap<String, String>,
        /// The columns, in order: names of fields, and `property.` with a key.
        pub columns: Vec<String>,
        /// The order.
        pub sort: RecordSort,
        /// The user who made it, and who alone may change it.
        pub owner_id: UserId,
        /// Whether every user sees it.
        pub shared: bool,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// Saved views.
    pub struct SavedViews {
        /// The views, by name.
        pub items: Vec<SavedView>,
    }

    /// The columns that a user last chose for a list.
    pub struct ListLayout {
        /// The kind of record that the list shows.
        pub list: ObjectKind,
        /// The columns, in order; absent when the user has chosen none yet.
        pub columns: Option<Vec<String>>,
    }
}

requests! {
    /// A view to be, or the whole of what it shall be.
    pub struct SaveView {
        /// The kind of record that the list shows; it never changes.
        pub list: ObjectKind,
        /// The name: 1 to 100 characters.
        pub name: String,
        /// The filters: parameters of the list by name, at most 30.
        #[serde(default)]
        pub filters: BTreeMap<String, String>,
        /// The columns, in order: names of fields, and `property.` with a key; at most 50.
        pub columns: Vec<String>,
        /// The order; that of calls stands among the filters.
        #[serde(default)]
        pub sort: RecordSort,
        /// Whether every user sees it.
        #[serde(default)]
        pub shared: bool,
    }

    /// The columns of a list.
    pub struct SaveListLayout {
        /// The columns, in order: names of fields, and `property.` with a key; 1 to 50.
        pub columns: Vec<String>,
    }
}

queries! {
    /// Which views.
    pub struct ListSavedViews {
        /// Only views of the list of this kind of record.
        pub list: Option<ObjectKind>,
    }
}

paths! {
    /// The id of a saved view.
    pub struct SavedViewPath {
        /// The view.
        pub view_id: SavedViewId,
    }
    /// The list that a layout is of.
    pub struct ListLayoutPath {
        /// The kind of record that the list shows.
        pub list: ObjectKind,
    }
}
