//! Who speaks when: voice activity of each channel, without what one channel picks up of another.

use earshot::Detector;

use crate::audio::part;

/// Samples of one frame: what the detector decides on, 16 ms.
pub(crate) const FRAME: usize = 256;

/// From this score on a frame counts as voice.
const VOICE: f32 = 0.5;

/// A voice that is so much weaker than what another channel carries is that channel's, heard through the line.
/// Measured on calls with cross-talk at -34 dB; a real interruption is well above.
const CROSS_TALK_DECIBELS: f32 = 15.0;

/// Frames before and after a frame over which channels are compared, 0.19 s: between two words of a speaker the other
/// channel's noise is as loud as the speaker's own.
const ABOUT: usize = 12;

/// Two channels whose difference is so weak carry the same.
const SAME_DECIBELS: f32 = -40.0;

/// Energy of a frame below which it counts as digital silence, so that its logarithm stays finite.
const FLOOR: f32 = 1e-10;

/// How a recording's speech lies in its channels.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Activity {
    /// For each channel the score of each frame from 0 to 255; 0 where its own speaker is silent. One channel when all
    /// carry the same.
    pub(crate) channels: Vec<Vec<u8>>,
    /// Length of the recording in samples.
    pub(crate) length: usize,
}

/// Takes a recording block by block and notes where somebody speaks.
#[derive(Default)]
pub(crate) struct Listener {
    detectors: Vec<Box<Detector>>,
    /// Samples that do not fill a frame yet.
    rest: Vec<Vec<f32>>,
    activity: Activity,
    /// For each channel the energy of each frame.
    energies: Vec<Vec<f32>>,
    /// Energy of all channels, and of what sets them apart from the first.
    energy: f64,
    difference: f64,
}

impl Listener {
    /// Listens to the next block. The first tells how many channels there are; what a later one lacks is silent.
    pub(crate) fn push(&mut self, block: &[Vec<f32>]) {
        if self.detectors.is_empty() {
            self.detectors = block.iter().map(|_| Detector::default_boxed()).collect();
            self.rest = vec![Vec::new(); block.len()];
            self.energies = vec![Vec::new(); block.len()];
            self.activity.channels = vec![Vec::new(); block.len()];
        }
        let length = block.first().map_or(0, Vec::len);
        self.activity.length += length;
        for (channel, rest) in self.rest.iter_mut().enumerate() {
            let samples = block.get(channel).map(Vec::as_slice).unwrap_or_default();
            rest.extend(part(samples, 0, length).iter().map(|sample| audible(*sample)));
            rest.resize(rest.len() + length.saturating_sub(samples.len()), 0.0);
        }
        let frames = self.rest.first().map_or(0, Vec::len) / FRAME;
        for frame in 0..frames {
            self.decide(frame * FRAME);
        }
        for rest in &mut self.rest {
            rest.drain(..frames * FRAME);
        }
    }

    /// What was heard, once the recording is over.
    pub(crate) fn finish(mut self) -> Activity {
        if self.rest.first().is_some_and(|rest| !rest.is_empty()) {
            for rest in &mut self.rest {
                rest.resize(FRAME, 0.0);
            }
            self.decide(0);
        }
        let same = self.energy > 0.0
            && decibels(self.difference as f32) - decibels(self.energy as f32) < SAME_DECIBELS;
        if same {
            self.activity.channels.truncate(1);
        } else {
            self.leave_out_cross_talk();
        }
        self.activity
    }

    /// Takes from each channel what another's speaker says, where that is so much louder.
    fn leave_out_cross_talk(&mut self) {
        let around: Vec<Vec<f32>> = self.energies.iter().map(|energies| means(energies, ABOUT)).collect();
        for (channel, scores) in self.activity.channels.iter_mut().enumerate() {
            for (frame, score) in scores.iter_mut().enumerate() {
                let at = |channel: &Vec<f32>| channel.get(frame).copied().unwrap_or_default();
                let others = around.iter().enumerate().filter(|(other, _)| *other != channel);
                let loudest = others.map(|(_, energies)| at(energies)).fold(0.0, f32::max);
                let own = around.get(channel).map(at).unwrap_or_default();
                if decibels(own) <= decibels(loudest) - CROSS_TALK_DECIBELS {
                    *score = 0;
                }
            }
        }
    }

    /// Decides on one frame of every channel, which begins at a position in the rest.
    fn decide(&mut self, at: usize) {
        let frames: Vec<&[f32]> = self.rest.iter().map(|rest| part(rest, at, at + FRAME)).collect();
        let energies: Vec<f32> = frames.iter().map(|frame| energy(frame)).collect();
        if let Some(first) = frames.first() {
            for (frame, energy) in frames.iter().zip(&energies) {
                self.energy += f64::from(*energy);
                let apart = frame.iter().zip(*first).map(|(one, other)| (one - other).powi(2)).sum::<f32>();
                self.difference += f64::from(apart / FRAME as f32);
            }
        }
        let channels = self.activity.channels.iter_mut().zip(&mut self.energies);
        for (((detector, frame), energy), (scores, own)) in
            self.detectors.iter_mut().zip(&frames).zip(energies).zip(channels)
        {
            let score = detector.predict_f32(frame);
            scores.push(if score >= VOICE { (score * 255.0) as u8 } else { 0 });
            own.push(energy);
        }
    }
}

/// Each value's mean with so many before it and behind it.
fn means(values: &[f32], about: usize) -> Vec<f32> {
    (0..values.len())
        .map(|at| {
            let near = part(values, at.saturating_sub(about), at + about + 1);
            near.iter().sum::<f32>() / near.len() as f32
        })
        .collect()
}

/// A sample as the detector and the engines can take it: a decoder may go beyond full scale, or give no number.
pub(crate) fn audible(sample: f32) -> f32 {
    if sample.is_nan() { 0.0 } else { sample.clamp(-1.0, 1.0) }
}

/// Mean energy of samples.
pub(crate) fn energy(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32
}

fn decibels(energy: f32) -> f32 {
    10.0 * (energy + FLOOR).log10()
}

#[cfg(test)]
#[path = "voice_tests.rs"]
mod tests;
