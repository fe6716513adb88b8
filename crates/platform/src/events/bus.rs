//! The thread that talks to PostgreSQL beside all transactions: it numbers events while it holds the lease, and passes
//! on what nodes tell each other, over a connection of its own.
//!
//! A node that committed events numbers them, or pokes the one that does. Whoever numbered a batch tells every node
//! once. Notices may be lost with a connection; each node therefore also looks by itself from time to time.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use db::Conn;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::sequencer;
use super::signals::{Order, Signal};
use crate::{Ctx, Error, Result};

/// The channel of all notices.
const CHANNEL: &str = "rapport";
/// "There are events without a number."
const POKE: &str = "poke";
/// "The log has grown."
const GROWN: &str = "grown";

/// How often the connection is looked at for notices, when there are some and when there are none.
const BUSY_TICK: Duration = Duration::from_millis(4);
const IDLE_TICK: Duration = Duration::from_millis(20);
/// How long it counts as busy after the last notice.
const BUSY_FOR: Duration = Duration::from_secs(2);
/// How often the lease is renewed or asked for, and unnumbered events are looked for without being told.
const LEASE_TICK: Duration = Duration::from_millis(1000);
/// How long to wait after losing the connection.
const RECONNECT_AFTER: Duration = Duration::from_millis(500);
/// PostgreSQL refuses notices of 8000 bytes and more.
const LONGEST_NOTICE: usize = 7900;

/// The running thread.
pub(crate) struct Bus {
    thread: JoinHandle<()>,
}

impl Bus {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system has no thread to give.
    pub(crate) fn start(ctx: &Ctx) -> Result<Self> {
        let (sender, orders) = mpsc::channel();
        let bus_ctx = ctx.clone();
        let thread = std::thread::Builder::new()
            .name("bus".to_owned())
            .spawn(move || run(&bus_ctx, &orders))
            .map_err(Error::internal)?;
        ctx.shared().signals.connect(sender);
        Ok(Self { thread })
    }

    /// Stops the thread, which gives its lease back. Blocks.
    pub(crate) fn stop(self, ctx: &Ctx) {
        ctx.shared().signals.order(Order::Stop);
        // It ends by a panic at worst; there is nothing left to do for it.
        let _ = self.thread.join();
    }
}

/// What a pass over orders and notices came to.
struct Work {
    number: bool,
    stop: bool,
}

fn run(ctx: &Ctx, orders: &Receiver<Order>) {
    loop {
        match serve(ctx, orders) {
            Ok(()) => return,
            Err(cause) => tracing::warn!(%cause, "lost the connection for notices"),
        }
        // Orders meanwhile are dropped but one: numbering is looked for anyway, and signals may be lost.
        let retry_at = Instant::now() + RECONNECT_AFTER;
        loop {
            match orders.recv_timeout(retry_at.saturating_duration_since(Instant::now())) {
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
    }
}

/// Works until it is told to stop; an error means that the connection was lost.
fn serve(ctx: &Ctx, orders: &Receiver<Order>) -> Result<()> {
    let holder = ctx.shared().node.holder();
    let mut conn = ctx.database().connect()?;
    diesel::sql_query(format!("LISTEN {CHANNEL}")).execute(&mut conn)?;
    // Something may have happened before we listened.
    ctx.shared().signals.grown.notify_one();
    let mut leading = false;
    let mut lease_due = Instant::now();
    let mut busy_until = Instant::now();
    loop {
        let tick = if Instant::now() < busy_until { BUSY_TICK } else { IDLE_TICK };
        let mut work = take_orders(&mut conn, orders, tick, holder)?;
        if take_notices(ctx, &mut conn, holder, &mut work)? || work.number {
            busy_until = Instant::now() + BUSY_FOR;
        }
        if Instant::now() >= lease_due {
            leading = sequencer::hold_lease(&mut conn, holder)?;
            work.number |= leading;
            lease_due = Instant::now() + LEASE_TICK;
        }
        if work.number && leading {
            number(ctx, &mut conn)?;
        } else if work.number {
            notify(&mut conn, POKE)?;
        }
        if work.stop {
            if leading {
                sequencer::release_lease(&mut conn, holder)?;
            }
            return Ok(());
        }
    }
}

/// Carries out the orders that wait; waits for the first no longer than `tick`.
fn take_orders(conn: &mut Conn, orders: &Receiver<Order>, tick: Duration, holder: &str) -> Result<Work> {
    let mut work = Work { number: false, stop: false };
    let mut next = match orders.recv_timeout(tick) {
        Ok(order) => Some(order),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Order::Stop),
    };
    while let Some(order) = next {
        match order {
            Order::Number => work.number = true,
            Order::Send(signal) => send(conn, holder, &signal)?,
            Order::Stop => work.stop = true,
        }
        next = orders.try_recv().ok();
    }
    Ok(work)
}

/// Takes in what other nodes, or this one, told; whether there was anything.
fn take_notices(ctx: &Ctx, conn: &mut Conn, holder: &str, work: &mut Work) -> Result<bool> {
    let Conn::Pg(conn) = conn else { return Ok(false) };
    let mut heard = false;
    for notice in conn.notifications_iter() {
        heard = true;
        match notice?.payload.as_str() {
            POKE => work.number = true,
            GROWN => ctx.shared().signals.grown.notify_one(),
            signal => take_signal(ctx, holder, signal),
        }
    }
    Ok(heard)
}

fn take_signal(ctx: &Ctx, holder: &str, notice: &str) {
    // A newer release may say things that this one does not know; they concern nobody here.
    let Ok((from, signal)) = serde_json::from_str::<(String, Signal)>(notice) else { return };
    if from != holder {
        ctx.take_signal(&signal);
    }
}

fn send(conn: &mut Conn, holder: &str, signal: &Signal) -> Result<()> {
    let notice = serde_json::to_string(&(holder, signal))?;
    if notice.len() > LONGEST_NOTICE {
        tracing::warn!(bytes = notice.len(), "too long to tell the other nodes");
        return Ok(());
    }
    notify(conn, &notice)
}

fn notify(conn: &mut Conn, notice: &str) -> Result<()> {
    diesel::sql_query("SELECT pg_notify($1, $2)")
        .bind::<Text, _>(CHANNEL)
        .bind::<Text, _>(notice)
        .execute(conn)?;
    Ok(())
}

/// Numbers all that is committed, and tells every node.
fn number(ctx: &Ctx, conn: &mut Conn) -> Result<()> {
    loop {
        let numbered = sequencer::number_batch(conn)?;
        if numbered == 0 {
            return Ok(());
        }
        metrics::histogram!("rapport_events_batch").record(numbered as f64);
        ctx.shared().signals.grown.notify_one();
        notify(conn, GROWN)?;
    }
}
