//! Taking the time of hosts. What a meeting takes includes the buffers around it.

use std::time::Duration;

use platform::{Actor, Ctx, Error, Periodic, Result, Tx};
use types::booking::Availability;
use types::{BookingLinkId, ErrorCode, MeetingId, Timestamp, UserId};

use crate::store::claims::{self, ClaimRow};
use crate::store::codes;

/// What takes a time.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A meeting that stands.
    Booked(MeetingId),
    /// A meeting that a host has to agree to.
    Pending(MeetingId),
    /// Somebody who fills in the form.
    Held {
        /// The hash of the token.
        token_hash: String,
        /// Whoever has it.
        holder: String,
        /// When it is over.
        expires_at: Timestamp,
    },
}

/// A time with the buffers around it.
pub(crate) fn with_buffers(
    availability: &Availability,
    (starts_at, ends_at): (Timestamp, Timestamp),
) -> (Timestamp, Timestamp) {
    (
        starts_at.plus_seconds(-60 * i64::from(availability.buffer_before_minutes)),
        ends_at.plus_seconds(60 * i64::from(availability.buffer_after_minutes)),
    )
}

/// Waits for whoever takes time of these hosts: in one order, so that two who want several do not wait for each other.
pub(crate) fn lock_hosts(tx: &mut Tx<'_>, hosts: &[UserId]) -> Result<()> {
    let mut hosts = hosts.to_vec();
    hosts.sort_unstable();
    hosts.into_iter().try_for_each(|host| tx.lock(platform::Key::User(host)))
}

/// Takes a time of hosts, after removing their holds that are over.
///
/// # Errors
/// [`Error::Conflict`] `slot_taken` when one of them has another claim then, whoever was first by how little.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    hosts: &[UserId],
    (from_us, until_us): (Timestamp, Timestamp),
    link_id: Option<BookingLinkId>,
    kind: &Kind,
) -> Result<()> {
    let now = tx.now();
    lock_hosts(tx, hosts)?;
    for &host_id in hosts {
        claims::delete_expired(tx, host_id, now)?;
        if !claims::of_hosts(tx, &[host_id], (from_us, until_us), now)?.is_empty() {
            return Err(taken());
        }
        let (name, meeting_id) = match kind {
            Kind::Booked(meeting) => (claims::BOOKED, Some(*meeting)),
            Kind::Pending(meeting) => (claims::PENDING, Some(*meeting)),
            Kind::Held { .. } => (claims::HELD, None),
        };
        let (token_hash, holder, expires_at) = match kind {
            Kind::Held { token_hash, holder, expires_at } => {
                (Some(token_hash.clone()), Some(holder.clone()), Some(*expires_at))
            }
            Kind::Booked(_) | Kind::Pending(_) => (None, None, None),
        };
        let row = ClaimRow {
            id: tx.new_id(),
            host_id,
            from_us,
            until_us,
            kind: name.to_owned(),
            link_id,
            meeting_id,
            expires_at,
            token_hash,
            holder,
        };
        claims::insert(tx, &row)?;
    }
    Ok(())
}

/// The answer to whoever came too late.
pub(crate) fn taken() -> Error {
    Error::conflict(ErrorCode::SlotTaken, "this time cannot be booked any more: choose another")
}

/// Deletes holds and codes that are over.
#[derive(Debug)]
pub struct DeleteOldHolds;

impl Periodic for DeleteOldHolds {
    const NAME: &'static str = "delete_old_holds";
    const EVERY: Duration = Duration::from_secs(10 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, |tx| {
            let now = tx.now();
            claims::delete_any_expired(tx, now)?;
            codes::delete_expired(tx, now).map(|_| ())
        })
        .await
    }
}
