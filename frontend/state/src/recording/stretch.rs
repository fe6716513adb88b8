//! The part of a recording that the waveform shows.

/// No closer than this, in milliseconds.
const SHORTEST_MS: f64 = 2_000.0;
/// The distances that marks of the ruler may have, in seconds.
const STEPS: [i64; 14] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/// From one moment to another, in milliseconds, inside a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The moment at the left.
    pub from_ms: f64,
    /// The moment at the right.
    pub until_ms: f64,
    duration_ms: f64,
}

impl Stretch {
    /// The whole of a recording of this length.
    pub fn whole(duration_ms: i64) -> Self {
        let duration_ms = duration_ms.max(1) as f64;
        Self { from_ms: 0.0, until_ms: duration_ms, duration_ms }
    }

    /// How long it is, in milliseconds.
    pub fn length_ms(self) -> f64 {
        self.until_ms - self.from_ms
    }

    /// Whether it is the whole recording.
    pub fn is_whole(self) -> bool {
        self.length_ms() >= self.duration_ms
    }

    /// `factor` times as long, with this moment staying where it is on the screen.
    pub fn zoomed(self, factor: f64, around_ms: f64) -> Self {
        let around_ms = around_ms.clamp(self.from_ms, self.until_ms);
        let shortest = SHORTEST_MS.min(self.duration_ms);
        let length = (self.length_ms() * factor).clamp(shortest, self.duration_ms);
        self.at(around_ms - self.fraction_of(around_ms) * length, length)
    }

    /// As long, but begun at another moment.
    pub fn moved_to(self, from_ms: f64) -> Self {
        self.at(from_ms, self.length_ms())
    }

    /// As it is, or else moved so that it shows this moment near its beginning.
    pub fn showing(self, ms: f64) -> Self {
        let is_shown = (self.from_ms..=self.until_ms).contains(&ms);
        if is_shown { self } else { self.moved_to(ms - self.length_ms() * 0.1) }
    }

    fn at(self, from_ms: f64, length: f64) -> Self {
        let from_ms = from_ms.min(self.duration_ms - length).max(0.0);
        Self { from_ms, until_ms: from_ms + length, ..self }
    }

    /// Where a moment is: 0 at the left, 1 at the right, beyond either when it is not shown.
    pub fn fraction_of(self, ms: f64) -> f64 {
        (ms - self.from_ms) / self.length_ms()
    }

    /// The moment at a place: 0 is the left, 1 the right. Always inside the recording.
    pub fn moment_at(self, fraction: f64) -> f64 {
        (self.from_ms + fraction * self.length_ms()).clamp(0.0, self.duration_ms)
    }

    /// The moments that a ruler marks, in milliseconds: round ones, with at most so many steps between them.
    pub fn marks(self, most: usize) -> Vec<i64> {
        let length = self.length_ms() / 1000.0;
        let fits = |step: &&i64| length / **step as f64 <= most as f64;
        let step = STEPS.iter().find(fits).copied().unwrap_or(14_400) * 1000;
        let first = (self.from_ms / step as f64).ceil() as i64;
        let last = (self.until_ms / step as f64).floor() as i64;
        (first..=last).map(|number| number * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    #[test]
    fn zooming_keeps_the_moment_in_its_place() {
        let whole = Stretch::whole(100_000);
        assert!(whole.is_whole());
        let closer = whole.zoomed(0.5, 40_000.0);
        assert_eq!((closer.from_ms, closer.until_ms), (20_000.0, 70_000.0));
        assert_eq!(closer.fraction_of(40_000.0), whole.fraction_of(40_000.0));
        assert_eq!(closer.zoomed(2.0, 40_000.0), whole);
        assert_eq!(closer.zoomed(0.000_1, 40_000.0).length_ms(), 2_000.0, "no closer than two seconds");
    }

    #[test]
    fn it_stays_inside_the_recording() {
        let closer = Stretch::whole(100_000).zoomed(0.1, 0.0);
        assert_eq!(closer.moved_to(99_000.0).until_ms, 100_000.0);
        assert_eq!(closer.moved_to(-5.0).from_ms, 0.0);
        assert_eq!(closer.showing(5_000.0), closer);
        assert_eq!(closer.showing(50_000.0).from_ms, 49_000.0);
        assert_eq!(closer.moment_at(-1.0), 0.0);
        assert_eq!(closer.moment_at(0.5), 5_000.0);
    }

    #[test]
    fn the_ruler_marks_round_moments() {
        assert_eq!(Stretch::whole(100_000).marks(6), [0, 20_000, 40_000, 60_000, 80_000, 100_000]);
        assert_eq!(Stretch::whole(10_800_000).marks(6).len(), 7);
        assert_eq!(Stretch::whole(0).marks(6), [0]);
    }
}
