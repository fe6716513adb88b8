//! Counts attempts to guess a password or a code, by account and by address.

use std::sync::Arc;

use platform::Result;
use web::{Call, Quota, RateLimiter};

/// The time that failed attempts are counted in.
const SECONDS: u64 = 15 * 60;

/// An attempt that counts as failed until it is given back. It is taken before the check, so that many at the same time
/// are counted too.
pub struct Attempt {
    limiter: Arc<RateLimiter>,
    keys: [String; 2],
}

impl Attempt {
    /// Counts an attempt at an account, or at something else with a password, from the address of the call.
    ///
    /// # Errors
    /// [`Error::RateLimited`](platform::Error::RateLimited) when too many failed.
    pub fn take<Who>(call: &Call<Who>, account: &str) -> Result<Self> {
        let limiter = call.ctx().extension::<RateLimiter>()?;
        let quota = Quota { amount: call.ctx().config().limits.failed_sign_ins.into(), seconds: SECONDS };
        let keys = [
            format!("failed sign-in {account}"),
            format!("failed sign-in from {}", web::address_key(call.address())),
        ];
        let [account, address] = &keys;
        limiter.take(address, 1, quota, call.now())?;
        if let Err(limited) = limiter.take(account, 1, quota, call.now()) {
            limiter.give_back(address, 1);
            return Err(limited);
        }
        Ok(Self { limiter, keys })
    }

    /// The attempt did not fail.
    pub fn give_back(self) {
        for key in &self.keys {
            self.limiter.give_back(key, 1);
        }
    }
}
