//! What is made of measurements: quantiles, medians over rounds, and the table that is printed.

use std::time::Duration;

use anyhow::{Context, Result};

/// One round of a load.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// How long each request took, in milliseconds, rising.
    latencies: Vec<f64>,
    seconds: f64,
    /// How many replies were no successes.
    pub refused: u64,
    /// Processor time that the server used, in seconds.
    pub cpu_seconds: f64,
}

impl Sample {
    /// What a round gave.
    pub fn new(latencies: Vec<Duration>, length: Duration, refused: u64) -> Self {
        let mut latencies: Vec<f64> = latencies.iter().map(|one| one.as_secs_f64() * 1e3).collect();
        latencies.sort_unstable_by(f64::total_cmp);
        Self { latencies, seconds: length.as_secs_f64(), refused, cpu_seconds: 0.0 }
    }

    /// How many requests were answered.
    pub fn count(&self) -> usize {
        self.latencies.len()
    }

    /// Requests in a second.
    pub fn rate(&self) -> f64 {
        self.count() as f64 / self.seconds
    }

    /// The latency in milliseconds that a share of the requests, such as 0.99, did not exceed.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = (share * self.count() as f64) as usize;
        self.latencies.get(at.min(self.count().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }

    /// Microseconds of processor time that the server used for a request.
    pub fn cpu_per_request(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.count().max(1) as f64
    }
}

/// The median of what rounds gave.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

/// The load average of the last minute: how many programs wanted a processor.
///
/// # Errors
/// When the system does not tell.
pub fn load_average() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    Ok(text.split(' ').next().context("/proc/loadavg is empty")?.parse()?)
}

/// Prints what a round gave over HTTP, beside the bare query.
///
/// # Errors
/// When the system does not tell its load.
pub fn print_beside_query(number: usize, name: &str, http: &Sample, query: &Sample) -> Result<()> {
    println!(
        "  {number} {name:<12}HTTP p50 {:>6.2} p99 {:>7.2} ms, CPU {:>5.0} µs   query p50 {:>6.2} p99 {:>7.2} ms   load {:.1}",
        http.quantile(0.5),
        http.quantile(0.99),
        http.cpu_per_request(),
        query.quantile(0.5),
        query.quantile(0.99),
        load_average()?
    );
    Ok(())
}

/// What was measured, beside what it is measured against.
#[derive(Clone, Debug)]
pub struct Figure {
    pub what: &'static str,
    pub target: &'static str,
    pub ours: String,
    pub floor: String,
    /// Whether the target was reached; nothing when there is none.
    pub reached: Option<bool>,
}

/// The table of all figures.
pub fn table(figures: &[Figure]) -> String {
    let mut text = "| what | target | Rapport | floor | |\n|---|---|---|---|---|\n".to_owned();
    for figure in figures {
        let verdict = match figure.reached {
            Some(true) => "reached",
            Some(false) => "missed",
            None => "",
        };
        let Figure { what, target, ours, floor, .. } = figure;
        text.push_str(&format!("| {what} | {target} | {ours} | {floor} | {verdict} |\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_rates_come_from_the_round() {
        let latencies = (1..=100).rev().map(Duration::from_millis).collect();
        let mut sample = Sample::new(latencies, Duration::from_secs(2), 0);
        sample.cpu_seconds = 0.01;
        assert_eq!((sample.count(), sample.rate()), (100, 50.0));
        assert_eq!((sample.quantile(0.5), sample.quantile(0.99), sample.quantile(1.0)), (51.0, 100.0, 100.0));
        assert_eq!(sample.cpu_per_request(), 100.0);
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median([]).is_nan());
    }
}
