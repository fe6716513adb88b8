//! Files: what is known of an upload. The bytes are in the blob store under `blob_key`.

use db::schema::files;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{ContactId, FileId, Timestamp};

/// A row of `files`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub(crate) struct FileRow {
    pub(crate) id: FileId,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) size: i64,
    pub(crate) sha256: String,
    pub(crate) blob_key: String,
    /// The key of the actor who uploaded it, who alone may attach it.
    pub(crate) uploader: String,
    pub(crate) attached: bool,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) created_at: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &FileRow) -> Result<()> {
    diesel::insert_into(files::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: FileId) -> Result<FileRow> {
    Ok(files::table.find(id).select(FileRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_all(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<Vec<FileRow>> {
    let query = files::table.filter(files::id.eq_any(ids.to_vec())).select(FileRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// The files with these ids that exist, locked.
pub(crate) fn find_locked(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<Vec<FileRow>> {
    let query = files::table.filter(files::id.eq_any(ids.to_vec())).order(files::id);
    let rows = match tx.conn() {
        db::Conn::Pg(conn) => query.select(FileRow::as_select()).for_update().load(conn),
        db::Conn::Sqlite(conn) => query.select(FileRow::as_select()).load(conn),
    };
    Ok(rows?)
}

pub(crate) fn mark_attached(
    tx: &mut Tx<'_>,
    file: &Granted<FileRow>,
    contact: Option<ContactId>,
) -> Result<()> {
    diesel::update(files::table.find(file.id))
        .set((files::attached.eq(true), files::contact_id.eq(contact)))
        .execute(tx.conn())?;
    Ok(())
}

/// Files that were uploaded before a time and never attached.
pub(crate) fn loose_before(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<FileId>> {
    let query = files::table
        .filter(files::attached.eq(false))
        .filter(files::created_at.lt(before))
        .select(files::id)
        .order(files::created_at)
        .limit(limit);
    Ok(query.load(tx.conn())?)
}

pub(crate) fn delete(tx: &mut Tx<'_>, file: &Granted<FileRow>) -> Result<()> {
    diesel::delete(files::table.find(file.id)).execute(tx.conn())?;
    Ok(())
}
