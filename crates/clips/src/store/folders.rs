//! Folders of clips.

use calls::excerpts;
use db::Conn;
use db::schema::{clip_folders, clips};
use diesel::dsl::count_star;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::clips::ClipFolder;
use types::{ClipFolderId, Timestamp};

/// A row of `clip_folders`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clip_folders)]
pub(crate) struct FolderRow {
    pub(crate) id: ClipFolderId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) created_at: Timestamp,
}

impl FolderRow {
    pub(crate) fn to_wire(&self, clips: i64) -> ClipFolder {
        ClipFolder { id: self.id, name: self.name.clone(), clips, created_at: self.created_at }
    }
}

/// All folders by name.
pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<FolderRow>> {
    let by_name = clip_folders::table.order((clip_folders::name_key, clip_folders::id));
    Ok(by_name.select(FolderRow::as_select()).load(tx.conn())?)
}

/// How many clips each folder holds whose calls the actor may see.
pub(crate) fn counts(tx: &mut Tx<'_>) -> Result<Vec<(ClipFolderId, i64)>> {
    Ok(clips::table
        .filter(clips::folder_id.is_not_null())
        .filter(excerpts::is_seen(tx, "clips.call_id")?)
        .group_by(clips::folder_id)
        .select((clips::folder_id.assume_not_null(), count_star()))
        .load(tx.conn())?)
}

/// The folder, which stays until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: ClipFolderId) -> Result<Option<FolderRow>> {
    let query = clip_folders::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(FolderRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(FolderRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &FolderRow) -> Result<()> {
    diesel::insert_into(clip_folders::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, folder: &Granted<FolderRow>, row: &FolderRow) -> Result<()> {
    diesel::update(clip_folders::table.find(folder.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a folder; its clips are in none then.
pub(crate) fn delete(tx: &mut Tx<'_>, folder: &Granted<FolderRow>) -> Result<()> {
    diesel::update(clips::table.filter(clips::folder_id.eq(folder.id)))
        .set(clips::folder_id.eq(None::<ClipFolderId>))
        .execute(tx.conn())?;
    diesel::delete(clip_folders::table.find(folder.id)).execute(tx.conn())?;
    Ok(())
}
