//! Tracked terms: how often each was said over time.

use types::Timestamp;
use types::calls::TermCount;

const WEEK: i64 = 7 * 86_400 * Timestamp::SECOND;
/// The first Monday after the beginning of Unix time, 1970-01-05.
const FIRST_MONDAY: i64 = 4 * 86_400 * Timestamp::SECOND;

/// The counts of so many weeks, the one of `now` last. A week without any has none in `counts` and 0 here. Weeks begin on
/// Mondays at midnight UTC, as the API counts them.
pub fn weekly_counts(counts: &[TermCount], now: Timestamp, weeks: usize) -> Vec<i64> {
    let this_week = (now.0 - FIRST_MONDAY).div_euclid(WEEK);
    let mut sums = vec![0; weeks];
    for count in counts {
        let age = this_week - (count.from.0 - FIRST_MONDAY).div_euclid(WEEK);
        let place = usize::try_from(age).ok().and_then(|age| weeks.checked_sub(age + 1));
        if let Some(sum) = place.and_then(|place| sums.get_mut(place)) {
            *sum += count.count;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(day: &str, count: i64) -> TermCount {
        TermCount { from: at(day), calls: 1, count }
    }

    fn at(day: &str) -> Timestamp {
        #[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
        format!("{day}T00:00:00Z").parse().unwrap()
    }

    #[test]
    fn weeks_without_any_are_shown_too() {
        // 2026-03-02 is a Monday.
        let counts = [count("2026-02-16", 3), count("2026-03-02", 5)];
        let sunday = Timestamp(at("2026-03-09").0 - 1);
        assert_eq!(weekly_counts(&counts, sunday, 4), [0, 3, 0, 5]);
        assert_eq!(weekly_counts(&counts, at("2026-03-09"), 4), [3, 0, 5, 0]);
    }

    #[test]
    fn what_is_older_or_still_to_come_is_left_out() {
        let counts = [count("2025-01-06", 3), count("2026-03-09", 5)];
        assert_eq!(weekly_counts(&counts, at("2026-03-02"), 2), [0, 0]);
        assert_eq!(weekly_counts(&counts, at("2026-03-02"), 0), [] as [i64; 0]);
    }
}
