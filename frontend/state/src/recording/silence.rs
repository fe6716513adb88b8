//! Silence that can be skipped.

use std::ops::Range;

/// Shorter pauses belong to speaking, in milliseconds.
const SHORTEST_MS: i64 = 1_500;
/// This much of a silence is kept before the next word, in milliseconds.
const LEAD_MS: i64 = 250;

/// The pauses between stretches of sound, in order of time. The stretches are in order of their beginnings and may overlap.
pub fn silences(sound: impl IntoIterator<Item = Range<i64>>, duration_ms: i64) -> Vec<Range<i64>> {
    let mut silences = Vec::new();
    let mut heard_until = 0;
    for stretch in sound {
        if stretch.start - heard_until >= SHORTEST_MS {
            silences.push(heard_until..stretch.start);
        }
        heard_until = heard_until.max(stretch.end);
    }
    if duration_ms - heard_until >= SHORTEST_MS {
        silences.push(heard_until..duration_ms);
    }
    silences
}

/// Where to go on when a moment lies in silence; none when there is something to hear, or soon will be.
pub fn end_of_silence(silences: &[Range<i64>], ms: i64) -> Option<i64> {
    let index = silences.partition_point(|silence| silence.start <= ms).checked_sub(1)?;
    let end = silences.get(index)?.end - LEAD_MS;
    (ms < end - LEAD_MS).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_pauses_are_skipped() {
        let found = silences([2_000..5_000, 3_000..4_000, 6_000..7_000, 12_000..13_000], 20_000);
        assert_eq!(found, [0..2_000, 7_000..12_000, 13_000..20_000]);
        assert_eq!(end_of_silence(&found, 0), Some(1_750));
        assert_eq!(end_of_silence(&found, 3_000), None);
        assert_eq!(end_of_silence(&found, 5_500), None, "a short pause is none");
        assert_eq!(end_of_silence(&found, 8_000), Some(11_750));
        assert_eq!(end_of_silence(&found, 11_700), None, "the lead is heard");
    }
}
