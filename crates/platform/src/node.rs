//! The node number that stands in this process's ids, leased so that no two processes use the same.

use std::sync::atomic::{AtomicI32, AtomicI64, Ordering};
use std::time::Duration;

use db::schema::nodes;
use db::{Conn, Database, on};
use diesel::prelude::*;
use rand::Rng;
use tokio::sync::Mutex;
use types::Timestamp;

use crate::clock::system_time;
use crate::ids::{IdGenerator, NODES};
use crate::{Error, Result};

/// How long a number belongs to a process that does not renew its lease. Short, so that a process that is killed and
/// started again and again does not use up the numbers.
const LEASE_SECONDS: i64 = 20;

/// A lease that ends sooner than this is renewed before the next write.
const MARGIN_SECONDS: i64 = 10;

/// The lease of this process. It is renewed by writing: a process that writes nothing makes no ids either. A transaction
/// that outlives the lease is refused, so that an id stands in the database only if its number was leased.
pub(crate) struct NodeLease {
    holder: String,
    number: AtomicI32,
    until: AtomicI64,
    renewing: Mutex<()>,
}

impl NodeLease {
    /// Leases the lowest number that is free.
    pub(crate) async fn acquire(database: &Database) -> Result<Self> {
        let mut bytes = [0; 8];
        rand::rng().fill_bytes(&mut bytes);
        let holder: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let (number, until) = loop {
            match lease(database, &holder, None).await? {
                Offer::Leased { number, until } => break (number, until),
                // Processes that were killed leave their leases to run out.
                Offer::FreeAt(at) if at < system_time().plus_seconds(LEASE_SECONDS) => {
                    tracing::warn!("all node numbers are taken; waiting for one");
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Offer::FreeAt(_) => return Err(all_taken()),
            }
        };
        Ok(Self { holder, number: number.into(), until: until.0.into(), renewing: Mutex::new(()) })
    }

    /// A random text that names this process.
    pub(crate) fn holder(&self) -> &str {
        &self.holder
    }

    pub(crate) fn number(&self) -> i32 {
        self.number.load(Ordering::Acquire)
    }

    fn is_fresh(&self) -> bool {
        system_time().plus_seconds(MARGIN_SECONDS).0 < self.until.load(Ordering::Acquire)
    }

    /// Insists that every id up to now was made under the lease of `number`.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the lease has run out meanwhile.
    pub(crate) fn require(&self, number: i32, ids: &IdGenerator) -> Result<()> {
        if number == self.number() && ids.last_ms().saturating_mul(1000) < self.until.load(Ordering::Acquire)
        {
            Ok(())
        } else {
            Err(Error::Unavailable(
                "the transaction took longer than the lease of its node's number".to_owned(),
            ))
        }
    }

    /// Makes sure of the lease. When it ran out and another process took the number, takes another one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when that is not possible at the moment.
    pub(crate) async fn ensure(&self, database: &Database, ids: &IdGenerator) -> Result<()> {
        if self.is_fresh() {
            return Ok(());
        }
        let _renewing = self.renewing.lock().await;
        if self.is_fresh() {
            return Ok(());
        }
        let offer = lease(database, &self.holder, Some(self.number())).await?;
        let Offer::Leased { number, until } = offer else { return Err(all_taken()) };
        if number != self.number() {
            tracing::warn!(number, "the lease of the node number was lost; using another number");
            self.number.store(number, Ordering::Release);
            ids.set_node(number);
        }
        self.until.store(until.0, Ordering::Release);
        Ok(())
    }

    /// Gives the number back, for after the last id that was made with it.
    pub(crate) async fn release(&self, database: &Database, ids: &IdGenerator) -> Result<()> {
        let (holder, number) = (self.holder.clone(), self.number());
        let until = Timestamp((ids.last_ms() + 1) * 1000);
        database
            .write(
                move |conn| -> Result<()> {
                    diesel::update(nodes::table.find(number).filter(nodes::holder.eq(&holder)))
                        .set(nodes::leased_until.eq(until))
                        .execute(conn)?;
                    Ok(())
                },
                |()| {},
            )
            .await
    }
}

/// What the database has to offer.
enum Offer {
    Leased {
        number: i32,
        until: Timestamp,
    },
    /// Every number is taken; the first lease runs out then.
    FreeAt(Timestamp),
}

fn all_taken() -> Error {
    Error::Unavailable(format!("{NODES} nodes use this database already"))
}

/// Renews the lease of `held`, or leases the lowest number that is free.
async fn lease(database: &Database, holder: &str, held: Option<i32>) -> Result<Offer> {
    let holder = holder.to_owned();
    database
        .write(
            move |conn| {
                let now = system_time();
                let until = now.plus_seconds(LEASE_SECONDS);
                for number in held.into_iter().chain(0..NODES) {
                    if take(conn, number, &holder, now, until)? {
                        return Ok(Offer::Leased { number, until });
                    }
                }
                let first: Option<Timestamp> =
                    nodes::table.select(diesel::dsl::min(nodes::leased_until)).first(conn)?;
                Ok(Offer::FreeAt(first.unwrap_or(now)))
            },
            |_| {},
        )
        .await
}

fn take(conn: &mut Conn, number: i32, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool> {
    let row = (nodes::node.eq(number), nodes::holder.eq(holder), nodes::leased_until.eq(until));
    let free = nodes::leased_until.lt(now).or(nodes::holder.eq(holder));
    let taken = on!(conn, c => diesel::query_dsl::methods::FilterDsl::filter(
        diesel::insert_into(nodes::table)
            .values(row)
            .on_conflict(nodes::node)
            .do_update()
            .set((nodes::holder.eq(holder), nodes::leased_until.eq(until))),
        free,
    )
    .execute(c))?;
    Ok(taken == 1)
}
