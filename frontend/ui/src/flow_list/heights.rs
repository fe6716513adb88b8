//! Where rows of different heights stand. What was not measured yet is estimated.

use std::ops::Range;

/// Rows kept above and below those in sight, so that scrolling shows no gap.
const OVERSCAN: usize = 6;

/// The heights of all rows in CSS pixels, from the first to the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heights {
    heights: Vec<f64>,
    /// Where each row begins, and at last where the list ends.
    tops: Vec<f64>,
}

impl Heights {
    pub(super) fn new(heights: Vec<f64>) -> Self {
        let mut all = Self { tops: vec![0.0; heights.len() + 1], heights };
        all.sum_from(0);
        all
    }

    fn sum_from(&mut self, first: usize) {
        let mut top = self.top(first);
        for (height, place) in self.heights.iter().zip(self.tops.iter_mut().skip(1)).skip(first) {
            top += height;
            *place = top;
        }
    }

    /// Takes the measured heights of rows; how much those above `scroll_top` have grown by it.
    pub(super) fn measure(&mut self, measured: &[(usize, f64)], scroll_top: f64) -> f64 {
        let (mut grown_above, mut first) = (0.0, self.heights.len());
        for (index, height) in measured {
            let top = self.top(*index);
            let Some(known) = self.heights.get_mut(*index) else { continue };
            let grown = height - *known;
            // What is less than half a pixel is rounding.
            if grown.abs() < 0.5 {
                continue;
            }
            if top < scroll_top {
                grown_above += grown;
            }
            *known = *height;
            first = first.min(*index);
        }
        self.sum_from(first);
        grown_above
    }

    /// Where a row begins.
    pub(super) fn top(&self, index: usize) -> f64 {
        self.tops.get(index).or(self.tops.last()).copied().unwrap_or_default()
    }

    /// How high a row is.
    pub(super) fn height(&self, index: usize) -> f64 {
        self.heights.get(index).copied().unwrap_or_default()
    }

    /// How high the list is.
    pub(super) fn total(&self) -> f64 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// The rows to draw: those in sight and a few around them.
    pub(super) fn in_sight(&self, scroll_top: f64, height: f64) -> Range<usize> {
        let first = self.tops.partition_point(|top| *top <= scroll_top).saturating_sub(1);
        let last = self.tops.partition_point(|top| *top < scroll_top + height);
        first.saturating_sub(OVERSCAN)..(last + OVERSCAN).min(self.heights.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;

    #[test]
    fn a_long_list_draws_about_what_is_in_sight() {
        let heights = Heights::new(vec![40.0; 5_000]);
        assert_eq!(heights.total(), 200_000.0);
        assert_eq!(heights.in_sight(0.0, 600.0), 0..21);
        assert_eq!(heights.in_sight(4_000.0, 600.0), 94..121);
        assert_eq!(heights.in_sight(199_400.0, 600.0), 4_979..5_000);
        assert_eq!(Heights::default().in_sight(0.0, 600.0), 0..0);
    }

    #[test]
    fn measured_rows_move_what_follows_and_tell_what_to_scroll_by() {
        let mut heights = Heights::new(vec![40.0; 10]);
        assert_eq!(heights.measure(&[(0, 60.0), (3, 100.0)], 80.0), 20.0);
        assert_eq!((heights.top(1), heights.top(4), heights.total()), (60.0, 240.0, 480.0));
        assert_eq!(heights.height(3), 100.0);
        assert_eq!(heights.measure(&[(0, 60.2), (99, 5.0)], 80.0), 0.0);
        assert_eq!(heights.total(), 480.0);
    }
}
