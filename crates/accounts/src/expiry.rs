//! Deletes what nobody needs any more.

use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result, Tx};
use types::Timestamp;

use crate::store::{expiry, webhook_deliveries};

/// Rows deleted in one transaction: the writer is not to be held for long.
const AT_A_TIME: i64 = 200;
const DAY: i64 = 24 * 60 * 60;

/// Deletes the rows of one kind from before a time, up to a limit; how many it were.
type Expire = fn(&mut Tx<'_>, Timestamp, i64) -> Result<usize>;

/// What is deleted, and after how many seconds.
const EXPIRIES: [(Expire, i64); 6] = [
    (expiry::links, DAY),
    (expiry::sessions, 30 * DAY),
    (expiry::connection_attempts, 0),
    (expiry::notifications, 90 * DAY),
    (expiry::sent_mails, 30 * DAY),
    (webhook_deliveries::expire, 30 * DAY),
];

/// Deletes links and sessions that ended, notifications after 90 days, and sent mails and the deliveries of
/// webhooks after 30.
#[derive(Debug)]
pub struct DeleteExpired;

impl Periodic for DeleteExpired {
    const NAME: &'static str = "delete_expired_accounts_data";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        for (expire, after_seconds) in EXPIRIES {
            let before = ctx.now().plus_seconds(-after_seconds);
            while ctx.write(&Actor::System, move |tx| expire(tx, before, AT_A_TIME)).await? > 0 {}
        }
        Ok(())
    }
}
