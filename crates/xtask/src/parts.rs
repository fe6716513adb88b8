//! A long command is a row of parts; each says how long it took, and the end says what was skipped and why.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The parts that ran so far.
#[derive(Default)]
pub struct Parts {
    done: Vec<(String, Duration)>,
    skipped: Vec<String>,
}

impl Parts {
    /// Runs one part.
    pub fn part<T>(&mut self, name: &str, body: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("── {name}");
        let started = Instant::now();
        let value = body().with_context(|| format!("{name} failed"))?;
        self.done.push((name.to_owned(), started.elapsed()));
        Ok(value)
    }

    /// Notes something that was left out, and why.
    pub fn skip(&mut self, what: impl Into<String>) {
        self.skipped.push(what.into());
    }

    /// Prints how long each part took and what was left out.
    pub fn report(&self) {
        println!("── seconds per part");
        for (name, took) in &self.done {
            println!("{:>7.1}  {name}", took.as_secs_f32());
        }
        let total: Duration = self.done.iter().map(|(_, took)| *took).sum();
        println!("{:>7.1}  in all", total.as_secs_f32());
        if self.skipped.is_empty() {
            println!("skipped: nothing");
        }
        for what in &self.skipped {
            println!("skipped: {what}");
        }
    }
}
