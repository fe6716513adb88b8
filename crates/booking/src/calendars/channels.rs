//! Being told of changes by Google and Microsoft, so that what is new is read at once. What is told says that something changed,
//! not what: a calendar is read as ever, and every few minutes in any case.
//!
//! - A channel is begun once a calendar has been read, and renewed by whoever reads it when that is due.
//! - Its secret names the calendar and is signed. Whoever knows it can have that calendar read, and nothing else.

use accounts::signed_links;
use calendar::{Error as Asking, GoogleChannel};
use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::booking::CalendarProvider;
use types::{CalendarId, ConnectionId, Timestamp};

use super::{Provider, sync};
use crate::access;
use crate::store::calendars::{self, AccountRow, CalendarRow};

/// What the secrets of channels are signed for.
const PURPOSE: &str = "calendar-channel";
/// The end of the year 2100: a secret is good for as long as its calendar is added.
const FOREVER: i64 = 4_133_980_799;
/// Seconds that a channel lives: less than the 4230 minutes that Microsoft gives.
const LIFE_SECONDS: u32 = 2 * 24 * 60 * 60;
/// Seconds before its end at which a channel is renewed.
const AHEAD_SECONDS: i64 = 24 * 60 * 60;
/// Seconds until a channel that could not be begun is tried again, and between two renewals at least.
const AGAIN_SECONDS: i64 = 60 * 60;

/// The secret of the channels of a calendar. It is worked out again whenever it is needed, and kept nowhere.
fn secret_of(ctx: &Ctx, id: CalendarId) -> String {
    format!("{id}.{}", signed_links::sign(ctx, PURPOSE, &id.to_string(), FOREVER))
}

/// Which calendar a secret is of; none when it is not one of ours.
pub(super) fn calendar_of(ctx: &Ctx, secret: &str) -> Option<CalendarId> {
    let (id, signature) = secret.split_once('.')?;
    signed_links::check(ctx, PURPOSE, id, FOREVER, signature).ok()?;
    id.parse().ok()
}

/// Where a provider tells of changes; nowhere when it would not tell there.
fn address(ctx: &Ctx, provider: CalendarProvider) -> Option<String> {
    let config = ctx.config();
    let (name, api_url) = match provider {
        CalendarProvider::Google => ("google", &config.google.api_url),
        CalendarProvider::Microsoft => ("microsoft", &config.microsoft.api_url),
        CalendarProvider::CalDav | CalendarProvider::Feed => return None,
    };
    let public_url = &config.server.public_url;
    // Both tell nothing without TLS; an imitation of them that has none itself does.
    let is_told = public_url.starts_with("https://") || api_url.starts_with("http://");
    is_told.then(|| format!("{public_url}/v1/calendar_pushes/{name}"))
}

/// Has the channel of a calendar begun or renewed when that is due. `row`, which the caller stores, says then that it is not due
/// for a while, so that a calendar that is read twice meanwhile gets one channel.
pub(super) fn watch_if_due(tx: &mut Tx<'_>, provider: CalendarProvider, row: &mut CalendarRow) -> Result<()> {
    let now = tx.now();
    if address(tx.ctx(), provider).is_none() || row.channel_due_at.is_some_and(|at| at > now) {
        return Ok(());
    }
    row.channel_due_at = Some(now.plus_seconds(AGAIN_SECONDS));
    tx.enqueue(&WatchCalendar { calendar_id: row.id })?;
    Ok(())
}

/// Has the channel of a calendar ended, if it has one. The caller forgets it.
pub(super) fn end(tx: &mut Tx<'_>, account: &AccountRow, row: &CalendarRow) -> Result<()> {
    let (Some(connection_id), Some(channel_id)) = (account.connection_id, row.channel_id.clone()) else {
        return Ok(());
    };
    tx.enqueue(&EndChannel {
        provider: account.provider,
        connection_id,
        channel_id,
        resource_id: row.channel_resource.clone(),
    })?;
    Ok(())
}

/// A channel as it was begun or renewed.
#[derive(Clone, Debug)]
struct Channel {
    id: String,
    /// What Google calls what it watches.
    resource_id: Option<String>,
    ends_at: Timestamp,
}

/// Begins or renews the channel of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchCalendar {
    /// The calendar.
    pub calendar_id: CalendarId,
}

