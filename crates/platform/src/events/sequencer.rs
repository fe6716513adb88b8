//! Numbers what is committed, on PostgreSQL.
//!
//! Transactions commit their events without a number, so none waits for another and none that stays open long is
//! skipped: it gets its numbers once it has committed. One node does it at a time, the holder of a lease; and even if
//! two believed to hold it, the log's row would make one wait for the other.

use db::Conn;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::log::take_positions;
use crate::Result;
use crate::clock::system_time;

/// The name of the lease.
const LEASE: &str = "sequencer";

/// How long the lease belongs to a node that stopped renewing it.
const LEASE_SECONDS: i64 = 4;

/// How many events are numbered in one transaction at the most.
const BATCH: i64 = 1000;

/// Takes or renews the lease; whether it is held now.
pub(super) fn hold_lease(conn: &mut Conn, holder: &str) -> Result<bool> {
    let now = system_time();
    let held = diesel::sql_query(
        "INSERT INTO leases (name, holder, leased_until) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
         WHERE leases.holder = excluded.holder OR leases.leased_until < $4",
    )
    .bind::<diesel::sql_types::Text, _>(LEASE)
    .bind::<diesel::sql_types::Text, _>(holder)
    .bind::<BigInt, _>(now.plus_seconds(LEASE_SECONDS).0)
    .bind::<BigInt, _>(now.0)
    .execute(conn)?;
    Ok(held == 1)
}

/// Gives the lease back, so that another node need not wait for its end.
pub(super) fn release_lease(conn: &mut Conn, holder: &str) -> Result<()> {
    use db::schema::leases;
    diesel::delete(leases::table.find(LEASE).filter(leases::holder.eq(holder))).execute(conn)?;
    Ok(())
}

/// Numbers one batch of committed events, oldest id first; how many there were.
pub(super) fn number_batch(conn: &mut Conn) -> Result<usize> {
    use db::schema::events;
    conn.transaction(|conn| {
        // The log's row first: whoever else numbers waits here, and then sees what is numbered already.
        let reserved = take_positions(conn, 0)?;
        let ids: Vec<i64> = events::table
            .filter(events::pos.is_null())
            .order(events::id)
            .select(events::id)
            .limit(BATCH)
            .load(conn)?;
        if ids.is_empty() {
            return Ok(0);
        }
        let count = ids.len();
        diesel::sql_query(
            "UPDATE events SET pos = $1 + numbered.ordinal - 1
             FROM unnest($2) WITH ORDINALITY AS numbered (id, ordinal) WHERE events.id = numbered.id",
        )
        .bind::<BigInt, _>(reserved)
        .bind::<diesel::sql_types::Array<BigInt>, _>(ids)
        .execute(pg(conn)?)?;
        take_positions(conn, count as i64)?;
        Ok(count)
    })
}

/// The connection to PostgreSQL itself; only there is anything to number.
fn pg(conn: &mut Conn) -> Result<&mut PgConnection> {
    match conn {
        Conn::Pg(conn) => Ok(conn),
        Conn::Sqlite(_) => Err(crate::Error::internal("SQLite numbers its events itself")),
    }
}
