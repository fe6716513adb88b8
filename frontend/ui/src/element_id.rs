//! Ids for elements that must name each other (`for`, `aria-describedby`, `aria-controls`).

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An id that no other element of this page has.
pub(crate) fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
