//! How much energy speech has at each moment in each band of the mel scale.

use std::{f64::consts::TAU, sync::Arc};

use anyhow::Result;
use realfft::{RealFftPlanner, RealToComplex};
use speech_protocol::SAMPLE_RATE;

/// Samples of a window, 25 ms, and from one window to the next, 10 ms.
const WINDOW: usize = 400;
pub const HOP: usize = 160;

/// Frequencies that a window tells apart.
const FREQUENCIES: usize = WINDOW / 2 + 1;

/// Makes spectrograms with a number of bands, as librosa and Whisper do: periodic Hann window, Slaney's mel scale, and
/// bands of equal area.
pub struct Spectrogram {
    bands: Vec<Band>,
    window: Vec<f32>,
    transform: Arc<dyn RealToComplex<f32>>,
}

/// A triangle over a few frequencies.
struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl Spectrogram {
    /// With so many bands from 0 to 8 kHz.
    pub fn new(bands: usize) -> Self {
        let top = to_mel(SAMPLE_RATE as f64 / 2.0);
        let edges: Vec<f64> =
            (0..bands + 2).map(|at| to_hertz(top * at as f64 / (bands + 1) as f64)).collect();
        let triangle = |edges: &[f64; 3]| {
            let [low, middle, high] = *edges;
            let weight = |frequency: usize| {
                let hertz = (frequency * SAMPLE_RATE) as f64 / WINDOW as f64;
                let slope = ((hertz - low) / (middle - low)).min((high - hertz) / (high - middle));
                (slope.max(0.0) * 2.0 / (high - low)) as f32
            };
            let all: Vec<f32> = (0..FREQUENCIES).map(weight).collect();
            let first = all.iter().position(|weight| *weight > 0.0).unwrap_or_default();
            let weights = all.into_iter().skip(first).take_while(|weight| *weight > 0.0).collect();
            Band { first, weights }
        };
        Self {
            bands: edges.array_windows().map(triangle).collect(),
            window: (0..WINDOW)
                .map(|at| (0.5 - 0.5 * (TAU * at as f64 / WINDOW as f64).cos()) as f32)
                .collect(),
            transform: RealFftPlanner::new().plan_fft_forward(WINDOW),
        }
    }

    /// The energies of `frames` windows whose middles lie [`HOP`] samples apart, the first at the first sample: for each
    /// window its bands. Before and after the samples there is silence.
    ///
    /// # Errors
    /// Never for a window of this length; the transform checks.
    pub fn frames(&self, samples: &[f32], frames: usize) -> Result<Vec<Vec<f32>>> {
        let mut input = self.transform.make_input_vec();
        let mut output = self.transform.make_output_vec();
        (0..frames)
            .map(|frame| {
                for (at, (input, window)) in input.iter_mut().zip(&self.window).enumerate() {
                    let position = (frame * HOP + at).checked_sub(WINDOW / 2);
                    let sample = position.and_then(|position| samples.get(position)).copied();
                    *input = sample.unwrap_or_default() * window;
                }
                self.transform.process(&mut input, &mut output)?;
                let energy = |band: &Band| {
                    let frequencies = output.iter().skip(band.first).zip(&band.weights);
                    frequencies.map(|(frequency, weight)| frequency.norm_sqr() * weight).sum()
                };
                Ok(self.bands.iter().map(energy).collect())
            })
            .collect()
    }
}

/// Where Slaney's scale turns from linear, three mels to 200 Hz, to logarithmic, 27 mels to a factor of 6.4.
const LINEAR_TO: f64 = 1000.0;
const MEL: f64 = 200.0 / 3.0;
const LOG_STEPS: f64 = 27.0;
const LOG_FACTOR: f64 = 6.4;

fn to_mel(hertz: f64) -> f64 {
    if hertz < LINEAR_TO {
        hertz / MEL
    } else {
        LINEAR_TO / MEL + (hertz / LINEAR_TO).ln() * LOG_STEPS / LOG_FACTOR.ln()
    }
}

fn to_hertz(mel: f64) -> f64 {
    let linear = LINEAR_TO / MEL;
    if mel < linear { mel * MEL } else { LINEAR_TO * ((mel - linear) * LOG_FACTOR.ln() / LOG_STEPS).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_lies_in_the_band_of_its_frequency() {
        let tone = |hertz: f64| -> Vec<f32> {
            (0..SAMPLE_RATE).map(|at| (TAU * hertz * at as f64 / SAMPLE_RATE as f64).sin() as f32).collect()
        };
        let spectrogram = Spectrogram::new(80);
        let loudest = |hertz: f64| {
            let frames = spectrogram.frames(&tone(hertz), 50).unwrap();
            let bands = frames[25].iter().enumerate();
            bands.max_by(|(_, one), (_, other)| one.total_cmp(other)).unwrap().0
        };
        for hertz in [200.0, 440.0, 1000.0, 3000.0, 7000.0] {
            let expected = to_mel(hertz) / to_mel(8000.0) * 81.0 - 1.0;
            assert!((loudest(hertz) as f64 - expected).abs() <= 1.0, "{hertz} Hz in band {}", loudest(hertz));
        }
    }

    #[test]
    fn the_scale_is_slaneys() {
        // As librosa.hz_to_mel gives.
        assert!((to_mel(60.0) - 0.9).abs() < 1e-9);
        assert!((to_mel(8000.0) - 45.245_640_471_924_965).abs() < 1e-9);
        assert!((to_hertz(to_mel(3456.0)) - 3456.0).abs() < 1e-6);
    }

    #[test]
    fn silence_has_no_energy_and_frames_go_beyond_the_end() {
        let frames = Spectrogram::new(40).frames(&[0.0; 100], 20).unwrap();
        assert_eq!(frames, vec![vec![0.0; 40]; 20]);
    }
}
