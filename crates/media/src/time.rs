//! Times in words.

use std::time::Duration;

/// A length of time as `m:ss`, or `h:mm:ss` from an hour on.
pub(crate) fn clock(length: Duration) -> String {
    let seconds = length.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The same of milliseconds.
pub(crate) fn clock_ms(milliseconds: u64) -> String {
    clock(Duration::from_millis(milliseconds))
}

/// How many milliseconds a number of frames at a rate in Hz lasts, rounded to the nearest.
pub(crate) fn milliseconds(frames: u64, rate: u32) -> u64 {
    let rate = u128::from(rate.max(1));
    u64::try_from((u128::from(frames) * 1000 + rate / 2) / rate).unwrap_or(u64::MAX)
}
