//! Terms that are tracked: phrases that people should notice when they are said.

mod count;
mod delete;
mod list;
mod matcher;
mod matching;
mod of_call;
mod save;

pub use count::{count, count_tracked_term};
pub use delete::{delete, delete_tracked_term};
pub use list::{list, list_tracked_terms};
pub use matching::MatchTrackedTerm;
pub use of_call::{list_call_terms, of_call};
pub use save::{create, create_tracked_term, update, update_tracked_term};

pub(crate) use matcher::Matcher;

use platform::{Key, Result, Tx};

/// Waits until no other transaction changes terms or what they are looked for in. To be taken before a call is locked.
pub(crate) fn lock(tx: &mut Tx<'_>) -> Result<()> {
    tx.lock(Key::Named("tracked_terms", ""))
}
