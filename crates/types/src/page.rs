//! Lists: a page of items and the cursor of the next one. There are no page numbers and no totals.

use crate::wire::queries;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the order the list documents.
    pub items: Vec<T>,
    /// Pass it as `cursor` for the next page; absent on the last page.
    pub next_cursor: Option<String>,
}

queries! {
    /// Which page of a list.
    pub struct PageQuery {
        /// `next_cursor` of the page before; absent for the first page.
        pub cursor: Option<String>,
        /// How many items at the most: 1 to 200; 50 unless told.
        pub limit: Option<u16>,
    }
}

impl<T> Page<T> {
    /// The same page with each item turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}
