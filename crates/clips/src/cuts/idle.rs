//! Cuts that no link opens any more.

use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result, Tx};

use super::remove;
use crate::store::cuts;
use crate::{access, view};

/// Cuts that are taken away in one transaction.
const AT_A_TIME: i64 = 50;

/// Takes cuts away whose links have all ended. A new link has the clip cut again.
#[derive(Debug)]
pub struct DeleteIdleCuts;

impl Periodic for DeleteIdleCuts {
    const NAME: &'static str = "delete_idle_cuts";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        while ctx.write(&Actor::System, some).await? > 0 {}
        Ok(())
    }
}

/// Takes some away; how many it were.
fn some(tx: &mut Tx<'_>) -> Result<usize> {
    let now = tx.now();
    let idle = cuts::idle(tx, now, AT_A_TIME)?;
    for id in &idle {
        if let Some(clip) = access::lock_clip_to_follow(tx, *id)? {
            remove(tx, &clip)?;
            view::tell(tx, &clip)?;
        }
    }
    Ok(idle.len())
}
