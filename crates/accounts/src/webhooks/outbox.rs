//! What is to be sent, and in which order.

use platform::{Ctx, Error, Job, Key, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::{WebhookDeliveryState, WebhookEventKind};
use types::{ContactId, Timestamp, WebhookDeliveryId, WebhookEventId, WebhookId};

use super::send;
use crate::store::webhook_deliveries::{self as deliveries, DeliveryRow};
use crate::store::webhooks;

/// Tells every webhook that wants to know what happened, once this is committed.
///
/// `subject_id` names what it happened to, such as the meeting: a webhook is told what happened to one subject in the order
/// of these calls. `payload` becomes `data` of what is posted. `contact` is whose data is in it: erasing the contact erases
/// it here too.
///
/// # Errors
/// [`Error::Internal`] when the payload cannot be serialised, or the database refuses it.
pub fn deliver(
    tx: &mut Tx<'_>,
    kind: WebhookEventKind,
    subject_id: i64,
    occurred_at: Timestamp,
    payload: &impl Serialize,
    contact: Option<ContactId>,
) -> Result<()> {
    let interested = webhooks::interested(tx, kind)?;
    if interested.is_empty() {
        return Ok(());
    }
    let message = Message::new(tx, (kind, subject_id, occurred_at), payload, contact)?;
    for webhook_id in interested {
        put(tx, webhook_id, &message)?;
        super::announce(tx, webhook_id)?;
    }
    Ok(())
}

/// An event as webhooks are told of it.
pub(super) struct Message {
    event_id: WebhookEventId,
    kind: WebhookEventKind,
    subject_id: i64,
    occurred_at: Timestamp,
    body: String,
    contact_id: Option<ContactId>,
}

/// What is posted.
#[derive(Serialize)]
struct Body<'a, P> {
    id: WebhookEventId,
    #[serde(rename = "type")]
    kind: WebhookEventKind,
    occurred_at: Timestamp,
    data: &'a P,
}

impl Message {
    /// What happened, to what, and when.
    pub(super) fn new(
        tx: &Tx<'_>,
        (kind, subject_id, occurred_at): (WebhookEventKind, i64, Timestamp),
        data: &impl Serialize,
        contact_id: Option<ContactId>,
    ) -> Result<Self> {
        let event_id: WebhookEventId = tx.new_id();
        let body = serde_json::to_string(&Body { id: event_id, kind, occurred_at, data })?;
        Ok(Self { event_id, kind, subject_id, occurred_at, body, contact_id })
    }
}

/// Puts a message for one webhook behind what it is still to be told of the subject.
pub(super) fn put(tx: &mut Tx<'_>, webhook_id: WebhookId, message: &Message) -> Result<DeliveryRow> {
    lock_lane(tx, webhook_id, message.subject_id)?;
    let row = DeliveryRow {
        id: tx.new_id(),
        webhook_id,
        event_id: message.event_id,
        kind: message.kind,
        subject_id: message.subject_id,
        seq: deliveries::last_seq(tx, webhook_id, message.subject_id)? + 1,
        occurred_at: message.occurred_at,
        body: Some(message.body.clone()),
        contact_id: message.contact_id,
        state: WebhookDeliveryState::Queued,
        attempts: 0,
        next_attempt_at: Some(tx.now()),
        claimed_until: None,
        attempted_at: None,
        duration_ms: None,
        response_status: None,
        response_body: None,
        error: None,
        created_at: tx.now(),
    };
    deliveries::insert(tx, &row)?;
    enqueue(tx, &row, tx.now())?;
    Ok(row)
}

/// Has nobody else add, send or finish deliveries of one subject to one webhook, to the end of the transaction.
pub(crate) fn lock_lane(tx: &mut Tx<'_>, webhook_id: WebhookId, subject_id: i64) -> Result<()> {
    tx.lock(Key::Named("webhook subject", &format!("{webhook_id} {subject_id}")))
}

/// Has a delivery looked at, at a time. The job carries no contact: the delivery does, and what waits behind it must go on
/// when the contact is erased.
pub(super) fn enqueue(tx: &mut Tx<'_>, delivery: &DeliveryRow, at: Timestamp) -> Result<()> {
    let about = tx.contact();
    tx.about(None);
    let queued = tx.enqueue_at(&DeliverWebhook { delivery_id: delivery.id }, at);
    tx.about(about);
    queued.map(|_| ())
}

/// Has the first delivery of a subject that waits looked at, now that the one before it is done with. The lane is locked.
pub(super) fn go_on(tx: &mut Tx<'_>, webhook_id: WebhookId, subject_id: i64) -> Result<()> {
    match deliveries::first_queued(tx, webhook_id, subject_id)? {
        Some(next) => enqueue(tx, &next, next.next_attempt_at.unwrap_or(tx.now()).max(tx.now())),
        None => Ok(()),
    }
}

/// Takes a contact out of what was sent and what waits.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub(crate) fn erase_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    let lanes = deliveries::lanes_of(tx, contact)?;
    for (webhook_id, subject_id) in &lanes {
        lock_lane(tx, *webhook_id, *subject_id)?;
    }
    deliveries::erase_contact(tx, contact)?;
    for (webhook_id, subject_id) in lanes {
        go_on(tx, webhook_id, subject_id)?;
        super::announce(tx, webhook_id)?;
    }
    Ok(())
}

/// Sends one delivery, if it is its turn.
///
/// Should the process die between the answer and noting it, the delivery is sent again, with the same event id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverWebhook {
    /// The delivery.
    pub delivery_id: WebhookDeliveryId,
}

impl Job for DeliverWebhook {
    const KIND: &'static str = "deliver_webhook";

    async fn run(self, ctx: Ctx) -> Result<()> {
        match send::run(&ctx, self.delivery_id).await {
            // Deleted meanwhile, with its webhook or by its age.
            Err(Error::NotFound) => Ok(()),
            other => other,
        }
    }
}
