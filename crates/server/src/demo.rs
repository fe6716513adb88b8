//! The demo: a made-up furniture workshop with two months of conversations and some recorded calls, so that somebody can try Rapport at once.
//!
//! Everything is made by the operations that people use, at times relative to now: the clock is set back to each
//! moment. Chance is seeded, so every demo tells the same stories. The passwords are public: a demo database says so,
//! and a server that opens one listens on the loopback address alone.

mod booking;
mod calls;
mod conversations;
mod people;
mod sales;

use accounts::settings::Account;
use accounts::setup::DemoSignIns;
use anyhow::{Result, ensure};
use platform::{Actor, Clock, Config, Ctx};
use rand::SeedableRng;
use rand::rngs::StdRng;
use types::accounts::{DemoSignIn, Locale};
use types::{Timestamp, UserId};

use crate::frontend::Dist;
use crate::wiring;
use people::Company;

/// The name of the made-up company.
const COMPANY: &str = "Atelier Sud";
/// The password of every demo user.
const PASSWORD: &str = "demo-password";
/// How far back the conversations go, in days.
const DAYS: i64 = 60;

/// Fills a new database.
///
/// # Errors
/// When the database has users already, or cannot be written.
pub(crate) async fn fill(config: Config) -> Result<()> {
    let database = wiring::database(&config)?;
    let clock = Clock::default();
    let ctx = wiring::context(config, database, clock.clone(), &Dist::find()).await?;
    let work = ctx.start();
    let made = make(&ctx, &clock).await;
    clock.reset();
    work.stop().await;
    let database = ctx.database().clone();
    tokio::task::spawn_blocking(move || database.close()).await?;
    made
}

async fn make(ctx: &Ctx, clock: &Clock) -> Result<()> {
    ensure!(!has_users(ctx).await?, "the database has users already: the demo needs a new one");
    let now = ctx.now();
    let mut chance = StdRng::seed_from_u64(7);
    clock.set(now.plus_seconds(-(DAYS + 1) * 86_400));
    let company = people::make(ctx, &mut chance).await?;
    conversations::make(ctx, clock, &company, now, &mut chance).await?;
    sales::make(ctx, clock, &company, now, &mut chance).await?;
    calls::make(ctx, clock, &company, now).await?;
    booking::make(ctx, clock, &company, now).await?;
    clock.set(now);
    settle(ctx, &company).await
}

async fn has_users(ctx: &Ctx) -> Result<bool> {
    use db::schema::users;
    use diesel::prelude::*;
    let count: i64 = ctx.read(&Actor::System, |tx| Ok(users::table.count().get_result(tx.conn())?)).await?;
    Ok(count > 0)
}

/// Names the company, publishes the sign-ins, and lets everybody have seen what is old.
async fn settle(ctx: &Ctx, company: &Company) -> Result<()> {
    let sign_ins = company.users.iter().map(|user| DemoSignIn {
        name: user.name.clone(),
        role: user.role_name.to_owned(),
        email: user.email.clone(),
        password: PASSWORD.to_owned(),
    });
    let sign_ins: Vec<_> = sign_ins.collect();
    ctx.write(&Actor::System, move |tx| {
        tx.save_setting(&Account { company_name: COMPANY.to_owned(), default_locale: Locale::English })?;
        tx.save_setting(&DemoSignIns(sign_ins.clone()))
    })
    .await?;
    for user in &company.users {
        let (id, seen_until) = (user.id, ctx.now().plus_seconds(-2 * 3600));
        ctx.write(&Actor::System, move |tx| see(tx, id, seen_until)).await?;
    }
    Ok(())
}

/// Marks what a user was told before a moment as seen.
fn see(tx: &mut platform::Tx<'_>, user: UserId, until: Timestamp) -> platform::Result<()> {
    use db::schema::notifications;
    use diesel::prelude::*;
    let old = notifications::table
        .filter(notifications::user_id.eq(user))
        .filter(notifications::created_at.lt(until))
        .filter(notifications::read_at.is_null());
    diesel::update(old).set(notifications::read_at.eq(until)).execute(tx.conn())?;
    Ok(())
}