impl Job for WatchCalendar {
    const KIND: &'static str = "watch_calendar";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.calendar_id;
        let found = ctx
            .read(&Actor::System, move |tx| {
                let Some(calendar) = calendars::find(tx, id)? else { return Ok(None) };
                let account = calendars::account(tx, calendar.account_id)?;
                let name = format!("{id}-{}", tx.new_id::<i64>());
                Ok(account.map(|account| (calendar, account, name)))
            })
            .await?;
        let Some((calendar, account, name)) = found else { return Ok(()) };
        let Some(address) = address(&ctx, account.provider).filter(|_| calendar.is_added) else {
            return Ok(());
        };
        let begun = match Provider::open(&ctx, &account).await {
            Ok(provider) => watch(&ctx, &provider, &calendar, (&name, &address)).await,
            Err(cause) => Err(cause),
        };
        if let Err(cause) = &begun {
            tracing::warn!(%cause, calendar = %id, "changes of a calendar are not told of; it is read every few minutes");
        }
        let begun = begun.ok();
        ctx.write(&Actor::System, move |tx| note(tx, (&account, &calendar), begun.as_ref())).await
    }
}

/// Renews the channel that there is where that can be done, and begins another one otherwise.
async fn watch(
    ctx: &Ctx,
    provider: &Provider,
    calendar: &CalendarRow,
    (name, address): (&str, &str),
) -> calendar::Result<Channel> {
    let secret = secret_of(ctx, calendar.id);
    let ends_at = ctx.now().plus_seconds(i64::from(LIFE_SECONDS));
    match provider {
        Provider::Google(google) => {
            let begun = google.watch(&calendar.external_id, (name, &secret), address, LIFE_SECONDS).await?;
            Ok(Channel {
                id: begun.id,
                resource_id: Some(begun.resource_id),
                ends_at: begun.expires_at.unwrap_or(ends_at),
            })
        }
        Provider::Microsoft(microsoft) => {
            let renewed = match &calendar.channel_id {
                Some(id) => microsoft.renew(id, ends_at).await,
                None => Err(Asking::NotFound),
            };
            let begun = match renewed {
                Err(Asking::NotFound) => {
                    microsoft.subscribe(&calendar.external_id, address, &secret, ends_at).await
                }
                answer => answer,
            }?;
            Ok(Channel { id: begun.id, resource_id: None, ends_at: begun.expires_at })
        }
        Provider::CalDav(_) | Provider::Feed { .. } => Err(Asking::ReadOnly),
    }
}

/// Notes a channel; without one, when it is tried again. What changed before it began is read once more.
fn note(
    tx: &mut Tx<'_>,
    (account, before): (&AccountRow, &CalendarRow),
    begun: Option<&Channel>,
) -> Result<()> {
    let known = access::lock_calendar_to_follow(tx, before.id)?;
    let locked = known.filter(|row| row.is_added && row.channel_id == before.channel_id);
    let again = tx.now().plus_seconds(AGAIN_SECONDS);
    let Some(channel) = begun else {
        let Some(locked) = locked else { return Ok(()) };
        return calendars::update(
            tx,
            &locked,
            &CalendarRow { channel_due_at: Some(again), ..(*locked).clone() },
        );
    };
    let row = CalendarRow {
        channel_id: Some(channel.id.clone()),
        channel_resource: channel.resource_id.clone(),
        channel_due_at: Some(channel.ends_at.plus_seconds(-AHEAD_SECONDS).max(again)),
        ..before.clone()
    };
    let Some(locked) = locked else {
        // It was taken away meanwhile, or another node was faster.
        return end(tx, account, &row);
    };
    if before.channel_id != row.channel_id {
        end(tx, account, before)?;
    }
    let CalendarRow { channel_id, channel_resource, channel_due_at, .. } = row;
    let row = CalendarRow { channel_id, channel_resource, channel_due_at, ..(*locked).clone() };
    calendars::update(tx, &locked, &row)?;
    sync::soon(tx, row.id)
}

/// Ends a channel of a calendar that was taken away, or whose channel is another one by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndChannel {
    /// Who tells of changes by it.
    pub provider: CalendarProvider,
    /// The sign-in that it was begun with.
    pub connection_id: ConnectionId,
    /// What it is called.
    pub channel_id: String,
    /// What Google calls what it watches.
    pub resource_id: Option<String>,
}

impl Job for EndChannel {
    const KIND: &'static str = "end_calendar_channel";
    const MAX_ATTEMPTS: u32 = 5;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.channel_id;
        let ended = match Provider::signed_in(&ctx, self.provider, self.connection_id).await {
            Ok(Provider::Google(google)) => {
                let resource_id = self.resource_id.unwrap_or_default();
                google.stop(&GoogleChannel { id, resource_id, expires_at: None }).await
            }
            Ok(Provider::Microsoft(microsoft)) => microsoft.unsubscribe(&id).await,
            Ok(Provider::CalDav(_) | Provider::Feed { .. }) => Ok(()),
            Err(cause) => Err(cause),
        };
        match ended {
            Err(Asking::Unreachable(cause)) => Err(Error::Unavailable(cause)),
            // It ends by itself in two days, and what it tells is refused until then.
            Err(cause) => {
                tracing::warn!(%cause, "the channel of a calendar was not ended");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}
