//! Where a clip begins and ends.

/// No clip is shorter, in milliseconds.
const SHORTEST_MS: i64 = 1_000;

/// The beginning and the end of a clip, in milliseconds. They stay inside the recording, in order and a second apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Where it begins.
    pub from_ms: i64,
    /// Where it ends.
    pub until_ms: i64,
    /// How long the recording is.
    duration_ms: i64,
}

impl Bounds {
    /// The whole of a recording of this length.
    pub fn whole(duration_ms: i64) -> Self {
        Self { from_ms: 0, until_ms: duration_ms, duration_ms }
    }

    /// From one moment to another, as nearly as the recording allows.
    pub fn new(from_ms: i64, until_ms: i64, duration_ms: i64) -> Self {
        Self::whole(duration_ms).with_from(from_ms).with_until(until_ms)
    }

    /// Begins elsewhere; an end that would come too soon moves along.
    pub fn with_from(self, from_ms: i64) -> Self {
        let from_ms = from_ms.clamp(0, (self.duration_ms - SHORTEST_MS).max(0));
        let until_ms = self.until_ms.max(from_ms + SHORTEST_MS).min(self.duration_ms);
        Self { from_ms, until_ms, ..self }
    }

    /// Ends elsewhere; a beginning that would come too late moves along.
    pub fn with_until(self, until_ms: i64) -> Self {
        let until_ms = until_ms.clamp(SHORTEST_MS.min(self.duration_ms), self.duration_ms);
        let from_ms = self.from_ms.min(until_ms - SHORTEST_MS).max(0);
        Self { from_ms, until_ms, ..self }
    }

    /// Whether it is the whole recording.
    pub fn is_whole(self) -> bool {
        self.from_ms == 0 && self.until_ms == self.duration_ms
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    #[test]
    fn bounds_stay_in_order_and_inside() {
        let bounds = Bounds::new(5_000, 9_000, 60_000);
        assert_eq!((bounds.from_ms, bounds.until_ms), (5_000, 9_000));
        let later = bounds.with_from(20_000);
        assert_eq!((later.from_ms, later.until_ms), (20_000, 21_000));
        let earlier = bounds.with_until(2_000);
        assert_eq!((earlier.from_ms, earlier.until_ms), (1_000, 2_000));
        let outside = Bounds::new(-5, 90_000, 60_000);
        assert_eq!((outside.from_ms, outside.until_ms), (0, 60_000));
        assert!(outside.is_whole() && !bounds.is_whole());
    }

    #[test]
    fn a_recording_shorter_than_a_clip_is_whole() {
        assert_eq!(Bounds::new(200, 300, 400), Bounds::whole(400));
    }
}
