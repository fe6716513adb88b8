//! What webhooks are to be told, and what came of it.

use db::Cursor;
use db::schema::webhook_deliveries::{self, table};
use diesel::prelude::*;
use platform::{Granted, Paging, Result, Tx};
use types::accounts::{WebhookDelivery, WebhookDeliveryState, WebhookEventKind};
use types::{ContactId, Timestamp, WebhookDeliveryId, WebhookEventId, WebhookId};

use super::first_locked;
use super::webhooks::WebhookRow;

/// A row of `webhook_deliveries`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhook_deliveries, treat_none_as_null = true)]
pub(crate) struct DeliveryRow {
    pub(crate) id: WebhookDeliveryId,
    pub(crate) webhook_id: WebhookId,
    pub(crate) event_id: WebhookEventId,
    pub(crate) kind: WebhookEventKind,
    pub(crate) subject_id: i64,
    /// The order among the deliveries of the subject to the webhook.
    pub(crate) seq: i64,
    pub(crate) occurred_at: Timestamp,
    pub(crate) body: Option<String>,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) state: WebhookDeliveryState,
    pub(crate) attempts: i32,
    pub(crate) next_attempt_at: Option<Timestamp>,
    pub(crate) claimed_until: Option<Timestamp>,
    pub(crate) attempted_at: Option<Timestamp>,
    pub(crate) duration_ms: Option<i32>,
    pub(crate) response_status: Option<i32>,
    pub(crate) response_body: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) created_at: Timestamp,
}

