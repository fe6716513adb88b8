//! The one source of time, which tests can set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use types::Timestamp;

/// Not a time anybody sets: the clock shows the system's time.
const UNSET: i64 = i64::MIN;

/// Tells the time: the system's, or the one a test set. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicI64>);

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(UNSET)))
    }
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Timestamp {
        match self.0.load(Ordering::Acquire) {
            UNSET => system_time(),
            set => Timestamp(set),
        }
    }

    /// Stops the clock at an instant, for tests.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::Release);
    }

    /// Moves the clock forward by seconds and stops it there, for tests.
    pub fn advance(&self, seconds: i64) {
        self.set(self.now().plus_seconds(seconds));
    }

    /// Shows the system's time again.
    pub fn reset(&self) {
        self.0.store(UNSET, Ordering::Release);
    }
}

/// The system's time, for what a test's clock must not change: ids, and leases that other processes compare.
#[allow(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
pub(crate) fn system_time() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
}
