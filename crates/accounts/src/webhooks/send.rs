//! One attempt to deliver.

use std::time::{Duration, Instant};

use platform::{Actor, Config, Ctx, Result, Tx};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio::sync::Semaphore;
use types::accounts::WebhookEventKind;
use types::{Timestamp, WebhookDeliveryId};

use super::outbox::DeliverWebhook;
use super::outcome::{self, Answer};
use super::sign::Secret;
use super::{outbox, rule};
use crate::access;
use crate::store::webhook_deliveries::{self as deliveries, DeliveryRow};
use crate::store::webhooks::{self, WebhookRow};

/// Time that a receiver has to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Seconds that a delivery belongs to whoever sends it: longer than an attempt takes.
const CLAIM_SECONDS: i64 = 30;
/// Most bytes of an answer that are read.
const READ_BYTES: usize = 4096;
/// Most bytes of an answer that are kept.
const KEPT_BYTES: usize = 1024;

/// Seconds after which a delivery is looked at again that found too many others being sent.
const PUT_OFF_SECONDS: i64 = 1;

/// The extension that sends deliveries.
pub struct WebhookSender {
    client: Client,
    /// Deliveries take at most half of the places for jobs on a node: receivers that do not answer must not keep mails from
    /// being sent.
    places: Semaphore,
}

impl WebhookSender {
    /// A client that follows no redirect: what is signed for one address is not for another.
    ///
    /// # Errors
    /// When the system offers no TLS.
    pub fn open(config: &Config) -> Result<Self, reqwest::Error> {
        let agent = concat!("Rapport-Webhooks/", env!("CARGO_PKG_VERSION"));
        let builder = rule(config).client_builder().redirect(Policy::none()).timeout(TIMEOUT);
        let client = builder.user_agent(agent).build()?;
        Ok(Self { client, places: Semaphore::new((config.jobs.concurrency / 2).max(1)) })
    }
}

/// What is posted in one attempt.
struct Post {
    delivery: DeliveryRow,
    url: String,
    body: String,
    timestamp: i64,
    signatures: String,
}

/// Sends a delivery if it is its turn, and notes what came of it.
pub(super) async fn run(ctx: &Ctx, id: WebhookDeliveryId) -> Result<()> {
    let sender = ctx.extension::<WebhookSender>()?;
    let Ok(_place) = sender.places.try_acquire() else {
        return ctx.write(&Actor::System, move |tx| put_off(tx, id)).await;
    };
    let Some(post) = ctx.write(&Actor::System, move |tx| claim(tx, id)).await? else { return Ok(()) };
    let begun = Instant::now();
    let answer = attempt(&rule(ctx.config()), &sender.client, &post).await;
    let answer =
        Answer { duration_ms: i32::try_from(begun.elapsed().as_millis()).unwrap_or(i32::MAX), ..answer };
    ctx.write(&Actor::System, move |tx| outcome::note(tx, &post.delivery, &answer)).await
}

fn put_off(tx: &mut Tx<'_>, id: WebhookDeliveryId) -> Result<()> {
    let at = tx.now().plus_seconds(PUT_OFF_SECONDS);
    tx.enqueue_at(&DeliverWebhook { delivery_id: id }, at).map(|_| ())
}

