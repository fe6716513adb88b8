//! From what was heard, and the tokens so far, to what may come next.

use anyhow::{Context, Result};
use candle_core::{Module, Tensor};
use candle_nn::{Embedding, LayerNorm};

use super::{
    layers::{CrossAttention, FeedForward, Memory, SelfAttention, layer_norm},
    weights::Weights,
};

pub struct Decoder {
    tokens: Embedding,
    positions: Tensor,
    layers: Vec<Layer>,
    norm: LayerNorm,
    /// How many tokens of this utterance were given.
    given: usize,
}

struct Layer {
    to_text: SelfAttention,
    to_heard: CrossAttention,
    feed_forward: FeedForward,
    text: Option<Memory>,
    heard: Option<Memory>,
}

impl Decoder {
    pub fn new(weights: &Weights) -> Result<Self> {
        let tokens = weights.get("decoder/embeddings/weight")?;
        let width = tokens.dim(1)?;
        let layers = (0..weights.layers("decoder/layer_")).map(|layer| {
            let name = format!("decoder/layer_{layer}");
            Ok(Layer {
                to_text: SelfAttention::new(weights, &format!("{name}/self_attention"))?,
                to_heard: CrossAttention::new(weights, &format!("{name}/attention"))?,
                feed_forward: FeedForward::new(weights, &format!("{name}/ffn"))?,
                text: None,
                heard: None,
            })
        });
        Ok(Self {
            tokens: Embedding::new(tokens, width),
            positions: weights.get("decoder/position_encodings/encodings")?,
            layers: layers.collect::<Result<_>>()?,
            norm: layer_norm(weights, "decoder/layer_norm")?,
            given: 0,
        })
    }

    /// Begins anew on what was heard.
    pub fn start(&mut self, heard: &Tensor) -> Result<()> {
        self.given = 0;
        for layer in &mut self.layers {
            layer.text = None;
            layer.heard = Some(layer.to_heard.memory(heard)?);
        }
        Ok(())
    }

    /// Takes further tokens, and gives the logit of every token to come after the last of them.
    pub fn next(&mut self, tokens: &[u32]) -> Result<Vec<f32>> {
        let ids = Tensor::new(tokens, self.positions.device())?;
        let positions = self.positions.narrow(0, self.given, tokens.len())?;
        let mut x = (self.tokens.forward(&ids)? + positions)?;
        self.given += tokens.len();
        for layer in &mut self.layers {
            x = layer.to_text.onward(&x, &mut layer.text)?;
            x = layer.to_heard.attend(&x, layer.heard.as_ref().context("nothing was heard")?)?;
            x = layer.feed_forward.forward(&x)?;
        }
        let last = self.norm.forward(&x.narrow(0, tokens.len() - 1, 1)?)?;
        // Tokens are recognised by the vectors that stand for them.
        Ok(last.matmul(&self.tokens.embeddings().t()?)?.squeeze(0)?.to_vec1()?)
    }
}
