//! Reading a calendar: every five minutes, after it was connected, and when its user asks.

use std::time::Duration;

use accounts::connections;
use calendar::{Changes, Error as Asking, SyncToken, Window};
use jiff::tz::TimeZone;
use platform::{Actor, Ctx, Job, Periodic, Result, Tx};
use serde::{Deserialize, Serialize};
use types::booking::{Availability, BookingLinkHost};
use types::{CalendarId, Timestamp, UserId};

use super::found::{self, Touched};
use super::{Provider, busy, health, zone_of};
use crate::store::calendars::{self, AccountRow, CalendarRow};
use crate::store::{links, profiles};
use crate::{access, slots, zones};

const DAY_SECONDS: i64 = 24 * 60 * 60;
/// Seconds from one reading to the next.
pub(super) const EVERY_SECONDS: i64 = 5 * 60;
/// Seconds that whoever reads a calendar has it for. Then somebody else may.
const LEASE_SECONDS: i64 = 2 * 60;
/// Days ahead that are read at least, and how many must be known at least.
const AHEAD_DAYS: i64 = 120;
const LEAST_DAYS: i64 = 90;
/// Days more than links offer that are read, so that not every day needs another window.
const MARGIN_DAYS: i64 = 31;
/// Days ahead that are read at most, however far a link reaches.
const MOST_DAYS: i64 = 3 * 366;
/// Calendars that are had read at a time.
const MOST_DUE: i64 = 500;
/// How long whoever asks waits for somebody else's reading, and how often they look.
const PAUSE: Duration = Duration::from_millis(100);
const LOOKS: usize = 100;

/// Has the calendars read that it is time for.
#[derive(Debug)]
pub struct SyncCalendars;

impl Periodic for SyncCalendars {
    const NAME: &'static str = "sync_calendars";
    const EVERY: Duration = Duration::from_secs(60);

    async fn run(ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, |tx| {
            let now = tx.now();
            let due = calendars::due(tx, now, MOST_DUE)?;
            // A job that is lost does not keep a calendar from being read.
            calendars::postpone(tx, &due, now.plus_seconds(EVERY_SECONDS))?;
            for calendar_id in due {
                tx.enqueue(&SyncCalendar { calendar_id })?;
            }
            Ok(())
        })
        .await
    }
}

/// Reads one calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncCalendar {
    /// The calendar.
    pub calendar_id: CalendarId,
}

impl Job for SyncCalendar {
    const KIND: &'static str = "sync_calendar";

    async fn run(self, ctx: Ctx) -> Result<()> {
        read(&ctx, self.calendar_id, Asked::Due).await
    }
}

/// Who wants a calendar read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The clock: when somebody reads it already, that will do.
    Due,
    /// Its user, who waits for it.
    AtOnce,
}

/// A calendar that is being read, by us alone.
pub(super) struct Claimed {
    pub(super) calendar: CalendarRow,
    pub(super) account: AccountRow,
    /// Until when we have it.
    pub(super) lease: Timestamp,
    /// When we began.
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    /// Up to when events must be known.
    needed: Timestamp,
    window: Window,
}

/// What a provider said of a calendar.
pub(super) struct Seen {
    pub(super) changes: Changes,
    /// The entries of ours that are not as we wrote them.
    pub(super) touched: Vec<Touched>,
    /// Up to when events are known.
    pub(super) until: Timestamp,
}

/// Reads a calendar, and writes down what it means. That it cannot be read is no failure of ours: it is its state.
pub(super) async fn read(ctx: &Ctx, id: CalendarId, asked: Asked) -> Result<()> {
    let Some(claimed) = claim(ctx, id, asked).await? else { return Ok(()) };
    let mut seen = ask(ctx, &claimed).await?;
    if let (Err(Asking::Unauthorized), Some(connection)) = (&seen, claimed.account.connection_id) {
        // The token may have been taken back before its time.
        connections::spoil(ctx, connection).await?;
        seen = ask(ctx, &claimed).await?;
    }
    match seen {
        Ok(seen) => {
            found::follow(ctx, &claimed, &seen).await?;
            busy::write(ctx, &claimed, &seen.changes).await?;
            ctx.write(&Actor::System, move |tx| health::read(tx, &claimed, &seen)).await
        }
        Err(cause) => ctx.write(&Actor::System, move |tx| health::not_read(tx, &claimed, &cause)).await,
    }
}

async fn claim(ctx: &Ctx, id: CalendarId, asked: Asked) -> Result<Option<Claimed>> {
    for _ in 0..LOOKS {
        match ctx.write(&Actor::System, move |tx| try_claim(tx, id)).await? {
            Claim::Ours(claimed) => return Ok(Some(*claimed)),
            Claim::Gone => return Ok(None),
            Claim::Taken if asked == Asked::Due => return Ok(None),
            Claim::Taken => tokio::time::sleep(PAUSE).await,
        }
    }
    Ok(None)
}

