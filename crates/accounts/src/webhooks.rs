//! Webhooks: other programs are told what happened, signed as in the Standard Webhooks specification 1.0.0.
//!
//! - What a webhook is to be told is a row of the transaction in which it happened ([`deliver`]), so nothing is told that was
//!   not committed, and nothing that was is forgotten.
//! - Every event arrives at least once, and always with the same id. Those of one subject arrive in order: a delivery waits
//!   until the ones before it have arrived or were given up.
//! - A delivery is tried ten times in three days; then it is failed, and can be sent again. A webhook at which every attempt
//!   of a day fails is switched off, and whoever made it is told.
//! - Secrets are sealed with the key outside the database, and shown once.
//!
//! Map: `outbox` what is to be sent; `send` one attempt; `outcome` what comes of it; `sign` the signature; the rest is one
//! operation a file.

mod create;
mod delete;
mod get;
mod list;
mod list_deliveries;
mod outbox;
mod outcome;
mod replay;
mod rotate_secret;
mod send;
mod sign;
mod test;
mod update;

use outgoing::Rule;
use platform::fields::Fields;
use platform::{Config, Result, Tx};
use types::accounts::{SaveWebhook, Webhook, WebhookEventKind};
use types::{Event, Permission, Subject, WebhookId};

use crate::store::webhooks::WebhookRow;

pub use create::create_webhook;
pub use delete::delete_webhook;
pub use get::get_webhook;
pub use list::list_webhooks;
pub use list_deliveries::list_webhook_deliveries;
pub use outbox::{DeliverWebhook, deliver};
pub(crate) use outbox::{erase_contact, lock_lane};
pub use replay::replay_webhook_delivery;
pub use rotate_secret::rotate_webhook_secret;
pub use send::WebhookSender;
pub use test::test_webhook;
pub use update::update_webhook;

/// Most characters of an address.
const URL_CHARACTERS: usize = 2000;
/// Most characters of a description.
const DESCRIPTION_CHARACTERS: usize = 200;
/// Most webhooks of an account: each costs every booking a row.
const MOST: i64 = 50;

/// Where webhooks may lead: with encryption, unless the settings list the place.
fn rule(config: &Config) -> Rule {
    Rule::new(&config.outgoing).encrypted()
}

/// A webhook's fields after their check.
struct Checked {
    url: String,
    description: String,
    event_kinds: Vec<WebhookEventKind>,
}

fn check(tx: &Tx<'_>, request: &SaveWebhook) -> Result<Checked> {
    let mut fields = Fields::default();
    let url = fields.required("url", &request.url, URL_CHARACTERS);
    let description = fields.optional("description", Some(&request.description), DESCRIPTION_CHARACTERS);
    let mut event_kinds = request.event_kinds.clone();
    event_kinds.sort_unstable();
    event_kinds.dedup();
    if event_kinds.is_empty() {
        fields.refuse("event_kinds", "required", "must hold at least one kind of event".to_owned());
    }
    if event_kinds.contains(&WebhookEventKind::Ping) {
        let detail = "must not hold ping, which is sent when it is asked for";
        fields.refuse("event_kinds", "invalid", detail.to_owned());
    }
    if !url.is_empty()
        && let Err(detail) = check_url(tx.ctx().config(), &url)
    {
        fields.refuse("url", "invalid", detail);
    }
    fields.finish()?;
    Ok(Checked { url, description: description.unwrap_or_default(), event_kinds })
}

fn check_url(config: &Config, url: &str) -> Result<(), String> {
    let url = reqwest::Url::parse(url)
        .map_err(|_| "must be an address such as https://example.com/hook".to_owned())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user or a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err("must not hold a fragment, which is never sent".to_owned());
    }
    rule(config).require_allowed(&url).map_err(|refused| refused.to_string())
}

/// Tells whoever manages webhooks that one changed, or one of its deliveries came further.
fn announce(tx: &mut Tx<'_>, webhook_id: WebhookId) -> Result<()> {
    tx.emit(Subject::Permission(Permission::ManageWebhooks), Event::WebhookChanged { webhook_id })
}

impl WebhookRow {
    fn to_wire(&self) -> Webhook {
        Webhook {
            id: self.id,
            url: self.url.clone(),
            description: self.description.clone(),
            event_kinds: self.event_kinds.0.clone(),
            is_active: self.is_active,
            switched_off_at: self.switched_off_at,
            switched_off_reason: self.switched_off_reason,
            failures: self.failures,
            failing_since: self.failing_since,
            previous_secret_until: self.previous_secret_until,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
