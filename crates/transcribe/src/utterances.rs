//! What one speaker says without a longer pause, short enough for an engine.

use crate::{
    audio::{SAMPLE_RATE, milliseconds},
    voice::{Activity, FRAME},
};

/// Frames without voice that end an utterance where each channel has one speaker: 0.7 s.
pub(crate) const PAUSE: usize = 44;

/// Frames without voice that end an utterance where speakers share a channel: 0.32 s, since another may go on. Measured
/// better than 0.7 s for telling voices apart.
pub(crate) const SHORT_PAUSE: usize = 20;

/// An utterance that has become so long, 19 s, ends at the next breath.
const LONG: usize = 1200;

/// Frames without voice that are a breath: 0.2 s.
const BREATH: usize = 12;

/// The most frames of an utterance: 27 s, and with its margins less than the thirty that an engine takes.
const LONGEST: usize = 1700;

/// Fewer frames of voice than these, 0.13 s, are a click or a cough.
const SHORTEST: usize = 8;

/// Margins before and after, 0.4 s and 0.3 s: the detector is late for soft sounds, and the engine hears the first word
/// of what begins with quiet better. Measured on the test call, where 0.19 s gave twice as many wrong words.
const BEFORE: usize = 25;
const AFTER: usize = 19;

/// A stretch of one channel in which its speaker talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Utterance {
    pub(crate) channel: usize,
    /// Position of its first sample.
    pub(crate) start: usize,
    /// Position behind its last sample.
    pub(crate) end: usize,
}

impl Utterance {
    pub(crate) fn start_ms(&self) -> u64 {
        milliseconds(self.start)
    }

    pub(crate) fn end_ms(&self) -> u64 {
        milliseconds(self.end)
    }

    pub(crate) fn length_ms(&self) -> u64 {
        milliseconds(self.end - self.start)
    }

    pub(crate) fn seconds(&self) -> f32 {
        (self.end - self.start) as f32 / SAMPLE_RATE as f32
    }
}

/// The utterances of all channels in the order of their beginnings.
pub(crate) fn utterances(activity: &Activity, pause: usize) -> Vec<Utterance> {
    let mut all = Vec::new();
    for (channel, scores) in activity.channels.iter().enumerate() {
        let stretches = spoken(scores, pause);
        all.extend(with_margins(&stretches, scores.len()).map(|(start, end)| Utterance {
            channel,
            start: start * FRAME,
            end: (end * FRAME).min(activity.length),
        }));
    }
    all.sort_by_key(|utterance| (utterance.start, utterance.channel));
    all
}

/// Frames from the first to behind the last with voice.
type Stretch = (usize, usize);

/// The stretches of one channel that pauses separate.
fn spoken(scores: &[u8], pause: usize) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut open: Option<Stretch> = None;
    for (frame, score) in scores.iter().enumerate() {
        let voice = *score > 0;
        open = match open {
            None if voice => Some((frame, frame + 1)),
            None => None,
            Some((start, end)) => {
                let silent = frame + 1 - end;
                let over = !voice && (silent >= pause || (end - start > LONG && silent >= BREATH));
                if over {
                    stretches.push((start, end));
                    None
                } else if frame - start >= LONGEST {
                    let cut = softest(scores, start + LONG, frame);
                    stretches.push((start, cut.min(end)));
                    (cut < end || voice).then_some((cut, if voice { frame + 1 } else { end }))
                } else {
                    Some((start, if voice { frame + 1 } else { end }))
                }
            }
        };
    }
    stretches.extend(open);
    stretches.retain(|(start, end)| end - start >= SHORTEST);
    stretches
}

/// The frame with the least voice: where a cut hurts least.
fn softest(scores: &[u8], from: usize, to: usize) -> usize {
    let scores = scores.get(from..to).unwrap_or_default().iter().enumerate();
    scores.min_by_key(|(_, score)| **score).map_or(to, |(at, _)| from + at)
}

/// Stretches with their margins. Where a pause is too short for both margins, each has half of it.
fn with_margins(stretches: &[Stretch], frames: usize) -> impl Iterator<Item = Stretch> {
    (0..stretches.len()).filter_map(move |at| {
        let (start, end) = *stretches.get(at)?;
        let previous = at.checked_sub(1).and_then(|at| stretches.get(at));
        let before = previous.map_or(start, |(_, end)| (start - end) / 2);
        let after = stretches.get(at + 1).map_or(frames - end, |(next, _)| (next - end) / 2);
        Some((start - before.min(BEFORE), end + after.min(AFTER)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames with voice, given as stretches.
    fn scores(length: usize, voices: &[Stretch]) -> Vec<u8> {
        (0..length).map(|at| u8::from(voices.iter().any(|(from, to)| (*from..*to).contains(&at)))).collect()
    }

    fn activity(channels: Vec<Vec<u8>>) -> Activity {
        let length = channels.iter().map(Vec::len).max().unwrap_or_default() * FRAME;
        Activity { channels, length }
    }

    #[test]
    fn pauses_separate_utterances_and_margins_stay_apart() {
        let voices = [(100, 150), (150 + PAUSE - 1, 260), (260 + PAUSE, 400), (500, 500 + SHORTEST - 1)];
        let found = utterances(&activity(vec![scores(600, &voices)]), PAUSE);
        let frames: Vec<_> = found.iter().map(|one| (one.start / FRAME, one.end / FRAME)).collect();
        assert_eq!(frames, [(100 - BEFORE, 260 + AFTER), (260 + PAUSE - PAUSE / 2, 400 + AFTER)]);
        let shared = utterances(&activity(vec![scores(600, &voices)]), SHORT_PAUSE);
        assert_eq!(shared.len(), 3);
        assert!(shared[0].end <= shared[1].start);
    }

    #[test]
    fn speech_without_a_pause_is_cut_where_it_is_softest() {
        let mut long = scores(4000, &[(0, 4000)]);
        long.iter_mut().for_each(|score| *score = 200);
        long[1500] = 130;
        let found = utterances(&activity(vec![long]), PAUSE);
        assert_eq!(found.iter().map(|one| one.start / FRAME).collect::<Vec<_>>()[..2], [0, 1500]);
        assert_eq!(found.iter().map(|one| one.end - one.start).sum::<usize>(), 4000 * FRAME);
        assert!(found.iter().all(|one| one.seconds() < 28.0));
    }

    #[test]
    fn a_long_utterance_ends_at_a_breath() {
        let found = utterances(&activity(vec![scores(2000, &[(0, 1300), (1300 + BREATH + 1, 1600)])]), PAUSE);
        assert_eq!(found.len(), 2);
        assert!(found[0].end <= found[1].start);
    }

    #[test]
    fn channels_are_merged_in_the_order_of_time_and_an_end_has_no_margin() {
        let found = utterances(
            &activity(vec![scores(500, &[(10, 60), (300, 500)]), scores(500, &[(120, 200)])]),
            PAUSE,
        );
        assert_eq!(found.iter().map(|one| one.channel).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!((found[0].start, found[2].end), (0, 500 * FRAME));
        assert_eq!(
            (found[1].start_ms(), found[1].end_ms()),
            ((120 - BEFORE as u64) * 16, (200 + AFTER as u64) * 16)
        );
    }

    #[test]
    fn silence_has_no_utterances() {
        assert_eq!(utterances(&activity(vec![scores(1000, &[]), Vec::new()]), PAUSE), []);
    }
}
