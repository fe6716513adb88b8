//! Asks the slot engine and a plain one the same questions, in turns. It never fails because something was slow, only when
//! the answers differ.
//!
//! `cargo xtask bench slots` builds and starts this.
#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

use std::{
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use clap::Parser;
use slots_bench::{
    reference::Question,
    scenarios::{self, NOW, Scenario},
};
use types::Timestamp;

/// How many rounds each engine has in each question, in turns.
const ROUNDS: usize = 9;

/// Our share of the plain engine's speed that is to be reached.
const TARGET: f64 = 0.5;

#[derive(Parser)]
struct Options {
    /// Fewer and shorter rounds
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let (rounds, length) = if options.quick { (5, 40) } else { (ROUNDS, 200) };
    println!(
        "| question | hosts | slots | Rapport | plain | speed of the plain one | |\n|---|---|---|---|---|---|---|"
    );
    for scenario in scenarios::all()? {
        measure(&scenario, rounds, Duration::from_millis(length))?;
    }
    println!(
        "\n{rounds} rounds of each in turns, medians; load {}",
        fs::read_to_string("/proc/loadavg")?.trim()
    );
    Ok(())
}

fn measure(scenario: &Scenario, rounds: usize, length: Duration) -> Result<()> {
    let (hosts, question) = (scenario.hosts(), Question::of(scenario)?);
    let now = NOW.0 / Timestamp::SECOND;
    let ours = || slots::slots(&scenario.rules, &hosts, scenario.rules.bookable, NOW);
    let starts: Vec<i64> = ours().iter().map(|slot| slot.starts_at.0).collect();
    let plain: Vec<i64> = question.starts(now)?.iter().map(|at| at * Timestamp::SECOND).collect();
    ensure!(
        starts == plain,
        "{}: {} slots, the plain engine has {}",
        scenario.name,
        starts.len(),
        plain.len()
    );
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        own.push(microseconds(length, || drop(black_box(ours()))));
        others.push(microseconds(length, || drop(black_box(question.starts(now)))));
    }
    let (own, other) = (median(&mut own), median(&mut others));
    let share = other / own;
    let reached = if share >= TARGET { "reached" } else { "missed" };
    let (name, count, slots) = (scenario.name, hosts.len(), starts.len());
    println!(
        "| {name} | {count} | {slots} | {own:.1} µs | {other:.1} µs | {share:.2}, at least {TARGET} | {reached} |"
    );
    Ok(())
}

/// How long one call takes, over calls for at least `length`.
fn microseconds(length: Duration, call: impl Fn()) -> f64 {
    let (mut calls, began) = (0_u32, Instant::now());
    while began.elapsed() < length {
        (0..16).for_each(|_| call());
        calls += 16;
    }
    began.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
