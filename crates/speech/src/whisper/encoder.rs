//! From a spectrogram to what was heard: one vector for each 20 ms.

use anyhow::Result;
use candle_core::{Module, Tensor};
use candle_nn::{Conv1d, Conv1dConfig, LayerNorm};

use super::{
    layers::{FeedForward, SelfAttention, layer_norm},
    weights::Weights,
};

pub struct Encoder {
    first: Conv1d,
    second: Conv1d,
    positions: Tensor,
    layers: Vec<(SelfAttention, FeedForward)>,
    norm: LayerNorm,
}

impl Encoder {
    pub fn new(weights: &Weights) -> Result<Self> {
        let convolution = |name: &str, stride| -> Result<Conv1d> {
            let (weight, bias) =
                (weights.get(&format!("{name}/weight"))?, weights.get(&format!("{name}/bias"))?);
            Ok(Conv1d::new(weight, Some(bias), Conv1dConfig { padding: 1, stride, ..Default::default() }))
        };
        let layers = (0..weights.layers("encoder/layer_")).map(|layer| {
            let name = format!("encoder/layer_{layer}");
            Ok((
                SelfAttention::new(weights, &format!("{name}/self_attention"))?,
                FeedForward::new(weights, &format!("{name}/ffn"))?,
            ))
        });
        Ok(Self {
            first: convolution("encoder/conv1", 1)?,
            second: convolution("encoder/conv2", 2)?,
            positions: weights.get("encoder/position_encodings/encodings")?,
            layers: layers.collect::<Result<_>>()?,
            norm: layer_norm(weights, "encoder/layer_norm")?,
        })
    }

    /// Takes a spectrogram, bands by frames, and gives half as many positions as frames.
    pub fn encode(&self, features: &Tensor) -> candle_core::Result<Tensor> {
        let x = self.first.forward(features)?.gelu()?;
        let x = self.second.forward(&x)?.gelu()?;
        let x = x.squeeze(0)?.t()?.contiguous()?;
        let mut x = (&x + self.positions.narrow(0, 0, x.dim(0)?)?)?;
        for (attention, feed_forward) in &self.layers {
            x = feed_forward.forward(&attention.among(&x)?)?;
        }
        self.norm.forward(&x)
    }
}
