//! Rounds of a load on Rapport and on the floor in turn, so that whatever else the machine does falls on both.

use std::time::Duration;

use anyhow::Result;

use crate::company::CONNECTIONS;
use crate::figures::{Sample, load_average, median};
use crate::http::{Maker, closed_loop};
use crate::process::Process;
use crate::servers::Bench;

/// How long each is loaded before the first round.
const WARM_UP: Duration = Duration::from_millis(700);

/// A server, and the requests for it.
pub struct Target<'a> {
    pub process: &'a Process,
    pub make: Maker,
}

/// What the rounds gave.
pub struct Rounds {
    pub ours: Vec<Sample>,
    pub floor: Vec<Sample>,
}

impl Rounds {
    /// The medians of both, as text.
    pub fn texts(&self) -> [String; 2] {
        [&self.ours, &self.floor].map(|samples| {
            let of = |value: fn(&Sample) -> f64| median(samples.iter().map(value));
            format!(
                "{:.0}/s, p50 {:.1} ms, p99 {:.1} ms, CPU {:.0} µs",
                of(Sample::rate),
                of(|sample| sample.quantile(0.5)),
                of(|sample| sample.quantile(0.99)),
                of(Sample::cpu_per_request),
            )
        })
    }

    /// The median rate of Rapport as a share of the floor's.
    pub fn share(&self) -> f64 {
        median(self.ours.iter().map(Sample::rate)) / median(self.floor.iter().map(Sample::rate))
    }

    /// How many requests of either were no success.
    pub fn refused(&self) -> u64 {
        self.ours.iter().chain(&self.floor).map(|sample| sample.refused).sum()
    }
}

/// Loads both in turn, and prints each round.
///
/// # Errors
/// When a connection breaks.
pub async fn alternate(bench: &Bench, ours: &Target<'_>, floor: &Target<'_>) -> Result<Rounds> {
    for target in [ours, floor] {
        round(target, WARM_UP).await?;
    }
    let mut rounds = Rounds { ours: Vec::new(), floor: Vec::new() };
    for number in 1..=bench.rounds {
        for (name, target) in [("Rapport", ours), ("floor", floor)] {
            let sample = round(target, bench.round_length).await?;
            println!(
                "  {number} {name:<8}{:>7.0}/s  p50 {:>6.2} ms  p99 {:>7.2} ms  CPU {:>5.0} µs  n {:>6}  load {:.1}",
                sample.rate(),
                sample.quantile(0.5),
                sample.quantile(0.99),
                sample.cpu_per_request(),
                sample.count(),
                load_average()?,
            );
            if name == "floor" { &mut rounds.floor } else { &mut rounds.ours }.push(sample);
        }
    }
    Ok(rounds)
}

async fn round(target: &Target<'_>, length: Duration) -> Result<Sample> {
    let before = target.process.cpu_seconds()?;
    let mut sample = closed_loop(target.process.address(), CONNECTIONS, length, &target.make).await?;
    sample.cpu_seconds = target.process.cpu_seconds()? - before;
    Ok(sample)
}
