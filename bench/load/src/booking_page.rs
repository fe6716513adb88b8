//! The booking page in a browser on a slow connection: when something is seen, when a time can be chosen, and its size.

use anyhow::Result;
use serde::Deserialize;

use crate::booking;
use crate::browser;
use crate::company::Company;
use crate::figures::{Figure, load_average, median};
use crate::servers::Bench;

/// When something must be seen, in milliseconds.
const MOST_PAINT_MS: f64 = 800.0;
/// When a time can be chosen, in milliseconds.
const MOST_USABLE_MS: f64 = 2_000.0;
/// What may be sent in all, in bytes.
const MOST_BYTES: f64 = 90_000.0;

/// What the browser tells of one opening with nothing kept from before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Milliseconds until the first content was painted.
    paint_ms: f64,
    /// Milliseconds until a day with times could be chosen.
    usable_ms: f64,
    /// Bytes of all replies as they came over the wire, without their heads.
    bytes: f64,
}

/// Opens the page of a link of ten hosts.
///
/// # Errors
/// When the server or the browser fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("the booking page in Chromium: 1.6 Mbit/s, 150 ms, a quarter of a processor's speed");
    let data = booking::found(bench).await?;
    let rapport = bench.rapport(&data).await?;
    let link = booking::link(&Company::sign_in(rapport.address()).await?).await?;
    let url = format!("http://{}/meet/{}", rapport.address(), link.slug);
    let mut told: Vec<Told> = Vec::new();
    for number in 0..=bench.rounds {
        let round: Told = browser::run(bench, "booking-page.mjs", [&url])?;
        println!("  {number} {}  load {:.1}", text(std::slice::from_ref(&round)), load_average()?);
        // The first only warms up.
        if number > 0 {
            told.push(round);
        }
    }
    rapport.stop().await?;
    let of = |value: fn(&Told) -> f64| median(told.iter().map(value));
    Ok(Figure {
        what: "booking page, 1.6 Mbit/s, 150 ms, CPU/4",
        target: "first paint 0.8 s, usable 2 s, at most 90 KB",
        ours: text(&told),
        floor: String::new(),
        reached: Some(
            of(|round| round.paint_ms) <= MOST_PAINT_MS
                && of(|round| round.usable_ms) <= MOST_USABLE_MS
                && of(|round| round.bytes) <= MOST_BYTES,
        ),
    })
}

fn text(told: &[Told]) -> String {
    let of = |value: fn(&Told) -> f64| median(told.iter().map(value));
    format!(
        "first paint {:.0} ms, usable {:.0} ms, {:.1} KB",
        of(|round| round.paint_ms),
        of(|round| round.usable_ms),
        of(|round| round.bytes) / 1e3
    )
}
