//! Measures Rapport beside a floor: bare servers that do the same work with nothing of a product in between. Both run on
//! this machine, in turn, so that neighbours and clocks fall on both. It never fails because something was slow.
//!
//! `cargo xtask bench` builds what is needed and starts this.
#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

mod booking;
mod booking_page;
mod browser;
mod call_page;
mod company;
mod figures;
mod fill;
mod http;
mod live;
mod open;
mod page;
mod peaks;
mod post;
mod postgres;
mod process;
mod readers;
mod recordings;
mod rounds;
mod said;
mod search;
mod seed;
mod servers;
mod slots;
mod sockets;
mod start;
mod transcripts;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use crate::figures::{Figure, load_average, table};
use crate::servers::Bench;

#[derive(Parser)]
struct Options {
    /// What to measure
    #[arg(required = true)]
    what: Vec<What>,
    /// The release build of Rapport
    #[arg(long)]
    rapport: PathBuf,
    /// The release build of the floor
    #[arg(long)]
    floor: PathBuf,
    /// Where databases are kept from run to run
    #[arg(long)]
    folder: PathBuf,
    /// URL of a PostgreSQL server whose databases `bench`, `bench_floor` and `bench_transcripts` may be replaced
    #[arg(long)]
    postgres: Option<String>,
    /// The folder of the scripts that a browser runs
    #[arg(long)]
    browser: Option<PathBuf>,
    /// Fewer and shorter rounds
    #[arg(long)]
    quick: bool,
    /// Go before other programs of this machine, as far as the system allows it
    #[arg(long)]
    priority: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Posting a message on SQLite
    Post,
    /// Posting a message on PostgreSQL
    PostPostgres,
    /// A page of the inbox at 10 thousand and at 1 million threads
    Page,
    /// Opening a thread
    Open,
    /// 10,000 live connections
    Live,
    /// Cold start and idle memory
    Start,
    /// 10,000 conversations of 10 messages through the API
    Seed,
    /// The waveform of an hour's call
    Peaks,
    /// Searching a million segments on SQLite
    Search,
    /// Searching a million segments on PostgreSQL
    SearchPostgres,
    /// 200 parallel range readers of long recordings
    Readers,
    /// The page of a call in a browser
    CallPage,
    /// The times of a booking page
    PageSlots,
    /// The booking page in a browser
    BookingPage,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    if options.priority {
        go_first();
    }
    let (rounds, round_length) =
        if options.quick { (3, Duration::from_secs(2)) } else { (5, Duration::from_secs(4)) };
    let Options { rapport, floor, folder, postgres, browser, .. } = options;
    fs::create_dir_all(&folder)?;
    // Servers are started in other folders.
    let (rapport, floor, folder) = (rapport.canonicalize()?, floor.canonicalize()?, folder.canonicalize()?);
    let bench = Bench { rapport, floor, folder, postgres, browser, rounds, round_length };
    let processors = std::thread::available_parallelism()?;
    println!("{processors} processors, load {:.1}, medians of {rounds} rounds", load_average()?);
    let mut figures = Vec::new();
    for what in options.what {
        figures.extend(measure(&bench, what).await?);
        // Kept after each figure, so that an interrupted run leaves what it has.
        fs::write(bench.data("figures.md"), table(&figures)).context("cannot keep the figures")?;
    }
    println!("\n{}", table(&figures));
    Ok(())
}

async fn measure(bench: &Bench, what: What) -> Result<Vec<Figure>> {
    Ok(match what {
        What::Post => vec![post::sqlite(bench).await?],
        What::PostPostgres => vec![post::postgres(bench).await?],
        What::Page => page::measure(bench).await?,
        What::Open => vec![open::measure(bench).await?],
        What::Live => vec![live::measure(bench).await?],
        What::Start => vec![start::measure(bench).await?],
        What::Seed => vec![seed::measure(bench).await?],
        What::Peaks => peaks::measure(bench)?,
        What::Search => search::sqlite(bench).await?,
        What::SearchPostgres => search::postgres(bench).await?,
        What::Readers => vec![readers::measure(bench).await?],
        What::CallPage => call_page::measure(bench).await?,
        What::PageSlots => vec![slots::measure(bench).await?],
        What::BookingPage => vec![booking_page::measure(bench).await?],
    })
}

/// Gives this session, and so the servers it starts, a larger share of the processors than other sessions have.
fn go_first() {
    if let Err(cause) = fs::write("/proc/self/autogroup", "-15") {
        println!("without priority: {cause}");
    }
}