/// Has a calendar read as soon as can be, once however often it is asked for.
pub(super) fn soon(tx: &mut Tx<'_>, id: CalendarId) -> Result<()> {
    let Some(locked) = access::lock_calendar_to_follow(tx, id)? else { return Ok(()) };
    if !locked.is_added || locked.next_sync_at <= tx.now() {
        return Ok(());
    }
    calendars::postpone(tx, &[id], tx.now())?;
    tx.enqueue(&SyncCalendar { calendar_id: id })?;
    Ok(())
}

/// Has the calendars of hosts read that are not known as far as a link offers times, of which nothing later is offered till then.
pub(crate) fn reach(tx: &mut Tx<'_>, hosts: &[BookingLinkHost], availability: &Availability) -> Result<()> {
    let now = tx.now();
    let offered = slots::bookable(availability, &TimeZone::UTC, now).until.plus_seconds(2 * DAY_SECONDS);
    let until = offered.min(now.plus_seconds(MOST_DAYS * DAY_SECONDS));
    let ids: Vec<UserId> = hosts.iter().map(|host| host.user_id).collect();
    for id in calendars::known_less(tx, &ids, until)? {
        soon(tx, id)?;
    }
    Ok(())
}

enum Claim {
    Ours(Box<Claimed>),
    Taken,
    Gone,
}

fn try_claim(tx: &mut Tx<'_>, id: CalendarId) -> Result<Claim> {
    let now = tx.now();
    let Some(locked) = access::lock_calendar_to_follow(tx, id)?.filter(|row| row.is_added) else {
        return Ok(Claim::Gone);
    };
    if locked.syncing_until.is_some_and(|until| until > now) {
        return Ok(Claim::Taken);
    }
    let Some(account) = calendars::account(tx, locked.account_id)? else { return Ok(Claim::Gone) };
    let lease = now.plus_seconds(LEASE_SECONDS);
    // Whoever wants it read while we read it makes it due again.
    let next_sync_at = now.plus_seconds(EVERY_SECONDS);
    let calendar = CalendarRow { syncing_until: Some(lease), next_sync_at, ..(*locked).clone() };
    calendars::update(tx, &locked, &calendar)?;
    let profile = profiles::find(tx, calendar.user_id)?;
    let zone = zone_of(&calendar, profile.as_ref().map(|profile| profile.time_zone.as_str()));
    let owner_zone = profile.and_then(|profile| zones::find(&profile.time_zone)).unwrap_or(TimeZone::UTC);
    let most = now.plus_seconds(MOST_DAYS * DAY_SECONDS);
    let offered = offered_until(tx, calendar.user_id, &owner_zone)?;
    let needed = now.plus_seconds(LEAST_DAYS * DAY_SECONDS).max(offered).min(most);
    let until =
        now.plus_seconds(AHEAD_DAYS * DAY_SECONDS).max(offered.plus_seconds(MARGIN_DAYS * DAY_SECONDS));
    let window = Window { from: now.plus_seconds(-DAY_SECONDS), until: until.min(most) };
    Ok(Claim::Ours(Box::new(Claimed { calendar, account, lease, now, zone, needed, window })))
}

/// Up to when the links of a host offer times: what is not known until then would count as free.
fn offered_until(tx: &mut Tx<'_>, user: UserId, zone: &TimeZone) -> Result<Timestamp> {
    let mut latest = tx.now();
    for id in links::hosted_by(tx, user)? {
        if let Some(link) = links::find(tx, id)? {
            let offered = slots::bookable(&link.settings.0.availability, zone, tx.now()).until;
            latest = latest.max(offered.plus_seconds(2 * DAY_SECONDS));
        }
    }
    Ok(latest)
}

/// Asks the provider, outside of any transaction.
async fn ask(ctx: &Ctx, claimed: &Claimed) -> Result<calendar::Result<Seen>> {
    let provider = match Provider::open(ctx, &claimed.account).await {
        Ok(provider) => provider,
        Err(cause) => return Ok(Err(cause)),
    };
    let (changes, until) = match changes(&provider, claimed).await {
        Ok(answer) => answer,
        Err(cause) => return Ok(Err(cause)),
    };
    let (id, now) = (claimed.calendar.id, claimed.now);
    let own = ctx.read(&Actor::System, move |tx| crate::store::entries::of_calendar(tx, id, now)).await?;
    let window = Window { from: claimed.window.from, until };
    let touched = found::touched(&provider, claimed, (&changes, window), own).await;
    Ok(touched.map(|touched| Seen { changes, touched, until }))
}

/// What changed since the last time, or all when that is not known or does not reach far enough any more.
async fn changes(provider: &Provider, claimed: &Claimed) -> calendar::Result<(Changes, Timestamp)> {
    let calendar = &claimed.calendar;
    let known = calendar.synced_until.filter(|until| *until >= claimed.needed);
    if let (Some(token), Some(until)) = (&calendar.sync_token, known) {
        let window = Window { from: claimed.window.from, until };
        match provider.changes(calendar, window, &claimed.zone, Some(&SyncToken(token.clone()))).await {
            Err(Asking::TokenExpired) => {}
            answer => return answer.map(|changes| (changes, until)),
        }
    }
    let all = provider.changes(calendar, claimed.window, &claimed.zone, None).await?;
    Ok((all, claimed.window.until))
}
