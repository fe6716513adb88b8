use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result};
use types::accounts::MailState;

use crate::store;

/// How many held mails are queued in one transaction.
const AT_A_TIME: i64 = 100;

/// Queues the mails that were held for want of an SMTP server, once there is one.
#[derive(Debug)]
pub struct ReleaseHeldMails;

impl Periodic for ReleaseHeldMails {
    const NAME: &'static str = "release_held_mails";
    const EVERY: Duration = Duration::from_secs(60);

    async fn run(ctx: Ctx) -> Result<()> {
        if !super::has_transport(&ctx) {
            return Ok(());
        }
        loop {
            let queued = ctx
                .write(&Actor::System, |tx| {
                    let ids = store::mails::ids_in_state(tx, MailState::Held, AT_A_TIME)?;
                    for id in &ids {
                        super::queue(tx, *id)?;
                    }
                    Ok(ids.len())
                })
                .await?;
            if queued == 0 {
                return Ok(());
            }
        }
    }
}
