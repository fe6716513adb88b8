//! Webhooks.

use db::schema::webhooks;
use db::{Conn, Json};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::{WebhookEventKind, WebhookSwitchOffReason};
use types::{Timestamp, UserId, WebhookId};

use super::first_locked;

/// A row of `webhooks`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhooks, treat_none_as_null = true)]
pub(crate) struct WebhookRow {
    pub(crate) id: WebhookId,
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) event_kinds: Json<Vec<WebhookEventKind>>,
    pub(crate) secret_sealed: String,
    pub(crate) previous_secret_sealed: Option<String>,
    pub(crate) previous_secret_until: Option<Timestamp>,
    pub(crate) is_active: bool,
    pub(crate) switched_off_at: Option<Timestamp>,
    pub(crate) switched_off_reason: Option<WebhookSwitchOffReason>,
    pub(crate) failures: i32,
    pub(crate) failing_since: Option<Timestamp>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &WebhookRow) -> Result<()> {
    diesel::insert_into(webhooks::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<WebhookRow>, row: &WebhookRow) -> Result<()> {
    diesel::update(webhooks::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<WebhookRow>) -> Result<()> {
    diesel::delete(webhooks::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(webhooks::table.count().get_result(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: WebhookId) -> Result<WebhookRow> {
    Ok(webhooks::table.find(id).select(WebhookRow::as_select()).get_result(tx.conn())?)
}

/// Locked against everything, also against deliveries being added.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: WebhookId) -> Result<WebhookRow> {
    Ok(first_locked!(tx.conn(), webhooks::table.find(id).select(WebhookRow::as_select()))?)
}

/// Locked against changes; deliveries may be added meanwhile, so that no booking waits for a receiver's answer to be noted.
pub(crate) fn find_locked_to_follow(tx: &mut Tx<'_>, id: WebhookId) -> Result<WebhookRow> {
    let row = webhooks::table.find(id);
    Ok(match tx.conn() {
        Conn::Pg(conn) => row.select(WebhookRow::as_select()).for_no_key_update().get_result(conn)?,
        Conn::Sqlite(conn) => row.select(WebhookRow::as_select()).get_result(conn)?,
    })
}

/// The active webhooks that want to be told of a kind, the oldest first; none of them can be changed or removed to the end
/// of the transaction.
pub(crate) fn interested(tx: &mut Tx<'_>, kind: WebhookEventKind) -> Result<Vec<WebhookId>> {
    let query = webhooks::table
        .filter(webhooks::is_active.eq(true))
        .order(webhooks::id)
        .select((webhooks::id, webhooks::event_kinds));
    let active: Vec<(WebhookId, Json<Vec<WebhookEventKind>>)> = match tx.conn() {
        Conn::Pg(conn) => query.for_key_share().load(conn)?,
        Conn::Sqlite(conn) => query.load(conn)?,
    };
    Ok(active.into_iter().filter(|(_, kinds)| kinds.0.contains(&kind)).map(|(id, _)| id).collect())
}

/// Webhooks after `after` in the order of their ids.
pub(crate) fn page(tx: &mut Tx<'_>, after: Option<WebhookId>, limit: i64) -> Result<Vec<WebhookRow>> {
    let mut query = webhooks::table.order(webhooks::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(webhooks::id.gt(after));
    }
    Ok(query.select(WebhookRow::as_select()).load(tx.conn())?)
}
