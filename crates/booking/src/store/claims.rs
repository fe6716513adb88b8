//! Times of hosts that are taken. The database itself refuses two of a host that overlap.

use db::schema::host_claims;
use diesel::dsl::count_star;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::{BookingLinkId, MeetingId, Timestamp, UserId};

/// What takes the time.
pub(crate) const BOOKED: &str = "booked";
/// A meeting that a host has to agree to.
pub(crate) const PENDING: &str = "pending";
/// A visitor who fills in the form.
pub(crate) const HELD: &str = "held";

/// A row of `host_claims`: from an instant on, until another, buffers included.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = host_claims)]
pub(crate) struct ClaimRow {
    pub(crate) id: i64,
    pub(crate) host_id: UserId,
    pub(crate) from_us: Timestamp,
    pub(crate) until_us: Timestamp,
    pub(crate) kind: String,
    pub(crate) link_id: Option<BookingLinkId>,
    pub(crate) meeting_id: Option<MeetingId>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) token_hash: Option<String>,
    pub(crate) holder: Option<String>,
}

/// Takes a time.
///
/// # Errors
/// One that [`is_overlap`] knows when the host has another claim then.
pub(crate) fn insert(tx: &mut Tx<'_>, row: &ClaimRow) -> Result<()> {
    diesel::insert_into(host_claims::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// The claims of these hosts in a stretch of time that hold at `now`.
pub(crate) fn of_hosts(
    tx: &mut Tx<'_>,
    hosts: &[UserId],
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Vec<ClaimRow>> {
    Ok(host_claims::table
        .filter(host_claims::host_id.eq_any(hosts.to_vec()))
        .filter(host_claims::until_us.gt(from))
        .filter(host_claims::from_us.lt(until))
        .filter(host_claims::expires_at.is_null().or(host_claims::expires_at.gt(now)))
        .select(ClaimRow::as_select())
        .load(tx.conn())?)
}

/// Deletes holds of a host that are over.
pub(crate) fn delete_expired(tx: &mut Tx<'_>, host: UserId, now: Timestamp) -> Result<()> {
    let over =
        host_claims::table.filter(host_claims::host_id.eq(host)).filter(host_claims::expires_at.le(now));
    diesel::delete(over).execute(tx.conn())?;
    Ok(())
}

/// Deletes some holds of anybody that are over; how many it were.
pub(crate) fn delete_any_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(host_claims::table.filter(host_claims::expires_at.le(now))).execute(tx.conn())?)
}

/// The hold with this token: a row for each host.
pub(crate) fn with_token(tx: &mut Tx<'_>, token_hash: &str, now: Timestamp) -> Result<Vec<ClaimRow>> {
    Ok(host_claims::table
        .filter(host_claims::token_hash.eq(token_hash.to_owned()))
        .filter(host_claims::expires_at.gt(now))
        .order(host_claims::id)
        .select(ClaimRow::as_select())
        .load(tx.conn())?)
}

/// Lets go of the hold with this token.
pub(crate) fn delete_hold(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    let hold = host_claims::table
        .filter(host_claims::token_hash.eq(token_hash.to_owned()))
        .filter(host_claims::meeting_id.is_null());
    diesel::delete(hold).execute(tx.conn())?;
    Ok(())
}

/// Writes down from which hold a meeting came, for whoever books with it again because no answer reached them.
pub(crate) fn remember_hold(tx: &mut Tx<'_>, meeting: MeetingId, token_hash: &str) -> Result<()> {
    diesel::update(host_claims::table.filter(host_claims::meeting_id.eq(meeting)))
        .set(host_claims::token_hash.eq(token_hash.to_owned()))
        .execute(tx.conn())?;
    Ok(())
}

/// The meeting that came from the hold with this token, while its time is taken.
pub(crate) fn meeting_of_hold(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<MeetingId>> {
    let found: Option<Option<MeetingId>> = host_claims::table
        .filter(host_claims::token_hash.eq(token_hash.to_owned()))
        .filter(host_claims::meeting_id.is_not_null())
        .select(host_claims::meeting_id)
        .first(tx.conn())
        .optional()?;
    Ok(found.flatten())
}

/// Lets go of what a meeting takes.
pub(crate) fn delete_of_meeting(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<()> {
    diesel::delete(host_claims::table.filter(host_claims::meeting_id.eq(meeting))).execute(tx.conn())?;
    Ok(())
}

/// Makes what a pending meeting takes that of one that stands.
pub(crate) fn settle(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<()> {
    diesel::update(host_claims::table.filter(host_claims::meeting_id.eq(meeting)))
        .set(host_claims::kind.eq(BOOKED))
        .execute(tx.conn())?;
    Ok(())
}

/// The tokens of the holds that somebody has now, the oldest first.
pub(crate) fn holds_of(tx: &mut Tx<'_>, holder: &str, now: Timestamp) -> Result<i64> {
    let held: Vec<(Option<String>, i64)> = host_claims::table
        .filter(host_claims::holder.eq(holder.to_owned()))
        .filter(host_claims::expires_at.gt(now))
        .group_by(host_claims::token_hash)
        .select((host_claims::token_hash, count_star()))
        .load(tx.conn())?;
    Ok(i64::try_from(held.len()).unwrap_or(i64::MAX))
}
