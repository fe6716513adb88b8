//! Files of the watched folder that were looked at.

use db::on;
use db::schema::watched_files;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::Timestamp;

/// A file as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WatchedFile {
    /// Its name within the folder.
    pub(crate) path: String,
    pub(crate) bytes: i64,
    pub(crate) modified_at: Timestamp,
}

/// What is known of a file.
pub(crate) struct Known {
    pub(crate) file: WatchedFile,
    /// Since when it has been as it is.
    pub(crate) stable_since: Timestamp,
    pub(crate) taken: bool,
}

pub(crate) fn find(tx: &mut Tx<'_>, path: &str) -> Result<Option<Known>> {
    let found: Option<(String, i64, Timestamp, Timestamp, bool)> =
        watched_files::table.find(path).get_result(tx.conn()).optional()?;
    Ok(found.map(|(path, bytes, modified_at, stable_since, taken)| Known {
        file: WatchedFile { path, bytes, modified_at },
        stable_since,
        taken,
    }))
}

/// Notes that a file is new, or has changed.
pub(crate) fn note(tx: &mut Tx<'_>, file: &WatchedFile) -> Result<()> {
    let now = tx.now();
    let facts = (
        watched_files::bytes.eq(file.bytes),
        watched_files::modified_at.eq(file.modified_at),
        watched_files::stable_since.eq(now),
        watched_files::taken.eq(false),
    );
    on!(tx.conn(), conn => diesel::insert_into(watched_files::table)
        .values((watched_files::path.eq(&file.path), facts))
        .on_conflict(watched_files::path)
        .do_update()
        .set(facts)
        .execute(conn))?;
    Ok(())
}

/// Notes that a file was taken in.
pub(crate) fn take(tx: &mut Tx<'_>, path: &str) -> Result<()> {
    diesel::update(watched_files::table.find(path)).set(watched_files::taken.eq(true)).execute(tx.conn())?;
    Ok(())
}
