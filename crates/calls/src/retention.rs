//! Deleting calls that have been kept for as long as the settings say.

use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result, Tx};

use crate::settings::Recording;
use crate::store::calls as store;
use crate::{access, calls};

/// Calls that are taken out of sight in one transaction.
const AT_A_TIME: i64 = 20;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Deletes calls by age, where the settings say so.
#[derive(Debug)]
pub struct DeleteOldCalls;

impl Periodic for DeleteOldCalls {
    const NAME: &'static str = "delete_old_calls";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        while ctx.write(&Actor::System, some).await? > 0 {}
        Ok(())
    }
}

/// Deletes some; how many it were.
fn some(tx: &mut Tx<'_>) -> Result<usize> {
    let Some(days) = tx.setting::<Recording>()?.retention_days else { return Ok(0) };
    let before = tx.now().plus_seconds(-i64::from(days) * DAY_SECONDS);
    let mut deleted = 0;
    for id in store::begun_before(tx, before, AT_A_TIME)? {
        if let Some(call) = access::lock_call_to_follow(tx, id)? {
            calls::remove(tx, &call)?;
            deleted += 1;
        }
    }
    Ok(deleted)
}
