//! The daily look at domains.

use std::time::Duration;

use futures_util::StreamExt;
use platform::{Actor, Ctx, Error, Periodic, Result};

use super::{look, outcome};
use crate::access;
use crate::store::domains::{self, DomainRow};

/// Seconds between two looks at a domain.
const EVERY_SECONDS: i64 = 24 * 3600;
/// Domains that are looked at at a time.
const AT_A_TIME: usize = 8;

/// Looks once a day whether each domain that was verified still is the account's.
#[derive(Debug)]
pub struct RecheckDomains;

impl Periodic for RecheckDomains {
    const NAME: &'static str = "recheck_domains";
    const EVERY: Duration = Duration::from_secs(15 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        let before = ctx.now().plus_seconds(-EVERY_SECONDS);
        let due = ctx.read(&Actor::System, move |tx| domains::due(tx, before)).await?;
        let looks =
            futures_util::stream::iter(due).map(|row| look_again(&ctx, row)).buffer_unordered(AT_A_TIME);
        let outcomes: Vec<Result<()>> = looks.collect().await;
        outcomes.into_iter().collect()
    }
}

async fn look_again(ctx: &Ctx, row: DomainRow) -> Result<()> {
    let seen = look::look(ctx, &row).await?;
    let noted = ctx.write(&Actor::System, move |tx| {
        let locked = access::lock_domain_to_follow(tx, row.id)?;
        outcome::note(tx, &locked, seen).map(|_| ())
    });
    match noted.await {
        // Removed meanwhile.
        Err(Error::NotFound) => Ok(()),
        other => other,
    }
}
