//! Whisper: from an utterance to its text.

mod decoder;
mod encoder;
mod layers;
mod tokens;
mod weights;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use candle_core::{Device, Tensor};
use speech_protocol::SAMPLE_RATE;

use self::{decoder::Decoder, encoder::Encoder, tokens::Tokens, weights::Weights};
use crate::spectrogram::{HOP, Spectrogram};

/// Bands of the spectrogram.
const BANDS: usize = 80;

/// The most positions that the encoder knows, 20 ms each.
const MOST_POSITIONS: usize = 1500;

/// The fewest positions it is given: with less than about ten seconds it was trained so little that it loops.
const FEWEST_POSITIONS: usize = 512;

/// Silence that follows every utterance, in positions: one and a half seconds.
const SILENCE: usize = 89;

/// The most tokens of a text: nobody speaks more than fifteen in a second.
const TOKENS_PER_SECOND: usize = 15;
const TOKENS: usize = 20;

/// What was made of an utterance.
pub struct Decoded {
    pub text: String,
    /// Code of the language; nothing with a model of one language.
    pub language: Option<String>,
    /// Geometric mean of the tokens' probabilities.
    pub confidence: f32,
    /// How likely it is that nobody spoke.
    pub no_speech: f32,
}

/// The model.
pub struct Whisper {
    spectrogram: Spectrogram,
    encoder: Encoder,
    decoder: Decoder,
    tokens: Tokens,
    device: Device,
}

impl Whisper {
    /// Loads `model.bin`, `config.json` and `vocabulary.json` from a folder.
    ///
    /// # Errors
    /// When one is missing or is not what it should be.
    pub fn load(folder: &Path, device: &Device) -> Result<Self> {
        let tokens = Tokens::load(folder)?;
        let file = folder.join("model.bin");
        let weights =
            Weights::read(&file, device).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self {
            spectrogram: Spectrogram::new(BANDS),
            encoder: Encoder::new(&weights)?,
            decoder: Decoder::new(&weights)?,
            tokens,
            device: device.clone(),
        })
    }

    /// The language of an utterance, and how likely it is.
    ///
    /// # Errors
    /// When the model knows one language only, and when computing fails.
    pub fn detect_language(&mut self, samples: &[f32]) -> Result<(String, f32)> {
        self.listen(samples)?;
        let first = self.decoder.next(&[self.tokens.start])?;
        self.tokens.language(&first).context("the model knows one language only")
    }

    /// The text of an utterance; without a language, in the one it finds.
    ///
    /// # Errors
    /// When the model does not know the language, and when computing fails.
    pub fn transcribe(&mut self, samples: &[f32], language: Option<&str>) -> Result<Decoded> {
        self.listen(samples)?;
        let first = self.decoder.next(&[self.tokens.start])?;
        let no_speech = tokens::probability(&first, self.tokens.no_speech);
        let language = match language {
            Some(language) => Some(language.to_owned()),
            None => self.tokens.language(&first).map(|(language, _)| language),
        };
        let mut logits = self.decoder.next(&self.tokens.prompt(language.as_deref())?)?;
        let most = TOKENS + TOKENS_PER_SECOND * samples.len() / SAMPLE_RATE;
        let (mut text, mut logarithms) = (Vec::new(), 0.0);
        loop {
            let (token, probability) = self.tokens.likeliest(&logits, text.is_empty());
            logarithms += probability.ln();
            if token == self.tokens.end || text.len() == most {
                break;
            }
            text.push(token);
            logits = self.decoder.next(&[token])?;
        }
        // The end is a token like the others.
        let confidence = (logarithms / (text.len() + 1) as f32).exp();
        Ok(Decoded { text: self.tokens.text(&text), language, confidence, no_speech })
    }

    /// Lets the decoder begin anew on an utterance.
    fn listen(&mut self, samples: &[f32]) -> Result<()> {
        let positions = (samples.len().div_ceil(2 * HOP) + SILENCE).clamp(FEWEST_POSITIONS, MOST_POSITIONS);
        ensure!(samples.len() <= MOST_POSITIONS * 2 * HOP, "more than thirty seconds of audio");
        let features = self.features(samples, positions * 2)?;
        let heard = self.encoder.encode(&features)?;
        self.decoder.start(&heard)
    }

    /// The spectrogram as the model wants it: logarithmic, at most 80 dB below its loudest, and about from -1 to 1.
    fn features(&self, samples: &[f32], frames: usize) -> Result<Tensor> {
        let energies = self.spectrogram.frames(samples, frames)?;
        let logarithms: Vec<f32> =
            energies.iter().flatten().map(|energy| energy.max(1e-10).log10()).collect();
        let loudest = logarithms.iter().copied().fold(f32::MIN, f32::max);
        let scaled = logarithms.iter().map(|value| (value.max(loudest - 8.0) + 4.0) / 4.0).collect();
        Ok(Tensor::from_vec(scaled, (1, frames, BANDS), &self.device)?.transpose(1, 2)?.contiguous()?)
    }
}
