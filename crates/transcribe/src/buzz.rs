//! A sound for tests that the detector takes for a voice.

use std::f32::consts::TAU;

use crate::SAMPLE_RATE;

/// So many samples with a pitch in hertz: its harmonics, swelling as syllables do.
pub(crate) fn buzz(samples: usize, pitch: f32, level: f32) -> Vec<f32> {
    let sample = |at: usize| {
        let time = at as f32 / SAMPLE_RATE as f32 * TAU;
        let tone: f32 = (1..15).map(|n| (time * pitch * n as f32).sin() / n as f32).sum();
        level * tone * (0.6 + 0.4 * (time * 4.0).sin())
    };
    (0..samples).map(sample).collect()
}
