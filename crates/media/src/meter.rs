//! Measuring samples: extremes for the waveform, levels, and where there is sound.

use crate::{Channel, Fault, facts::Sound, time::milliseconds};

/// What the samples of one channel within one point of the waveform amount to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extremes {
    pub(crate) min: f32,
    pub(crate) max: f32,
    sum_of_squares: f64,
}

const NOTHING: Extremes = Extremes { min: f32::INFINITY, max: f32::NEG_INFINITY, sum_of_squares: 0.0 };

impl Extremes {
    fn take(&mut self, samples: &[f32]) {
        /// Independent sums, so that the compiler may work on several samples at once.
        const LANES: usize = 16;
        let (mut min, mut max, mut sum) = ([self.min; LANES], [self.max; LANES], [0_f32; LANES]);
        let chunks = samples.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for (lane, sample) in chunk.iter().enumerate() {
                min[lane] = if *sample < min[lane] { *sample } else { min[lane] };
                max[lane] = if *sample > max[lane] { *sample } else { max[lane] };
                sum[lane] += sample * sample;
            }
        }
        for (lane, sample) in rest.iter().enumerate() {
            min[lane] = min[lane].min(*sample);
            max[lane] = max[lane].max(*sample);
            sum[lane] += sample * sample;
        }
        self.min = min.into_iter().fold(self.min, f32::min);
        self.max = max.into_iter().fold(self.max, f32::max);
        self.sum_of_squares += sum.into_iter().map(f64::from).sum::<f64>();
    }
}

/// One channel so far.
#[derive(Debug, Clone)]
struct Tally {
    current: Extremes,
    sum_of_squares: f64,
    peak: f32,
    /// Points with sound: how many, the first and the last.
    sounding: u64,
    first: u64,
    last: u64,
}

/// Measures a recording while it is decoded.
#[derive(Debug)]
pub(crate) struct Meter {
    rate: u32,
    frames_per_point: u32,
    /// Frames in the current point.
    filled: u32,
    points: u64,
    frames: u64,
    tallies: Vec<Tally>,
}

/// The finest points of a waveform per second.
const POINTS_PER_SECOND: u32 = 100;
/// Half the swing of a sound: -50 dBFS.
const SOUND: f32 = 0.003_162;
/// Fewer points of sound than these are none: 0.2 s.
const FEWEST_SOUNDING: u64 = 20;
/// How long one channel must go on alone for the silence of another to be a fault, in milliseconds. Recordings of
/// telephone calls have been seen whose one side is lost after 45 to 60 seconds; people listen for half a minute.
const ALONE_MS: u64 = 60_000;

impl Meter {
    pub(crate) fn new(rate: u32, channels: usize) -> Self {
        let tally =
            Tally { current: NOTHING, sum_of_squares: 0.0, peak: 0.0, sounding: 0, first: 0, last: 0 };
        let frames_per_point = (rate.saturating_add(POINTS_PER_SECOND / 2) / POINTS_PER_SECOND).max(1);
        Self { rate, frames_per_point, filled: 0, points: 0, frames: 0, tallies: vec![tally; channels] }
    }

    pub(crate) fn frames_per_point(&self) -> u32 {
        self.frames_per_point
    }

    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    /// Takes samples in, and hands each point that is complete to `point`, the extremes of all channels in order.
    pub(crate) fn take<E>(
        &mut self,
        planes: &[Vec<f32>],
        point: &mut impl FnMut(&mut dyn Iterator<Item = Extremes>) -> Result<(), E>,
    ) -> Result<(), E> {
        let frames = planes.first().map_or(0, Vec::len);
        let mut at = 0;
        while at < frames {
            let count =
                usize::try_from(self.frames_per_point - self.filled).unwrap_or(frames).min(frames - at);
            for (tally, plane) in self.tallies.iter_mut().zip(planes) {
                tally.current.take(plane.get(at..at + count).unwrap_or_default());
            }
            at += count;
            self.frames += count as u64;
            self.filled += u32::try_from(count).unwrap_or(self.frames_per_point);
            if self.filled == self.frames_per_point {
                self.complete(point)?;
            }
        }
        Ok(())
    }

    /// Hands out the last point, which may be shorter than the others.
    pub(crate) fn finish<E>(
        &mut self,
        point: &mut impl FnMut(&mut dyn Iterator<Item = Extremes>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.filled > 0 { self.complete(point) } else { Ok(()) }
    }

    fn complete<E>(
        &mut self,
        point: &mut impl FnMut(&mut dyn Iterator<Item = Extremes>) -> Result<(), E>,
    ) -> Result<(), E> {
        point(&mut self.tallies.iter().map(|tally| tally.current))?;
        for tally in &mut self.tallies {
            let Extremes { min, max, sum_of_squares } = std::mem::replace(&mut tally.current, NOTHING);
            tally.sum_of_squares += sum_of_squares;
            tally.peak = tally.peak.max(max).max(-min);
            if (max - min) / 2.0 >= SOUND {
                if tally.sounding == 0 {
                    tally.first = self.points;
                }
                tally.last = self.points;
                tally.sounding += 1;
            }
        }
        self.filled = 0;
        self.points += 1;
        Ok(())
    }

    /// What was measured, with what is wrong with it.
    pub(crate) fn channels(&self) -> (Vec<Channel>, Vec<Fault>) {
        let channels: Vec<_> = self.tallies.iter().map(|tally| self.channel(tally)).collect();
        let end =
            channels.iter().filter_map(|channel| channel.sound).map(|sound| sound.last_ms).max().unwrap_or(0);
        let faults = channels.iter().zip(1..).filter_map(|(channel, number)| match channel.sound {
            None => Some(Fault::Silent { channel: number }),
            Some(sound) if end.saturating_sub(sound.last_ms) >= ALONE_MS => {
                Some(Fault::FallsSilent { channel: number, at_ms: sound.last_ms })
            }
            Some(_) => None,
        });
        let faults = faults.collect();
        (channels, faults)
    }

    fn channel(&self, tally: &Tally) -> Channel {
        let mean = if self.frames == 0 { 0.0 } else { tally.sum_of_squares / self.frames as f64 };
        let at = |point: u64| milliseconds(point * u64::from(self.frames_per_point), self.rate);
        let sound = (tally.sounding >= FEWEST_SOUNDING).then(|| Sound {
            first_ms: at(tally.first),
            last_ms: at(tally.last + 1).min(milliseconds(self.frames, self.rate)),
        });
        Channel { rms_dbfs: dbfs(mean.sqrt()), peak_dbfs: dbfs(f64::from(tally.peak)), sound }
    }
}

/// An amplitude in decibels relative to full scale, not below -120.
fn dbfs(amplitude: f64) -> f32 {
    (20.0 * amplitude.max(1e-6).log10()) as f32
}
