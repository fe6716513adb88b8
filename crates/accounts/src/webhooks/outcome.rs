//! What comes of an attempt.

use platform::{Result, Tx};
use types::Timestamp;
use types::accounts::{UserState, WebhookDeliveryState, WebhookSwitchOffReason};

use super::outbox;
use crate::store::webhook_deliveries::{self as deliveries, DeliveryRow};
use crate::store::webhooks::{self, WebhookRow};
use crate::{access, mails, settings, store};

/// Seconds before each further attempt: ten attempts in 75 hours, as the Standard Webhooks specification has them.
const PAUSES: [i64; 9] = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];
/// Attempts that must have failed before a webhook is switched off, so that one event alone never does it.
const FAILURES: i32 = 20;
/// For how many seconds every attempt must have failed.
const FAILING_SECONDS: i64 = 24 * 3600;
/// The status of a receiver that wants no more (RFC 9110, section 15.5.11).
const GONE: i32 = 410;

/// What a receiver answered, or why it did not.
pub(super) struct Answer {
    pub(super) status: Option<i32>,
    pub(super) body: Option<String>,
    pub(super) error: Option<String>,
    pub(super) duration_ms: i32,
}

impl Answer {
    /// There was none.
    pub(super) fn failed(error: String) -> Self {
        Self { status: None, body: None, error: Some(error), duration_ms: 0 }
    }
}

/// Notes what came of the attempt that claimed a delivery, and has the next one made: of the same delivery, or of the one
/// that waits behind it.
pub(super) fn note(tx: &mut Tx<'_>, claimed: &DeliveryRow, answer: &Answer) -> Result<()> {
    let (webhook_id, subject_id) = (claimed.webhook_id, claimed.subject_id);
    outbox::lock_lane(tx, webhook_id, subject_id)?;
    let webhook = access::lock_webhook_to_follow(tx, webhook_id)?;
    let row = deliveries::find(tx, claimed.id)?;
    // Erased, or sent by another node that thought this one dead.
    if row.claimed_until != claimed.claimed_until || row.state == WebhookDeliveryState::Erased {
        return Ok(());
    }
    let after = after_attempt(&row, answer, webhook.is_active, tx.now());
    deliveries::update(tx, &access::grant_delivery_in_turn(row), &after)?;
    match after.next_attempt_at {
        Some(at) if after.state == WebhookDeliveryState::Queued => outbox::enqueue(tx, &after, at)?,
        _ => {}
    }
    let followed = after_answer(&webhook, answer, tx.now());
    webhooks::update(tx, &webhook, &followed)?;
    if webhook.is_active && !followed.is_active {
        deliveries::give_up_queued(tx, &webhook, "the webhook was switched off")?;
        tell(tx, &followed)?;
    } else if after.state != WebhookDeliveryState::Queued {
        outbox::go_on(tx, webhook_id, subject_id)?;
    }
    super::announce(tx, webhook_id)
}

/// Gives up a delivery that is not to be sent, and has the one behind it looked at. The lane is locked.
pub(super) fn give_up(tx: &mut Tx<'_>, row: &DeliveryRow, why: &str) -> Result<()> {
    let after = DeliveryRow {
        state: WebhookDeliveryState::Failed,
        next_attempt_at: None,
        claimed_until: None,
        error: Some(why.to_owned()),
        ..row.clone()
    };
    deliveries::update(tx, &access::grant_delivery_in_turn(row.clone()), &after)?;
    outbox::go_on(tx, row.webhook_id, row.subject_id)?;
    super::announce(tx, row.webhook_id)
}

fn after_attempt(row: &DeliveryRow, answer: &Answer, is_active: bool, now: Timestamp) -> DeliveryRow {
    let pause = PAUSES.get(usize::try_from(row.attempts - 1).unwrap_or(0));
    let (state, next_attempt_at) = match (&answer.error, pause) {
        (None, _) => (WebhookDeliveryState::Delivered, None),
        // Given up meanwhile, or claimed just when the webhook was switched off.
        (Some(_), _) if !is_active || row.state == WebhookDeliveryState::Failed => {
            (WebhookDeliveryState::Failed, None)
        }
        (Some(_), Some(pause)) => (WebhookDeliveryState::Queued, Some(now.plus_seconds(*pause))),
        (Some(_), None) => (WebhookDeliveryState::Failed, None),
    };
    DeliveryRow {
        state,
        next_attempt_at,
        claimed_until: None,
        duration_ms: Some(answer.duration_ms),
        response_status: answer.status,
        response_body: answer.body.clone(),
        error: answer.error.clone(),
        ..row.clone()
    }
}

fn after_answer(webhook: &WebhookRow, answer: &Answer, now: Timestamp) -> WebhookRow {
    if answer.error.is_none() {
        return WebhookRow { failures: 0, failing_since: None, ..webhook.clone() };
    }
    let failures = webhook.failures.saturating_add(1);
    let since = webhook.failing_since.unwrap_or(now);
    let is_failing = failures >= FAILURES && now.seconds_since(since) >= FAILING_SECONDS;
    let reason = match answer.status {
        Some(GONE) => Some(WebhookSwitchOffReason::Gone),
        _ if is_failing => Some(WebhookSwitchOffReason::Failing),
        _ => None,
    };
    let after = WebhookRow { failures, failing_since: Some(since), ..webhook.clone() };
    match reason.filter(|_| webhook.is_active) {
        None => after,
        reason => {
            WebhookRow { is_active: false, switched_off_at: Some(now), switched_off_reason: reason, ..after }
        }
    }
}

/// Tells whoever made a webhook that it was switched off.
fn tell(tx: &mut Tx<'_>, webhook: &WebhookRow) -> Result<()> {
    let reason = webhook.switched_off_reason.map(|reason| reason.as_str());
    let detail = serde_json::json!({ "url": webhook.url, "reason": reason });
    tx.audit("webhook.switch_off", ("webhook", webhook.id.0), detail)?;
    let user = store::users::find(tx, webhook.created_by)?;
    if user.state != UserState::Active {
        return Ok(());
    }
    let account = settings::load(tx)?;
    let url = format!("{}/settings/webhooks", tx.ctx().config().server.app_url());
    let mail = mails::texts::webhook_switched_off(&user, &account, webhook, &url);
    mails::write(tx, mail).map(|_| ())
}
