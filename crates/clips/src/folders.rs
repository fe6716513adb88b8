//! Folders that clips are kept in: the library.

mod delete;
mod list;
mod save;

pub use delete::{delete, delete_clip_folder};
pub use list::{list, list_clip_folders};
pub use save::{create, create_clip_folder, update, update_clip_folder};

use platform::{Result, Tx};
use types::{Event, Permission, Subject};

/// Most clips that a folder is counted to have.
const MOST_COUNTED: i64 = 1000;

/// Tells whoever may share clips that the folders changed.
fn tell(tx: &mut Tx<'_>) -> Result<()> {
    tx.emit(Subject::Permission(Permission::UseCallIntelligence), Event::ClipFoldersChanged)
}
