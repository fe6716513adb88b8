//! The slot engine: by examples, beside a model that walks minute by minute, over every change of the clock, and with
//! nonsense.
#![allow(clippy::unwrap_used, reason = "integration tests are not in a test module")]

mod changes;
mod equality;
mod examples;
mod hostile;
mod model;
mod random;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use slots::{LocalWindow, Schedule, Span};
use types::Timestamp;

/// Whether the long versions of tests are wanted.
fn full() -> bool {
    std::env::var_os("RAPPORT_TEST_FULL").is_some()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn span(from: &str, until: &str) -> Span {
    Span { from: at(from), until: at(until) }
}

fn window(from: u16, until: u16) -> LocalWindow {
    LocalWindow { from_minute: from, until_minute: until }
}

/// The same windows every day.
fn daily(zone: &str, windows: &[LocalWindow]) -> Schedule {
    Schedule {
        zone: TimeZone::get(zone).unwrap(),
        weekly: std::array::from_fn(|_| windows.to_vec()),
        overrides: BTreeMap::new(),
    }
}
