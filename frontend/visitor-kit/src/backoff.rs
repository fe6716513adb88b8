//! How long to wait before the next attempt.

/// The first wait, in milliseconds.
const FIRST: u32 = 500;
/// The longest wait, in milliseconds.
const LONGEST: u32 = 30_000;

/// Waits that double from half a second to 30 seconds.
///
/// Each is moved at random by up to a half, so that visitors who lost the same server do not come back all at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Notes a failure and answers the milliseconds to wait. `random` lies between 0 and 1.
    pub fn next(&mut self, random: f64) -> u32 {
        let full = FIRST.saturating_mul(1 << self.failures.min(8)).min(LONGEST);
        self.failures += 1;
        full / 2 + (f64::from(full / 2) * random.clamp(0.0, 1.0)) as u32
    }

    /// Notes a success: the next wait is short again.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// How many attempts have failed in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<u32> = (0..9).map(|_| backoff.next(1.0)).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
        backoff.reset();
        assert_eq!(backoff.next(1.0), 500);
    }

    #[test]
    fn chance_takes_away_at_most_a_half() {
        assert_eq!(Backoff::default().next(0.0), 250);
        assert_eq!(Backoff { failures: 60 }.next(0.5), 22_500);
    }
}
