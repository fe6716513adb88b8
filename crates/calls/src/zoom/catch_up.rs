//! Asking for what Zoom has not told of, for example because the server could not be reached.

use std::time::Duration;

use accounts::connections::{self, Linked};
use platform::{Actor, Ctx, Error, Job, Periodic, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::ConnectionProvider;
use types::{ConnectionId, Date, Permission, Timestamp};
use zoom::Meeting;

use super::settings::Sync;
use super::{Connected, SyncZoomMeeting};
use crate::store::{people, zoom_recordings};

const DAY_SECONDS: i64 = 24 * 60 * 60;
/// Days that are looked through again each time: a recording is listed by the day of its meeting, and comes later.
const AGAIN_DAYS: i64 = 3;
/// Most days that Zoom is asked for at a time: a month.
const MOST_DAYS: i64 = 28;

/// Has every connection looked through for recordings that were missed.
#[derive(Debug)]
pub struct CatchUpWithZoom;

impl Periodic for CatchUpWithZoom {
    const NAME: &'static str = "catch_up_with_zoom";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, |tx| {
            if tx.setting::<Sync>()?.since.is_none() {
                return Ok(());
            }
            for linked in connections::of_provider(tx, ConnectionProvider::Zoom)? {
                tx.enqueue(&CatchUpZoomConnection { connection_id: linked.id })?;
            }
            Ok(())
        })
        .await
    }
}

/// Looks through what one connection can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchUpZoomConnection {
    /// The connection.
    pub connection_id: ConnectionId,
}

/// Where to look.
struct Search {
    linked: Linked,
    since: Timestamp,
    from: Timestamp,
    now: Timestamp,
    /// Users at Zoom, as it may be asked for them.
    users: Vec<String>,
}

impl Job for CatchUpZoomConnection {
    const KIND: &'static str = "catch_up_zoom_connection";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.connection_id;
        let Some(search) = ctx.read(&Actor::System, move |tx| search(tx, id)).await? else { return Ok(()) };
        match look(&ctx, search).await {
            // The next hour's search begins where the last one that succeeded ended.
            Err(Error::Unavailable(cause)) => {
                tracing::warn!(cause, "what is new at Zoom cannot be found out at the moment");
                Ok(())
            }
            looked => looked,
        }
    }
}

fn search(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Option<Search>> {
    let sync = tx.setting::<Sync>()?;
    let all = connections::of_provider(tx, ConnectionProvider::Zoom)?;
    let linked = all.into_iter().find(|linked| linked.id == id);
    let (Some(linked), Some(since)) = (linked, sync.since) else { return Ok(None) };
    let users = match linked.user_id {
        Some(_) => vec!["me".to_owned()],
        // Of nobody else anything is taken over.
        None => people::emails_of_holders(tx, Permission::UseCallIntelligence)?,
    };
    let from = sync.caught_up.get(&id).copied().unwrap_or(since);
    Ok(Some(Search { linked, since, from, now: tx.now(), users }))
}

async fn look(ctx: &Ctx, search: Search) -> Result<()> {
    let (id, now) = (search.linked.id, search.now);
    let Some(connected) = Connected::open(ctx, search.linked.clone()).await? else { return Ok(()) };
    for user in &search.users {
        for window in windows(search.from, now) {
            let found = connected.zoom.meetings(&connected.token, user, window).await;
            let meetings = connected.given(found).await?.unwrap_or_default();
            let (since, account_id) = (search.since, search.linked.external_account_id.clone());
            ctx.write(&Actor::System, move |tx| {
                meetings.iter().try_for_each(|meeting| note(tx, meeting, since, account_id.as_deref()))
            })
            .await?;
        }
    }
    ctx.write(&Actor::System, move |tx| {
        let mut sync = Sync::lock(tx)?;
        if sync.since.is_some() {
            sync.caught_up.insert(id, now);
            tx.save_setting(&sync)?;
        }
        Ok(())
    })
    .await
}

/// The days from some before the one time to the other, as Zoom may be asked for them.
fn windows(from: Timestamp, to: Timestamp) -> Vec<(Date, Date)> {
    let day = |at: Timestamp| at.0.div_euclid(Timestamp::SECOND * DAY_SECONDS);
    let (first, last) = (day(from) - AGAIN_DAYS, day(to));
    let starts = (first..=last).step_by(MOST_DAYS as usize);
    starts.map(|start| (Date(start), Date(last.min(start + MOST_DAYS - 1)))).collect()
}

/// Has a meeting taken over of which something is missing.
fn note(tx: &mut Tx<'_>, meeting: &Meeting, since: Timestamp, account_id: Option<&str>) -> Result<()> {
    let mut missing = false;
    for part in zoom::parts(meeting).iter().filter(|part| part.started_at >= since) {
        missing |= match zoom_recordings::find(tx, &part.key)? {
            None => true,
            Some(row) => !row.transcript && part.transcript.is_some(),
        };
    }
    if missing {
        tx.enqueue(&SyncZoomMeeting {
            account_id: account_id.unwrap_or_default().to_owned(),
            host_id: meeting.host_id.clone(),
            meeting_uuid: meeting.uuid.clone(),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_asked_for_one_after_the_other() {
        let day = |number: i64| Timestamp(number * DAY_SECONDS * Timestamp::SECOND);
        assert_eq!(windows(day(100), day(100)), [(Date(97), Date(100))]);
        let long = windows(day(100), day(160));
        assert_eq!(long, [(Date(97), Date(124)), (Date(125), Date(152)), (Date(153), Date(160))]);
    }
}
