//! The times of a booking page over HTTP, at a constant rate.

use std::sync::Arc;

use anyhow::{Result, ensure};
use types::booking::PageSlots;

use crate::booking::{self, HOSTS};
use crate::company::Company;
use crate::figures::{Figure, Sample, load_average, median};
use crate::http::{Connection, Maker, constant_rate, get};
use crate::servers::Bench;

/// How many are asked in a second.
const PER_SECOND: u32 = 200;
/// How far is looked ahead, in days.
const DAYS: i64 = 30;
/// The latency that one request in a hundred may exceed, in milliseconds.
const MOST_MS: f64 = 20.0;

/// Asks for the times of 30 days that ten hosts share.
///
/// # Errors
/// When the server fails, or refuses a request.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("times of a booking page: {HOSTS} hosts, {DAYS} days, {PER_SECOND} requests a second");
    let data = booking::found(bench).await?;
    let rapport = bench.rapport(&data).await?;
    let link = booking::link(&Company::sign_in(rapport.address()).await?).await?;
    let from = booking::now()?;
    let until = from.plus_seconds(DAYS * 24 * 60 * 60);
    let path = format!("/v1/booking_pages/{}/slots?duration_minutes=30&from={from}&until={until}", link.slug);
    let request = get(&path, None);
    let page: PageSlots = Connection::open(rapport.address()).await?.call(&request).await?;
    println!("  {} times", page.items.len());
    ensure!(!page.items.is_empty(), "no time is offered: {:?}", page.state);
    let make: Maker = Arc::new(move || Ok(request.clone()));
    let mut samples = Vec::new();
    for number in 0..=bench.rounds {
        let before = rapport.cpu_seconds()?;
        let mut sample = constant_rate(rapport.address(), PER_SECOND, bench.round_length, &make).await?;
        sample.cpu_seconds = rapport.cpu_seconds()? - before;
        ensure!(sample.refused == 0, "{} requests were refused", sample.refused);
        println!("  {number} {}  load {:.1}", text(std::slice::from_ref(&sample)), load_average()?);
        // The first only warms up.
        if number > 0 {
            samples.push(sample);
        }
    }
    rapport.stop().await?;
    Ok(Figure {
        what: "times of a booking page, 10 hosts x 30 days, 200 requests a second",
        target: "p99 at most 20 ms",
        ours: text(&samples),
        floor: String::new(),
        reached: Some(median(samples.iter().map(|sample| sample.quantile(0.99))) <= MOST_MS),
    })
}

fn text(samples: &[Sample]) -> String {
    let of = |value: fn(&Sample) -> f64| median(samples.iter().map(value));
    format!(
        "{:.0}/s, p50 {:.1} ms, p99 {:.1} ms, CPU {:.0} µs",
        of(Sample::rate),
        of(|sample| sample.quantile(0.5)),
        of(|sample| sample.quantile(0.99)),
        of(Sample::cpu_per_request),
    )
}