/// Claims a delivery for one attempt, if it waits, is the first of its subject, and nobody sends one of the subject.
fn claim(tx: &mut Tx<'_>, id: WebhookDeliveryId) -> Result<Option<Post>> {
    let found = deliveries::find(tx, id)?;
    outbox::lock_lane(tx, found.webhook_id, found.subject_id)?;
    let first = deliveries::first_queued(tx, found.webhook_id, found.subject_id)?;
    let Some(first) = first.filter(|first| first.id == id) else { return Ok(None) };
    let webhook = webhooks::find(tx, first.webhook_id)?;
    if !webhook.is_active && first.kind != WebhookEventKind::Ping {
        // It was put here while the webhook was being switched off.
        outcome::give_up(tx, &first, "the webhook was switched off")?;
        return Ok(None);
    }
    let now = tx.now();
    if let Some(until) =
        deliveries::claimed_until(tx, found.webhook_id, found.subject_id)?.filter(|until| *until > now)
    {
        // Whoever sends it may die: whoever looks then goes on.
        outbox::enqueue(tx, &first, until)?;
        return Ok(None);
    }
    // The job that waits for its next attempt comes by itself.
    if first.next_attempt_at.is_some_and(|at| at > now) {
        return Ok(None);
    }
    let Some(body) = first.body.clone() else { return Ok(None) };
    let claimed = DeliveryRow {
        attempts: first.attempts + 1,
        claimed_until: Some(now.plus_seconds(CLAIM_SECONDS)),
        attempted_at: Some(now),
        // What the attempt before came to says nothing of this one.
        duration_ms: None,
        response_status: None,
        response_body: None,
        error: None,
        ..first.clone()
    };
    deliveries::update(tx, &access::grant_delivery_in_turn(first), &claimed)?;
    let timestamp = now.seconds_since(Timestamp(0));
    let signatures = signatures(tx, &webhook, &claimed.event_id.to_string(), timestamp, &body)?;
    Ok(Some(Post { delivery: claimed, url: webhook.url, body, timestamp, signatures }))
}

/// A signature with each secret that counts, the newest first.
fn signatures(
    tx: &Tx<'_>,
    webhook: &WebhookRow,
    event_id: &str,
    timestamp: i64,
    body: &str,
) -> Result<String> {
    let previous = webhook.previous_secret_sealed.as_deref();
    let previous = previous.filter(|_| webhook.previous_secret_until.is_some_and(|until| until > tx.now()));
    let sign = |sealed: &str| Secret::open(tx.ctx().secrets(), sealed)?.sign(event_id, timestamp, body);
    let signed: Result<Vec<String>> =
        [Some(webhook.secret_sealed.as_str()), previous].into_iter().flatten().map(sign).collect();
    Ok(signed?.join(" "))
}

/// Posts, and reads the beginning of the answer.
async fn attempt(rule: &outgoing::Rule, client: &Client, post: &Post) -> Answer {
    let url = match Url::parse(&post.url) {
        Ok(url) => url,
        Err(cause) => return Answer::failed(cause.to_string()),
    };
    // The settings may have changed since the webhook was saved.
    if let Err(refused) = rule.require_allowed(&url) {
        return Answer::failed(refused.to_string());
    }
    let request = client
        .post(url)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", post.delivery.event_id.to_string())
        .header("webhook-timestamp", post.timestamp)
        .header("webhook-signature", &post.signatures)
        .body(post.body.clone());
    match request.send().await {
        Err(cause) => Answer::failed(reason(&cause)),
        Ok(reply) => {
            let status = reply.status();
            let error = (!status.is_success()).then(|| format!("the receiver answered {status}"));
            Answer {
                status: Some(status.as_u16().into()),
                body: Some(kept(&outgoing::beginning(reply, READ_BYTES).await)),
                error,
                duration_ms: 0,
            }
        }
    }
}

/// Why there was no answer, without what only a log of the server should say.
fn reason(cause: &reqwest::Error) -> String {
    match outgoing::refusal(cause) {
        Some(refused) => refused.to_string(),
        None if cause.is_timeout() => format!("no answer within {} seconds", TIMEOUT.as_secs()),
        None if cause.is_connect() => "the receiver cannot be reached".to_owned(),
        None => "the connection was cut before an answer".to_owned(),
    }
}

/// At most 1 KiB of text: what a database takes, and no part of a character.
fn kept(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('\0', "");
    text[..text.floor_char_boundary(KEPT_BYTES)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept_up_to_a_kilobyte_of_whole_characters() {
        assert_eq!(kept(b"ok\0"), "ok");
        assert_eq!(kept(&[0xff, b'a']), "\u{fffd}a");
        let long = kept("é".repeat(2000).as_bytes());
        assert_eq!((long.len(), long.chars().count()), (1024, 512));
        assert_eq!(kept(format!("a{}", "é".repeat(2000)).as_bytes()).len(), 1023);
    }
}
