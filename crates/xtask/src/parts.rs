//! A long command is a row of parts; each says how long it took, and the end says what was skipped and why.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};

/// The parts that ran so far.
pub struct Parts {
    began: Instant,
    done: Vec<(String, Duration)>,
    skipped: Vec<String>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { began: Instant::now(), done: Vec::new(), skipped: Vec::new() }
    }
}

impl Parts {
    /// Runs one part.
    pub fn part<T>(&mut self, name: &str, body: impl FnOnce() -> Result<T>) -> Result<T> {
        let (value, took) = timed(name, body)?;
        self.done.push((name.to_owned(), took));
        Ok(value)
    }

    /// Runs two parts beside each other: where one cannot use every processor, the other does.
    pub fn beside<A: Send, B>(
        &mut self,
        (name, body): (&str, impl FnOnce() -> Result<A> + Send),
        (other_name, other_body): (&str, impl FnOnce() -> Result<B>),
    ) -> Result<(A, B)> {
        let (one, other) = thread::scope(|scope| {
            let one = scope.spawn(|| timed(name, body));
            let other = timed(other_name, other_body);
            (one.join(), other)
        });
        let (one, took) = one.map_err(|_| anyhow!("{name} panicked"))??;
        let (other, other_took) = other?;
        self.done.push((format!("{name}, beside the next"), took));
        self.done.push((other_name.to_owned(), other_took));
        Ok((one, other))
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
        println!("{:>7.1}  in all", self.began.elapsed().as_secs_f32());
        if self.skipped.is_empty() {
            println!("skipped: nothing");
        }
        for what in &self.skipped {
            println!("skipped: {what}");
        }
    }
}

/// Runs a part; answers what it gives, and how long it took.
fn timed<T>(name: &str, body: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    println!("── {name}");
    let started = Instant::now();
    let value = body().with_context(|| format!("{name} failed"))?;
    Ok((value, started.elapsed()))
}
