//! Brings the samples of each utterance, in one go through the recording and holding no more than the open ones.

use std::{collections::VecDeque, ops::ControlFlow};

use crate::{
    audio::{Audio, DecodeError, part},
    utterances::Utterance,
    voice::audible,
};

/// Decodes the recording and hands over each utterance with its samples, in the order given, which is that of their
/// beginnings. Ends early when `take` breaks off.
///
/// # Errors
/// When decoding fails.
pub(crate) fn cut(
    audio: &dyn Audio,
    utterances: &[Utterance],
    mut take: impl FnMut(Utterance, Vec<f32>) -> ControlFlow<()>,
) -> Result<(), DecodeError> {
    let mut open: VecDeque<(Utterance, Vec<f32>)> =
        utterances.iter().map(|utterance| (*utterance, Vec::new())).collect();
    let mut position = 0;
    audio.decode(&mut |block| {
        let length = block.first().map_or(0, Vec::len);
        for (utterance, samples) in &mut open {
            if utterance.start >= position + length {
                break;
            }
            let channel = block.get(utterance.channel).map(Vec::as_slice).unwrap_or_default();
            let from = utterance.start.saturating_sub(position);
            let to = utterance.end.saturating_sub(position);
            samples.extend(part(channel, from, to).iter().map(|sample| audible(*sample)));
        }
        position += length;
        while let Some((utterance, samples)) = open.pop_front_if(|(first, _)| first.end <= position) {
            take(utterance, samples)?;
        }
        if open.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two channels whose samples tell their own position, in blocks of a length.
    struct Counting {
        length: usize,
        block: usize,
    }

    impl Audio for Counting {
        fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError> {
            let value = |sign: f32| move |at: usize| sign * at as f32 / 65536.0;
            for from in (0..self.length).step_by(self.block) {
                let range = from..(from + self.block).min(self.length);
                let block = [range.clone().map(value(1.0)).collect(), range.map(value(-1.0)).collect()];
                if sink(&block).is_break() {
                    break;
                }
            }
            Ok(())
        }
    }

    fn utterance(channel: usize, start: usize, end: usize) -> Utterance {
        Utterance { channel, start, end }
    }

    #[test]
    fn every_utterance_gets_its_samples_whatever_the_blocks() {
        let wanted = [
            utterance(0, 0, 900),
            utterance(1, 500, 700),
            utterance(0, 901, 2_000),
            utterance(1, 1_999, 3_000),
        ];
        for block in [1, 7, 256, 1_000, 5_000] {
            let mut found = Vec::new();
            let take = |utterance: Utterance, samples: Vec<f32>| {
                let sign = if utterance.channel == 0 { 65536.0 } else { -65536.0 };
                let positions: Vec<usize> = samples.iter().map(|sample| (sample * sign) as usize).collect();
                assert_eq!(positions, (utterance.start..utterance.end).collect::<Vec<_>>());
                found.push(utterance);
                ControlFlow::Continue(())
            };
            cut(&Counting { length: 3_000, block }, &wanted, take).unwrap();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn it_ends_when_nothing_more_is_wanted() {
        let wanted = [utterance(0, 0, 10), utterance(0, 20, 30)];
        let mut count = 0;
        let take = |_, _| {
            count += 1;
            ControlFlow::Break(())
        };
        cut(&Counting { length: 100, block: 5 }, &wanted, take).unwrap();
        assert_eq!(count, 1);
    }
}
