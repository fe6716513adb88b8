//! Filling Rapport through its API, as an import or a busy day would.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::company::Company;
use crate::figures::{Figure, load_average};
use crate::servers::Bench;

/// How many conversations.
const CONVERSATIONS: usize = 10_000;
/// How many messages each has.
pub const MESSAGES: usize = 10;

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(60);
/// How much memory may be resident meanwhile, in bytes.
const MOST_RESIDENT: u64 = 150_000_000;

/// Holds ten thousand conversations of ten messages.
///
/// # Errors
/// When the server fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("{CONVERSATIONS} conversations of {MESSAGES} messages through the API");
    let data = bench.fresh_data("seed")?;
    let rapport = bench.rapport(&data).await?;
    let company = Company::found(rapport.address()).await?;
    let widget = company.widget().await?;
    let cpu_before = rapport.cpu_seconds()?;
    let began = Instant::now();
    let visitors = company.converse(widget, CONVERSATIONS, MESSAGES).await?;
    let took = began.elapsed();
    let (cpu, peak) = (rapport.cpu_seconds()? - cpu_before, rapport.peak_resident()?);
    rapport.stop().await?;
    let requests = visitors.len() * (MESSAGES + 1);
    println!(
        "  {:.1} s, CPU {cpu:.1} s, peak {:.0} MB, load {:.1}",
        took.as_secs_f64(),
        megabytes(peak),
        load_average()?
    );
    fs::write(data.join("done"), "")?;
    Ok(Figure {
        what: "10,000 conversations x 10 messages through the API",
        target: "at most 60 s on two cores, resident at most 150 MB",
        ours: format!(
            "{:.1} s ({:.0} requests/s, CPU {:.0} µs each), resident at most {:.0} MB",
            took.as_secs_f64(),
            requests as f64 / took.as_secs_f64(),
            cpu * 1e6 / requests as f64,
            megabytes(peak),
        ),
        floor: String::new(),
        reached: Some(took <= LONGEST && peak <= MOST_RESIDENT),
    })
}

/// The data folder that [`measure`] leaves; filled now when there is none.
///
/// # Errors
/// When the server fails.
pub async fn ensure(bench: &Bench) -> Result<PathBuf> {
    let data = bench.data("seed");
    if !data.join("done").exists() {
        measure(bench).await?;
    }
    Ok(data)
}

/// Bytes in millions.
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
