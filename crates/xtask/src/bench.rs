//! `cargo xtask bench`: Rapport's figures, each beside its floor. See `bench/load`.

use std::process::Command;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{build, frontend, packages, postgres::Cluster, speech, workspace};

#[derive(Args)]
pub struct Options {
    /// What to measure
    #[arg(default_value = "all")]
    what: What,
    /// Fewer and shorter rounds
    #[arg(long)]
    quick: bool,
    /// Go before other programs of this machine; for short measurements beside others' work
    #[arg(long)]
    priority: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Everything
    All,
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
    /// The waveform of an hour's call, in Opus and in WAV
    Peaks,
    /// Searching a million segments of transcripts on SQLite
    Search,
    /// Searching a million segments of transcripts on PostgreSQL
    SearchPostgres,
    /// 200 parallel range readers of long recordings
    Readers,
    /// The page of a call in a browser: how fast it opens, and the memory of its tab
    CallPage,
    /// The times of a booking page over HTTP, at a constant rate
    PageSlots,
    /// The booking page in a browser on a slow connection
    BookingPage,
    /// What browsers load
    Sizes,
    /// Transcribing a call with the embedded engine
    Speech,
    /// The slot engine beside a plain one
    Slots,
}

/// What `bench-load` measures, in this order: starting and opening threads use what seeding leaves.
const LOADS: [What; 14] = [
    What::Post,
    What::PostPostgres,
    What::Seed,
    What::Start,
    What::Open,
    What::Page,
    What::Live,
    What::Peaks,
    What::Search,
    What::SearchPostgres,
    What::Readers,
    What::CallPage,
    What::PageSlots,
    What::BookingPage,
];

/// Builds releases of Rapport, the floor and the load tool, and measures. Databases stay in `target/bench`; the table of
/// figures in `target/bench/figures.md`.
pub fn run(options: &Options) -> Result<()> {
    let chosen = |what: &What| options.what == What::All || options.what == *what;
    // The server carries what was built last, and pages are measured as they ship.
    if [What::Sizes, What::CallPage, What::BookingPage].iter().any(chosen) {
        frontend::run(&frontend::Options::measured())?;
    }
    if chosen(&What::Speech) {
        transcription()?;
    }
    if chosen(&What::Slots) {
        slots(options.quick)?;
    }
    let loads: Vec<What> = LOADS.into_iter().filter(chosen).collect();
    if loads.is_empty() {
        return Ok(());
    }
    let rapport = build::optimised("server", "rapport")?;
    let floor = build::optimised("bench-floor", "bench-floor")?;
    // A session of its own, whose share of the processors can be raised.
    let mut load = Command::new("setsid");
    load.arg("--wait").arg(build::optimised("bench-load", "bench-load")?);
    load.args(loads.iter().filter_map(ValueEnum::to_possible_value).map(|value| value.get_name().to_owned()));
    load.arg("--rapport").arg(rapport).arg("--floor").arg(floor);
    load.arg("--folder").arg(workspace::root().join("target/bench"));
    for (given, flag) in [(options.quick, "--quick"), (options.priority, "--priority")] {
        if given {
            load.arg(flag);
        }
    }
    load.arg("--browser").arg(workspace::root().join("bench/browser"));
    let any = |whats: &[What]| whats.iter().any(|what| loads.contains(what));
    if any(&[What::PostPostgres, What::Peaks, What::SearchPostgres, What::CallPage, What::BookingPage]) {
        packages::ensure()?;
    }
    let needs_postgres = any(&[What::PostPostgres, What::SearchPostgres]);
    let cluster = if needs_postgres { Some(Cluster::start_durable()?) } else { None };
    if let Some(cluster) = &cluster {
        load.arg("--postgres").arg(cluster.url());
    }
    workspace::run(&mut load)
}

/// Transcribes the test call with the release of the worker. See `bench/speech`.
fn transcription() -> Result<()> {
    let mut command = Command::new(build::optimised("bench-speech", "bench-speech")?);
    command.arg("--worker").arg(build::optimised("speech", "rapport-speech")?);
    command.arg("--models").arg(speech::models()?);
    workspace::run(command.arg("--audio").arg(workspace::root().join("tests/audio")))
}

/// Asks the release of the slot engine what a plain one is asked. See `bench/slots`.
fn slots(quick: bool) -> Result<()> {
    let mut command = Command::new(build::optimised("slots-bench", "slots-bench")?);
    workspace::run(command.args(quick.then_some("--quick")))
}
