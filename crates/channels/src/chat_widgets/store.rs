//! The rows of chat widgets.

use db::schema::{chat_widgets, inboxes};
use db::{Conn, Json, on};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::channels::WidgetStyle;
use types::{InboxId, Timestamp, WidgetId};

/// A chat widget.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = chat_widgets)]
pub(crate) struct WidgetRow {
    pub(crate) id: WidgetId,
    pub(crate) name: String,
    pub(crate) inbox_id: InboxId,
    pub(crate) enabled: bool,
    pub(crate) style: Json<WidgetStyle>,
    pub(crate) allowed_origins: Json<Vec<String>>,
    pub(crate) require_signed_identity: bool,
    pub(crate) identity_secret_sealed: String,
    pub(crate) created_at: Timestamp,
    pub(crate) deleted_at: Option<Timestamp>,
}

/// A widget that was not deleted.
pub(crate) fn find(tx: &mut Tx<'_>, id: WidgetId) -> Result<Option<WidgetRow>> {
    Ok(chat_widgets::table
        .find(id)
        .filter(chat_widgets::deleted_at.is_null())
        .select(WidgetRow::as_select())
        .get_result(tx.conn())
        .optional()?)
}

/// A widget that was not deleted, locked until the transaction ends.
pub(crate) fn lock(tx: &mut Tx<'_>, id: WidgetId) -> Result<Option<WidgetRow>> {
    // SQLite's one writer holds every row already.
    let Conn::Pg(conn) = tx.conn() else { return find(tx, id) };
    Ok(chat_widgets::table
        .find(id)
        .filter(chat_widgets::deleted_at.is_null())
        .select(WidgetRow::as_select())
        .for_update()
        .get_result(conn)
        .optional()?)
}

/// The widgets with an id above `after`, by id.
pub(crate) fn list(tx: &mut Tx<'_>, after: Option<WidgetId>, rows: i64) -> Result<Vec<WidgetRow>> {
    Ok(chat_widgets::table
        .filter(chat_widgets::id.gt(after.unwrap_or(WidgetId(0))))
        .filter(chat_widgets::deleted_at.is_null())
        .order(chat_widgets::id)
        .limit(rows)
        .select(WidgetRow::as_select())
        .load(tx.conn())?)
}

/// The oldest widget that is on.
pub(crate) fn first_enabled(tx: &mut Tx<'_>) -> Result<Option<WidgetRow>> {
    Ok(chat_widgets::table
        .filter(chat_widgets::enabled)
        .filter(chat_widgets::deleted_at.is_null())
        .order(chat_widgets::id)
        .select(WidgetRow::as_select())
        .first(tx.conn())
        .optional()?)
}

/// Whether there is such an inbox.
pub(crate) fn inbox_exists(tx: &mut Tx<'_>, id: InboxId) -> Result<bool> {
    Ok(diesel::select(exists(inboxes::table.find(id))).get_result(tx.conn())?)
}

/// Adds a widget.
pub(crate) fn insert(tx: &mut Tx<'_>, row: &WidgetRow) -> Result<()> {
    on!(tx.conn(), conn => diesel::insert_into(chat_widgets::table).values(row).execute(conn))?;
    Ok(())
}

/// Saves everything that can be changed of a widget.
pub(crate) fn save(tx: &mut Tx<'_>, granted: Granted<WidgetRow>, changed: &WidgetRow) -> Result<()> {
    diesel::update(chat_widgets::table.find(granted.id))
        .set((
            chat_widgets::name.eq(&changed.name),
            chat_widgets::inbox_id.eq(changed.inbox_id),
            chat_widgets::enabled.eq(changed.enabled),
            chat_widgets::style.eq(&changed.style),
            chat_widgets::allowed_origins.eq(&changed.allowed_origins),
            chat_widgets::require_signed_identity.eq(changed.require_signed_identity),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Replaces the secret that identities are signed with.
pub(crate) fn save_secret(tx: &mut Tx<'_>, granted: &Granted<WidgetRow>, sealed: &str) -> Result<()> {
    diesel::update(chat_widgets::table.find(granted.id))
        .set(chat_widgets::identity_secret_sealed.eq(sealed))
        .execute(tx.conn())?;
    Ok(())
}

/// Marks a widget as deleted. Its row stays, because its threads name it.
pub(crate) fn delete(tx: &mut Tx<'_>, granted: &Granted<WidgetRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(chat_widgets::table.find(granted.id))
        .set(chat_widgets::deleted_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}
