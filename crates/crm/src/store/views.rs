//! Saved views and list layouts.

use std::collections::BTreeMap;

use db::schema::{list_layouts, saved_views};
use db::{Json, on};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::crm::{ObjectKind, RecordSort, SavedView};
use types::{SavedViewId, Timestamp, UserId};

/// A row of `saved_views`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = saved_views)]
pub(crate) struct SavedViewRow {
    pub(crate) id: SavedViewId,
    pub(crate) list: ObjectKind,
    pub(crate) name: String,
    pub(crate) filters: Json<BTreeMap<String, String>>,
    #[diesel(column_name = column_names)]
    pub(crate) columns: Json<Vec<String>>,
    pub(crate) sort: RecordSort,
    pub(crate) owner_id: UserId,
    pub(crate) shared: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl SavedViewRow {
    pub(crate) fn to_wire(&self) -> SavedView {
        SavedView {
            id: self.id,
            list: self.list,
            name: self.name.clone(),
            filters: self.filters.0.clone(),
            columns: self.columns.0.clone(),
            sort: self.sort,
            owner_id: self.owner_id,
            shared: self.shared,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// The views of a user and those that are shared.
pub(crate) fn list(tx: &mut Tx<'_>, user: UserId, of: Option<ObjectKind>) -> Result<Vec<SavedViewRow>> {
    let mut rows = saved_views::table
        .filter(saved_views::owner_id.eq(user).or(saved_views::shared.eq(true)))
        .into_boxed();
    if let Some(of) = of {
        rows = rows.filter(saved_views::list.eq(of));
    }
    Ok(rows.order((saved_views::name, saved_views::id)).load(tx.conn())?)
}

pub(crate) fn count_own(tx: &mut Tx<'_>, user: UserId) -> Result<i64> {
    Ok(saved_views::table.filter(saved_views::owner_id.eq(user)).count().get_result(tx.conn())?)
}

pub(crate) fn lock(tx: &mut Tx<'_>, id: SavedViewId) -> Result<SavedViewRow> {
    let query = saved_views::table.find(id);
    Ok(match tx.conn() {
        db::Conn::Pg(conn) => query.for_update().get_result(conn)?,
        db::Conn::Sqlite(conn) => query.get_result(conn)?,
    })
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &SavedViewRow) -> Result<()> {
    diesel::insert_into(saved_views::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<SavedViewRow>, row: &SavedViewRow) -> Result<()> {
    diesel::update(saved_views::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, view: &Granted<SavedViewRow>) -> Result<()> {
    diesel::delete(saved_views::table.find(view.id)).execute(tx.conn())?;
    Ok(())
}

/// The columns that a user last chose for a list.
pub(crate) fn layout(tx: &mut Tx<'_>, user: UserId, list: ObjectKind) -> Result<Option<Vec<String>>> {
    let columns = list_layouts::table.find((user, list)).select(list_layouts::column_names);
    Ok(columns.get_result::<Json<Vec<String>>>(tx.conn()).optional()?.map(|Json(columns)| columns))
}

pub(crate) fn save_layout(tx: &mut Tx<'_>, user: UserId, list: ObjectKind, columns: &[String]) -> Result<()> {
    let columns = Json(columns.to_vec());
    let row = (
        list_layouts::user_id.eq(user),
        list_layouts::list.eq(list),
        list_layouts::column_names.eq(columns.clone()),
    );
    on!(tx.conn(), conn => diesel::insert_into(list_layouts::table)
        .values(row)
        .on_conflict((list_layouts::user_id, list_layouts::list))
        .do_update()
        .set(list_layouts::column_names.eq(columns))
        .execute(conn))?;
    Ok(())
}
