//! Starting on a database that is there already, and how much memory an idle server holds.

use std::time::Duration;

use anyhow::Result;
use tokio::time::sleep;

use crate::figures::{Figure, load_average, median};
use crate::process::Process;
use crate::seed::{self, megabytes};
use crate::servers::{Bench, database};

/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(3);

/// Starts Rapport and the floor in turn.
///
/// # Errors
/// When a server fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("cold start on a database of 100,000 messages, and idle memory");
    let data = seed::ensure(bench).await?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for number in 1..=bench.rounds {
        let started = look(bench.rapport(&data).await?).await?;
        let bare = look(bench.floor(&database(&data)).await?).await?;
        println!(
            "  {number} Rapport {:.0} ms, {:.1} MB   floor {:.0} ms, {:.1} MB   load {:.1}",
            started.0,
            started.1,
            bare.0,
            bare.1,
            load_average()?
        );
        ours.push(started);
        floor.push(bare);
    }
    let medians =
        |all: &[(f64, f64)]| (median(all.iter().map(|one| one.0)), median(all.iter().map(|one| one.1)));
    let ((ms, mb), (bare_ms, bare_mb)) = (medians(&ours), medians(&floor));
    Ok(Figure {
        what: "cold start on an existing database, idle memory",
        target: "at most 100 ms; at most 30 MB",
        ours: format!("{ms:.0} ms; {mb:.1} MB"),
        floor: format!("{bare_ms:.0} ms; {bare_mb:.1} MB"),
        reached: Some(ms <= 100.0 && mb <= 30.0),
    })
}

/// How long a server took to start, in milliseconds, and what is resident when it idles, in megabytes. Stops it.
async fn look(process: Process) -> Result<(f64, f64)> {
    sleep(IDLE).await;
    let resident = megabytes(process.resident()?);
    let started_in = process.started_in.as_secs_f64() * 1e3;
    process.stop().await?;
    Ok((started_in, resident))
}
