//! Imports and the rows that they refuse.

use db::schema::{import_problems, imports, users};
use db::{Conn, Json};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::crm::{Import, ImportColumn, ImportKey, ImportProblem, ImportState, ObjectKind};
use types::{FileId, ImportId, Timestamp, UserId};

/// A row of `imports`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = imports, treat_none_as_null = true)]
pub(crate) struct ImportRow {
    pub(crate) id: ImportId,
    pub(crate) object: ObjectKind,
    pub(crate) file_id: FileId,
    pub(crate) file_name: String,
    pub(crate) mapping: Json<Vec<ImportColumn>>,
    pub(crate) key: ImportKey,
    pub(crate) state: ImportState,
    pub(crate) failure: Option<String>,
    pub(crate) row_count: Option<i64>,
    pub(crate) done_count: i64,
    pub(crate) created_count: i64,
    pub(crate) updated_count: i64,
    pub(crate) refused_count: i64,
    pub(crate) user_id: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
}

impl ImportRow {
    pub(crate) fn to_wire(&self) -> Import {
        Import {
            id: self.id,
            object: self.object,
            file_name: self.file_name.clone(),
            columns: self.mapping.0.clone(),
            key: self.key,
            state: self.state,
            failure: self.failure.clone(),
            row_count: self.row_count,
            done_count: self.done_count,
            created_count: self.created_count,
            updated_count: self.updated_count,
            refused_count: self.refused_count,
            user_id: self.user_id,
            created_at: self.created_at,
            finished_at: self.finished_at,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ImportRow) -> Result<()> {
    diesel::insert_into(imports::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: ImportId) -> Result<ImportRow> {
    Ok(imports::table.find(id).get_result(tx.conn())?)
}

pub(crate) fn lock(tx: &mut Tx<'_>, id: ImportId) -> Result<ImportRow> {
    let query = imports::table.find(id);
    Ok(match tx.conn() {
        Conn::Pg(conn) => query.for_no_key_update().get_result(conn)?,
        Conn::Sqlite(conn) => query.get_result(conn)?,
    })
}

pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<ImportRow>, row: &ImportRow) -> Result<()> {
    diesel::update(imports::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// The imports of a user before one, the newest first.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    user: UserId,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<ImportRow>> {
    let mut rows =
        imports::table.filter(imports::user_id.eq(user)).order(imports::id.desc()).limit(limit).into_boxed();
    if let Some(before) = before {
        rows = rows.filter(imports::id.lt(before));
    }
    Ok(rows.load(tx.conn())?)
}

/// Imports of a kind that have ended, or that were made before a time and never started.
pub(crate) fn ended(
    tx: &mut Tx<'_>,
    object: Option<ObjectKind>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<ImportRow>> {
    let mut rows = imports::table
        .filter(imports::state.eq_any(vec![ImportState::Done, ImportState::Failed, ImportState::Checked]))
        .filter(imports::created_at.lt(before))
        .order(imports::id)
        .limit(limit)
        .into_boxed();
    if let Some(object) = object {
        rows = rows.filter(imports::object.eq(object));
    }
    Ok(rows.load(tx.conn())?)
}

/// Deletes an import and what it says of the rows it refused. The records that it made stay.
pub(crate) fn delete(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    delete_problems(tx, id)?;
    diesel::delete(imports::table.find(id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_problems(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    let all = import_problems::table.filter(import_problems::import_id.eq(id));
    diesel::delete(all).execute(tx.conn())?;
    Ok(())
}

/// Notes why rows are refused.
pub(crate) fn insert_problems(tx: &mut Tx<'_>, id: ImportId, problems: &[ImportProblem]) -> Result<()> {
    let mut place = (0, 0);
    for problem in problems {
        place = if place.0 == problem.row { (problem.row, place.1 + 1) } else { (problem.row, 0) };
        let row = (
            import_problems::import_id.eq(id),
            import_problems::row_number.eq(problem.row),
            import_problems::position.eq(place.1),
            import_problems::column_name.eq(problem.column.as_deref()),
            import_problems::detail.eq(&problem.detail),
        );
        diesel::insert_into(import_problems::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

type ProblemColumns = (i64, i32, Option<String>, String);

/// Problems after a place, in the order of the rows, each with its number within the row.
pub(crate) fn problems(
    tx: &mut Tx<'_>,
    id: ImportId,
    after: (i64, i32),
    limit: i64,
) -> Result<Vec<(i32, ImportProblem)>> {
    let (row_number, position) = (import_problems::row_number, import_problems::position);
    let further = row_number.gt(after.0).or(row_number.eq(after.0).and(position.gt(after.1)));
    let rows: Vec<ProblemColumns> = import_problems::table
        .filter(import_problems::import_id.eq(id))
        .filter(further)
        .order((row_number, position))
        .select((row_number, position, import_problems::column_name, import_problems::detail))
        .limit(limit)
        .load(tx.conn())?;
    let problem = |(row, position, column, detail)| (position, ImportProblem { row, column, detail });
    Ok(rows.into_iter().map(problem).collect())
}

/// The user with this address.
pub(crate) fn user_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<UserId>> {
    let query = users::table.filter(users::email.eq(email)).select(users::id);
    Ok(query.get_result(tx.conn()).optional()?)
}

/// The address of each user.
pub(crate) fn user_emails(tx: &mut Tx<'_>) -> Result<Vec<(UserId, String)>> {
    Ok(users::table.select((users::id, users::email)).load(tx.conn())?)
}
