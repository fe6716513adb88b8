//! Describes voices by a vector: speech of the same person gives vectors that point alike.

mod checkpoint;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use candle_core::{DType, Device, Module, Tensor};
use candle_nn::{LSTM, LSTMConfig, Linear, RNN, VarBuilder};

use self::checkpoint::tensors;
use crate::spectrogram::{HOP, Spectrogram};

/// Bands of the spectrogram, layers of the network and width of each.
const BANDS: usize = 40;
const LAYERS: usize = 3;
const WIDTH: usize = 256;

/// Frames that are looked at together, 1.6 s, and from one such part to the next.
const PART: usize = 160;
const STEP: usize = PART / 2;

/// Softer speech is made as loud as this, -30 dB below full scale.
const LOUDNESS: f32 = 0.031_622_78;

/// The network.
pub struct SpeakerEncoder {
    spectrogram: Spectrogram,
    layers: Vec<LSTM>,
    out: Linear,
    device: Device,
}

impl SpeakerEncoder {
    /// Loads the weights as PyTorch saved them.
    ///
    /// # Errors
    /// When the file is missing or is not what it should be.
    pub fn load(file: &Path, device: &Device) -> Result<Self> {
        let tensors = tensors(file, "model_state", device)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let weights = VarBuilder::from_tensors(tensors, DType::F32, device);
        let layer = |layer_idx| {
            let input = if layer_idx == 0 { BANDS } else { WIDTH };
            LSTM::new(input, WIDTH, LSTMConfig { layer_idx, ..Default::default() }, weights.pp("lstm"))
        };
        Ok(Self {
            spectrogram: Spectrogram::new(BANDS),
            layers: (0..LAYERS).map(layer).collect::<Result<_, _>>()?,
            out: candle_nn::linear(WIDTH, WIDTH, weights.pp("linear"))?,
            device: device.clone(),
        })
    }

    /// The voice of an utterance, as a vector of length one.
    ///
    /// # Errors
    /// When there is no sound, and when computing fails.
    pub fn embed(&self, samples: &[f32]) -> Result<Vec<f32>> {
        let loudness =
            (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32).sqrt();
        ensure!(loudness > 0.0, "there is no sound");
        let louder = (LOUDNESS / loudness).max(1.0);
        let samples: Vec<f32> = samples.iter().map(|sample| sample * louder).collect();
        let frames = self.spectrogram.frames(&samples, samples.len() / HOP + 1)?;
        // What is shorter than a part is repeated until it fills one.
        let length = frames.len().max(PART);
        let frames: Vec<&[f32]> = frames.iter().map(Vec::as_slice).cycle().take(length).collect();
        let parts: Vec<f32> =
            frames.windows(PART).step_by(STEP).flatten().flat_map(|f| f.iter()).copied().collect();
        let count = parts.len() / (PART * BANDS);
        let voices = self.look(&Tensor::from_vec(parts, (count, PART, BANDS), &self.device)?)?;
        let mean = voices.mean(0)?;
        let length = mean.sqr()?.sum_all()?.sqrt()?;
        Ok(mean.broadcast_div(&length)?.to_vec1()?)
    }

    /// The voice of each part, as rows of length one.
    fn look(&self, parts: &Tensor) -> candle_core::Result<Tensor> {
        let mut x = parts.clone();
        for layer in &self.layers {
            let states = layer.seq(&x)?;
            x = Tensor::stack(&states.iter().map(|state| state.h().clone()).collect::<Vec<_>>(), 1)?;
        }
        let last = x.narrow(1, PART - 1, 1)?.squeeze(1)?;
        let voices = self.out.forward(&last)?.relu()?;
        voices.broadcast_div(&voices.sqr()?.sum_keepdim(1)?.sqrt()?)
    }
}
