//! Posting a message: a rep's reply, with all that hangs on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::Result;
use serde_json::json;

use crate::company::{Company, TEXT, Visitor};
use crate::figures::Figure;
use crate::http::{Maker, post};
use crate::postgres::fresh_database;
use crate::rounds::{Target, alternate};
use crate::servers::{Bench, database};

/// How many conversations the messages go to: enough that two rarely meet in one.
const CONVERSATIONS: usize = 2_000;

/// Posts on SQLite with every commit synced to the disk.
///
/// # Errors
/// When a server fails.
pub async fn sqlite(bench: &Bench) -> Result<Figure> {
    println!("post a message, SQLite, synchronous=FULL, 64 connections");
    let data = bench.fresh_data("post")?;
    let first = bench.rapport(&data).await?;
    let visitors = found(first.address()).await?;
    first.stop().await?;
    let copy = copy(&data)?;
    let ours = bench.rapport(&data).await?;
    let floor = bench.floor(&copy).await?;
    let company = Company::sign_in(ours.address()).await?;
    let rounds = alternate(
        bench,
        &Target { process: &ours, make: replies(company, &visitors) },
        &Target { process: &floor, make: bare_replies("sqlite", &visitors) },
    )
    .await?;
    ours.stop().await?;
    Ok(figure("post a message, SQLite FULL", "at least 0.6 of the floor", 0.6, &rounds))
}

/// Posts on PostgreSQL.
///
/// # Errors
/// When a server fails, or there is no PostgreSQL.
pub async fn postgres(bench: &Bench) -> Result<Figure> {
    println!("post a message, PostgreSQL, fsync on, 64 connections");
    let data = bench.fresh_data("post-postgres")?;
    let url = fresh_database(bench, "bench", None).await?;
    let first = bench.rapport_on(&data, &url).await?;
    let visitors = found(first.address()).await?;
    first.stop().await?;
    let copy = fresh_database(bench, "bench_floor", Some("bench")).await?;
    let ours = bench.rapport_on(&data, &url).await?;
    let floor = bench.floor_with(|command| command.arg("--postgres").arg(copy)).await?;
    let company = Company::sign_in(ours.address()).await?;
    let rounds = alternate(
        bench,
        &Target { process: &ours, make: replies(company, &visitors) },
        &Target { process: &floor, make: bare_replies("postgres", &visitors) },
    )
    .await?;
    ours.stop().await?;
    Ok(figure("post a message, PostgreSQL", "at least 0.7 of the floor", 0.7, &rounds))
}

fn figure(what: &'static str, target: &'static str, least: f64, rounds: &crate::rounds::Rounds) -> Figure {
    let [ours, floor] = rounds.texts();
    let (share, refused) = (rounds.share(), rounds.refused());
    Figure {
        what,
        target,
        ours: format!("{share:.2} of the floor: {ours}; {refused} refused"),
        floor,
        reached: Some(share >= least && refused == 0),
    }
}

async fn found(address: std::net::SocketAddr) -> Result<Vec<Visitor>> {
    let company = Company::found(address).await?;
    let widget = company.widget().await?;
    company.converse(widget, CONVERSATIONS, 2).await
}

/// A copy of the database of a server that has stopped.
fn copy(data: &Path) -> Result<PathBuf> {
    let copy = data.join("floor.db");
    fs::copy(database(data), &copy)?;
    Ok(copy)
}

/// The conversations one after the other, for ever.
fn in_turn(visitors: &[Visitor]) -> impl Fn() -> types::ThreadId + Send + Sync + use<> {
    let threads: Vec<_> = visitors.iter().map(|visitor| visitor.thread).collect();
    let next = AtomicUsize::new(0);
    move || threads[next.fetch_add(1, Ordering::Relaxed) % threads.len()]
}

fn replies(company: Company, visitors: &[Visitor]) -> Maker {
    let (thread, number) = (in_turn(visitors), AtomicU64::new(0));
    Arc::new(move || {
        let number = number.fetch_add(1, Ordering::Relaxed);
        company.reply(thread(), format!("<p>{TEXT}</p>"), Some(format!("bench-{number}")))
    })
}

fn bare_replies(engine: &'static str, visitors: &[Visitor]) -> Maker {
    let (thread, number) = (in_turn(visitors), AtomicU64::new(0));
    Arc::new(move || {
        let number = number.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "html": format!("<p>{TEXT}</p>"), "client_id": format!("bench-{number}") });
        post(&format!("/{engine}/threads/{}/messages", thread()), None, &body)
    })
}
