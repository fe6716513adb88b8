//! Token buckets: how often somebody may do something.
//!
//! They live in the memory of a node; several nodes together allow as many times as much.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use platform::{Error, Result};
use types::Timestamp;

/// Buckets of one generation. Memory holds two generations at the most.
const GENERATION: usize = 50_000;

/// How much of something is allowed in a span of time. It may be used at once, and comes back evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How much.
    pub amount: u64,
    /// In how many seconds.
    pub seconds: u64,
}

impl Quota {
    /// So much in a minute.
    pub fn per_minute(amount: impl Into<u64>) -> Self {
        Self { amount: amount.into(), seconds: 60 }
    }

    /// So much in an hour.
    pub fn per_hour(amount: impl Into<u64>) -> Self {
        Self { amount: amount.into(), seconds: 60 * 60 }
    }
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

/// Counts what is used, by keys of the caller's choosing.
#[derive(Default)]
pub struct RateLimiter(Mutex<Generations>);

/// When the new generation is full it becomes the old one: keys that go on being used move along, the others go.
#[derive(Default)]
struct Generations {
    new: HashMap<String, Bucket>,
    old: HashMap<String, Bucket>,
}

impl RateLimiter {
    /// Uses some of a quota.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when less than `amount` is left; then nothing is used.
    pub fn take(&self, key: &str, amount: u64, quota: Quota, now: Timestamp) -> Result<()> {
        self.visit(key, amount, quota, now, true)
    }

    /// Looks whether any of a quota is left, without using it.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when nothing is left.
    pub fn check(&self, key: &str, quota: Quota, now: Timestamp) -> Result<()> {
        self.visit(key, 1, quota, now, false)
    }

    /// Gives back what was taken before it was known whether it counts, for example by a sign-in that did not fail.
    pub fn give_back(&self, key: &str, amount: u64) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Generations { new, old } = &mut *generations;
        if let Some(bucket) = new.get_mut(key).or_else(|| old.get_mut(key)) {
            // The next use cuts it to what the quota allows.
            bucket.left += amount as f64;
        }
    }

    /// Forgets what was used, for example the failed sign-ins after one that did not fail.
    pub fn reset(&self, key: &str) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.new.remove(key);
        generations.old.remove(key);
    }

    fn visit(&self, key: &str, amount: u64, quota: Quota, now: Timestamp, keep: bool) -> Result<()> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = quota.amount as f64;
        let per_microsecond = full / (quota.seconds.max(1) * 1_000_000) as f64;
        let known = generations.new.get(key).or_else(|| generations.old.get(key)).copied();
        let mut bucket = known.unwrap_or(Bucket { left: full, at: now });
        let passed = now.0.saturating_sub(bucket.at.0).max(0) as f64;
        bucket.left = (bucket.left + passed * per_microsecond).min(full);
        bucket.at = now;
        let missing = amount as f64 - bucket.left;
        if missing > 0.0 {
            let seconds = missing / (per_microsecond * 1e6);
            let retry_after_seconds =
                if seconds.is_finite() { (seconds.ceil() as u64).max(1) } else { quota.seconds };
            return Err(Error::RateLimited { retry_after_seconds });
        }
        if keep {
            bucket.left -= amount as f64;
            generations.insert(key, bucket);
        }
        Ok(())
    }
}

impl Generations {
    fn insert(&mut self, key: &str, bucket: Bucket) {
        if let Some(known) = self.new.get_mut(key) {
            *known = bucket;
            return;
        }
        if self.new.len() >= GENERATION {
            self.old = std::mem::take(&mut self.new);
        }
        self.old.remove(key);
        self.new.insert(key.to_owned(), bucket);
    }
}

/// Whom an address stands for in a limit: a host of IPv4, a network of 64 bits of IPv6, which one customer gets whole.
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("{:x}", v6.to_bits() >> 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTA: Quota = Quota { amount: 2, seconds: 60 };

    #[test]
    fn a_quota_is_used_up_and_comes_back() {
        let limiter = RateLimiter::default();
        let start = Timestamp(0);
        limiter.take("a", 1, QUOTA, start).unwrap();
        limiter.take("a", 1, QUOTA, start).unwrap();
        assert!(matches!(
            limiter.take("a", 1, QUOTA, start),
            Err(Error::RateLimited { retry_after_seconds: 30 })
        ));
        assert!(limiter.check("a", QUOTA, start).is_err());
        limiter.take("b", 2, QUOTA, start).unwrap();
        limiter.take("a", 1, QUOTA, start.plus_seconds(31)).unwrap();
        limiter.give_back("a", 1);
        limiter.take("a", 1, QUOTA, start.plus_seconds(31)).unwrap();
        limiter.reset("a");
        limiter.take("a", 2, QUOTA, start.plus_seconds(31)).unwrap();
    }

    #[test]
    fn memory_is_bounded_and_a_key_in_use_is_kept() {
        let limiter = RateLimiter::default();
        let now = Timestamp(0);
        limiter.take("busy", 2, QUOTA, now).unwrap();
        for number in 0..GENERATION + 10 {
            limiter.take(&number.to_string(), 1, QUOTA, now).unwrap();
        }
        assert!(limiter.check("busy", QUOTA, now).is_err());
        let generations = limiter.0.lock().unwrap();
        assert!(generations.new.len() + generations.old.len() <= 2 * GENERATION);
    }

    #[test]
    fn an_ipv6_customer_is_one() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8::1"), key("2001:db8::ffff:2"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:1::1"));
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