impl From<DeliveryRow> for WebhookDelivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            webhook_id: row.webhook_id,
            event_id: row.event_id,
            kind: row.kind,
            subject_id: row.subject_id.to_string(),
            occurred_at: row.occurred_at,
            state: row.state,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            attempted_at: row.attempted_at,
            duration_ms: row.duration_ms,
            response_status: row.response_status,
            response_body: row.response_body,
            error: row.error,
            body: row.body,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &DeliveryRow) -> Result<()> {
    diesel::insert_into(table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<DeliveryRow>, row: &DeliveryRow) -> Result<()> {
    diesel::update(table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: WebhookDeliveryId) -> Result<DeliveryRow> {
    Ok(table.find(id).select(DeliveryRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: WebhookDeliveryId) -> Result<DeliveryRow> {
    Ok(first_locked!(tx.conn(), table.find(id).select(DeliveryRow::as_select()))?)
}

/// The number of the last delivery of a subject; 0 when there is none.
pub(crate) fn last_seq(tx: &mut Tx<'_>, webhook: WebhookId, subject: i64) -> Result<i64> {
    let of_subject =
        webhook_deliveries::webhook_id.eq(webhook).and(webhook_deliveries::subject_id.eq(subject));
    let last = table.filter(of_subject).select(diesel::dsl::max(webhook_deliveries::seq));
    Ok(last.get_result::<Option<i64>>(tx.conn())?.unwrap_or(0))
}

/// The first delivery of a subject that waits.
pub(crate) fn first_queued(tx: &mut Tx<'_>, webhook: WebhookId, subject: i64) -> Result<Option<DeliveryRow>> {
    let queued = table
        .filter(webhook_deliveries::webhook_id.eq(webhook))
        .filter(webhook_deliveries::subject_id.eq(subject))
        .filter(webhook_deliveries::state.eq(WebhookDeliveryState::Queued))
        .order(webhook_deliveries::seq)
        .select(DeliveryRow::as_select());
    Ok(queued.first(tx.conn()).optional()?)
}

/// Until when a delivery of the subject belongs to whoever is sending it.
pub(crate) fn claimed_until(tx: &mut Tx<'_>, webhook: WebhookId, subject: i64) -> Result<Option<Timestamp>> {
    let of_subject =
        webhook_deliveries::webhook_id.eq(webhook).and(webhook_deliveries::subject_id.eq(subject));
    let last = table.filter(of_subject).select(diesel::dsl::max(webhook_deliveries::claimed_until));
    Ok(last.get_result::<Option<i64>>(tx.conn())?.map(Timestamp))
}

/// Gives up what waits for a webhook.
pub(crate) fn give_up_queued(tx: &mut Tx<'_>, webhook: &Granted<WebhookRow>, why: &str) -> Result<()> {
    let queued = table
        .filter(webhook_deliveries::webhook_id.eq(webhook.id))
        .filter(webhook_deliveries::state.eq(WebhookDeliveryState::Queued));
    diesel::update(queued)
        .set((
            webhook_deliveries::state.eq(WebhookDeliveryState::Failed),
            webhook_deliveries::next_attempt_at.eq(None::<Timestamp>),
            webhook_deliveries::error.eq(why),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes all deliveries of a webhook.
pub(crate) fn delete_of(tx: &mut Tx<'_>, webhook: &Granted<WebhookRow>) -> Result<()> {
    diesel::delete(table.filter(webhook_deliveries::webhook_id.eq(webhook.id))).execute(tx.conn())?;
    Ok(())
}

/// Deliveries of a webhook, the newest first.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    state: Option<WebhookDeliveryState>,
    paging: &Paging,
) -> Result<Vec<DeliveryRow>> {
    let mut rows = table
        .filter(webhook_deliveries::webhook_id.eq(webhook))
        .order((webhook_deliveries::created_at.desc(), webhook_deliveries::id.desc()))
        .limit(paging.rows())
        .select(DeliveryRow::as_select())
        .into_boxed();
    if let Some(state) = state {
        rows = rows.filter(webhook_deliveries::state.eq(state));
    }
    if let Some(after) = &paging.after {
        let (at, id) = (after.number(0)?, after.number(1)?);
        let same_time = webhook_deliveries::created_at.eq(at).and(webhook_deliveries::id.lt(id));
        rows = rows.filter(webhook_deliveries::created_at.lt(at).or(same_time));
    }
    Ok(rows.load(tx.conn())?)
}

/// Where a page that ends with this delivery ends.
pub(crate) fn cursor(row: &DeliveryRow) -> Cursor {
    Cursor::new([row.created_at.0.into(), row.id.0.into()])
}

/// The webhooks and subjects that something waits for with a contact's data, in the order that they are locked in.
pub(crate) fn lanes_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<(WebhookId, i64)>> {
    let lanes = table
        .filter(webhook_deliveries::contact_id.eq(contact))
        .filter(webhook_deliveries::state.eq(WebhookDeliveryState::Queued))
        .select((webhook_deliveries::webhook_id, webhook_deliveries::subject_id))
        .distinct()
        .order((webhook_deliveries::webhook_id, webhook_deliveries::subject_id));
    Ok(lanes.load(tx.conn())?)
}

/// Clears what was sent about a contact, and takes out what waits.
pub(crate) fn erase_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    let of_contact = webhook_deliveries::contact_id.eq(contact);
    let unsent = webhook_deliveries::state.ne(WebhookDeliveryState::Delivered);
    diesel::update(table.filter(of_contact).filter(unsent))
        .set((
            webhook_deliveries::state.eq(WebhookDeliveryState::Erased),
            webhook_deliveries::next_attempt_at.eq(None::<Timestamp>),
        ))
        .execute(tx.conn())?;
    diesel::update(table.filter(of_contact))
        .set((
            webhook_deliveries::body.eq(None::<String>),
            webhook_deliveries::response_body.eq(None::<String>),
            webhook_deliveries::contact_id.eq(None::<ContactId>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Has what is about a merged contact be about the one that stays.
pub(crate) fn move_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    diesel::update(table.filter(webhook_deliveries::contact_id.eq(from)))
        .set(webhook_deliveries::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes deliveries from before a time that nobody waits for; how many it were.
pub(crate) fn expire(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ids: Vec<WebhookDeliveryId> = table
        .filter(webhook_deliveries::created_at.lt(before))
        .filter(webhook_deliveries::state.ne(WebhookDeliveryState::Queued))
        .select(webhook_deliveries::id)
        .limit(limit)
        .load(tx.conn())?;
    Ok(diesel::delete(table.filter(webhook_deliveries::id.eq_any(ids))).execute(tx.conn())?)
}
