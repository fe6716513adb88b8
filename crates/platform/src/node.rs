//! The node number that stands in this process's ids, leased so that no two processes use the same.

use std::sync::atomic::{AtomicI32, AtomicI64, Ordering};

use db::schema::nodes;
use db::{Conn, Database, on};
use diesel::prelude::*;
use rand::Rng;
use tokio::sync::Mutex;
use types::Timestamp;

use crate::clock::system_time;
use crate::ids::{IdGenerator, NODES};
use crate::{Error, Result};

/// How long a number belongs to a process that does not renew its lease.
const LEASE_SECONDS: i64 = 120;

/// A lease that ends sooner than this is renewed before the next write, which therefore has this long to finish.
const MARGIN_SECONDS: i64 = 60;

/// The lease of this process. It is renewed by writing: a process that writes nothing makes no ids either.
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
        let (number, until) = lease(database, &holder, None).await?;
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
        let (number, until) = lease(database, &self.holder, Some(self.number())).await?;
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

/// Renews the lease of `held`, or leases the lowest number that is free.
async fn lease(database: &Database, holder: &str, held: Option<i32>) -> Result<(i32, Timestamp)> {
    let holder = holder.to_owned();
    database
        .write(
            move |conn| {
                let now = system_time();
                let until = now.plus_seconds(LEASE_SECONDS);
                for number in held.into_iter().chain(0..NODES) {
                    if take(conn, number, &holder, now, until)? {
                        return Ok((number, until));
                    }
                }
                Err(Error::Unavailable(format!("{NODES} nodes use this database already")))
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
