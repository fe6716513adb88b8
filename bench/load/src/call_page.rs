//! The page of a call in a browser: how long it takes to open, and how much memory its tab holds.

use anyhow::{Context, Result};
use serde::Deserialize;
use types::calls::Call;

use crate::browser;
use crate::company::{Company, EMAIL, PASSWORD};
use crate::figures::{Figure, load_average, median};
use crate::recordings::{self, ONE_HOUR, THREE_HOURS};
use crate::seed::megabytes;
use crate::servers::Bench;

/// How long opening may take, in milliseconds.
const MOST_MS: f64 = 300.0;
/// How much memory the tab may hold, in megabytes.
const MOST_MEGABYTES: f64 = 200.0;

/// What the browser tells of one round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Milliseconds from the click on the call of an hour until its waveform and its transcript are drawn, in a browser
    /// that sees a call for the first time.
    first_ms: f64,
    /// The same with what the browser has by then.
    again_ms: f64,
    /// The same for the call of three hours.
    long_ms: f64,
    /// The memory that the tab holds for itself after the call of three hours was played, searched and looked at closely.
    tab_bytes: u64,
}

/// Opens the calls in Chromium, from the list of calls.
///
/// # Errors
/// When the server or the browser fails, or Node.js or Chromium is missing.
pub async fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    println!("the page of a call of an hour, and of three, in Chromium");
    let data = recordings::ensure(bench).await?;
    let rapport = bench.rapport(&data).await?;
    let company = Company::sign_in(rapport.address()).await?;
    let (hour, long) = (first(&company, ONE_HOUR).await?, first(&company, THREE_HOURS).await?);
    let mut told = Vec::new();
    for number in 0..=bench.rounds {
        let base = format!("http://{}", rapport.address());
        let calls = [&hour, &long].map(|call| call.id.to_string());
        let arguments = [base.as_str(), EMAIL, PASSWORD, &calls[0], &calls[1]];
        let round: Told = browser::run(bench, "call-page.mjs", arguments)?;
        println!(
            "  {number} {:.0} ms, again {:.0} ms, three hours {:.0} ms; tab {:.0} MB   load {:.1}",
            round.first_ms,
            round.again_ms,
            round.long_ms,
            megabytes(round.tab_bytes),
            load_average()?
        );
        // The first only warms up.
        if number > 0 {
            told.push(round);
        }
    }
    rapport.stop().await?;
    Ok(figures(&told))
}

fn figures(told: &[Told]) -> Vec<Figure> {
    let of = |value: &dyn Fn(&Told) -> f64| median(told.iter().map(value));
    let (first, long) = (of(&|round| round.first_ms), of(&|round| round.long_ms));
    let tab = of(&|round| megabytes(round.tab_bytes));
    vec![
        Figure {
            what: "page of a 60-minute call, from the click to waveform and transcript",
            target: "at most 300 ms; a call of three hours too",
            ours: format!(
                "{first:.0} ms, again {:.0} ms; three hours {long:.0} ms",
                of(&|round| round.again_ms)
            ),
            floor: String::new(),
            reached: Some(first <= MOST_MS && long <= MOST_MS),
        },
        Figure {
            what: "memory of a tab with a call of three hours",
            target: "below 200 MB",
            ours: format!("{tab:.0} MB"),
            floor: String::new(),
            reached: Some(tab < MOST_MEGABYTES),
        },
    ]
}

/// The first of the calls that are titled so.
async fn first(company: &Company, title: &str) -> Result<Call> {
    recordings::titled(company, title).await?.into_iter().next().context("no call")
}
