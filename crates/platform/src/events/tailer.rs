//! Reads the log as it grows, and hands it to the sockets of this node.

use std::time::Duration;

use db::Engine;
use tokio::sync::watch;

use super::Topic;
use super::feed::frame;
use super::log::{self, NumberedEvent, PAGE};
use super::topic::parse_stored;
use crate::live::Control;
use crate::{Actor, Ctx, Result};

/// How often it looks without being told; another process may have written.
const SAFETY_NET: Duration = Duration::from_secs(1);

/// Follows the log until told to stop.
pub(crate) async fn tail(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let mut position = ctx.shared().log.opened_at;
    while !*stop.borrow() {
        if let Err(cause) = advance(&ctx, &mut position).await {
            tracing::warn!(%cause, "cannot read the event log");
        }
        tokio::select! {
            () = ctx.shared().signals.grown.notified() => {}
            () = tokio::time::sleep(SAFETY_NET) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Hands out everything after `position`.
async fn advance(ctx: &Ctx, position: &mut i64) -> Result<()> {
    loop {
        let after = *position;
        if ctx.live().connections() == 0 {
            let last = skip(ctx, after).await?;
            // Whoever has connected since the look at the log begins there or later, and must not miss what follows.
            if ctx.live().connections() == 0 {
                *position = last;
                return Ok(());
            }
        }
        let page = ctx.read(&Actor::System, move |tx| log::after(tx.conn(), after)).await?;
        let Some(last) = page.last().map(|event| event.position) else { return Ok(()) };
        let full = page.len() as i64 == PAGE;
        metrics::counter!("rapport_events_total").increment(page.len() as u64);
        for event in page {
            hand_out(ctx, &event);
        }
        *position = last;
        if !full {
            return Ok(());
        }
    }
}

/// The end of the log, when there is no socket to hand anything to. What other nodes did to grants is noted all the
/// same; on SQLite there are no other nodes.
async fn skip(ctx: &Ctx, after: i64) -> Result<i64> {
    let (last, controls) = ctx
        .read(&Actor::System, move |tx| {
            let last = log::bounds(tx.conn())?.last;
            let controls = match tx.engine() {
                Engine::Postgres => log::between(tx.conn(), after, last, &[Topic::Control])?.events.len(),
                Engine::Sqlite => 0,
            };
            Ok((last, controls))
        })
        .await?;
    if controls > 0 {
        ctx.live().grants_changed();
    }
    Ok(last)
}

fn hand_out(ctx: &Ctx, event: &NumberedEvent) {
    for topic in parse_stored(&event.topic) {
        if topic != Topic::Control {
            let place = ctx.shared().log.place(event.position);
            // A socket that belongs to several audiences takes the same position once.
            ctx.live().deliver(topic, &frame(&place, &event.payload));
            continue;
        }
        match serde_json::from_str::<Control>(&event.payload) {
            Ok(control) => ctx.live().control(&control, event.position),
            Err(cause) => tracing::error!(%cause, position = event.position, "cannot read a control entry"),
        }
    }
}
