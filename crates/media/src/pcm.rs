//! Samples for speech recognition.

use std::io;

use rubato::{
    Fft, FixedSync, Indexing, ResampleError, Resampler, ResamplerConstructionError, WindowFunction,
    audioadapter_buffers::direct::SequentialSliceOfVecs,
};

use crate::{Limits, MediaError, decoding::Decoding, examine::unpanicked, source::Source};

/// What speech recognition works at, in Hz.
pub const SPEECH_RATE: u32 = 16_000;

/// What [`pcm16k`] handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pcm {
    /// How many channels, each a plane of its own.
    pub channels: usize,
    /// How many samples each plane had in all, at 16 kHz.
    pub frames: u64,
}

/// Decodes a recording to 16 kHz and hands it to `sink` block by block: a plane per channel, of equal lengths of up to
/// a few thousand samples, in 32-bit floats of -1 to 1. Planes are on the time line of [`crate::Facts`]: sample
/// `16 t` is heard `t` milliseconds after the beginning.
///
/// Memory does not grow with the recording. What cannot be decoded is silent, as [`crate::examine`] tells.
///
/// # Errors
/// As [`crate::examine`], and with what `sink` fails with.
pub fn pcm16k(
    source: impl Source,
    limits: &Limits,
    mut sink: impl FnMut(&[Vec<f32>]) -> io::Result<()>,
) -> Result<Pcm, MediaError> {
    unpanicked(|| {
        let mut decoding = Decoding::open(source, limits, SPEECH_RATE)?;
        let mut converter: Option<Converter> = None;
        let mut frames = 0;
        let mut counted = |planes: &[Vec<f32>]| {
            frames += planes.first().map_or(0, Vec::len) as u64;
            sink(planes)
        };
        while let Some(block) = decoding.next_block()? {
            if block.rate == SPEECH_RATE {
                counted(block.planes)?;
                continue;
            }
            let converter = match &mut converter {
                Some(converter) => converter,
                none => none.insert(Converter::new(block.rate, block.planes.len()).map_err(failed)?),
            };
            converter.take(block.planes, &mut counted)?;
        }
        if let Some(mut converter) = converter {
            converter.finish(&mut counted)?;
        }
        if frames == 0 {
            return Err(MediaError::Damaged { reason: "it has no audio data".to_owned() });
        }
        Ok(Pcm { channels: decoding.channels(), frames })
    })
}

/// Changes the sample rate of a stream of blocks.
struct Converter {
    resampler: Fft<f32>,
    rate: u32,
    /// Frames that came in, and that went out.
    taken: u64,
    given: u64,
    /// What waits until there is enough for a block, a plane per channel.
    waiting: Vec<Vec<f32>>,
    converted: Vec<Vec<f32>>,
    /// Frames at the beginning of the output that are the filter's delay.
    delay: usize,
}

/// Frames that are converted at a time.
const BLOCK_FRAMES: usize = 4096;

impl Converter {
    fn new(rate: u32, channels: usize) -> Result<Self, ResamplerConstructionError> {
        // In one transform per block: short ones may have an odd length, and so a delay of half a sample.
        let (from, to, window) = (rate as usize, SPEECH_RATE as usize, WindowFunction::BlackmanHarris2);
        let resampler = Fft::new_custom(from, to, BLOCK_FRAMES, 1, channels, window, FixedSync::Input)?;
        Ok(Self {
            rate,
            taken: 0,
            given: 0,
            waiting: vec![Vec::new(); channels],
            converted: vec![Vec::new(); channels],
            delay: resampler.output_delay(),
            resampler,
        })
    }

    fn take(
        &mut self,
        planes: &[Vec<f32>],
        sink: &mut impl FnMut(&[Vec<f32>]) -> io::Result<()>,
    ) -> Result<(), MediaError> {
        for (waiting, plane) in self.waiting.iter_mut().zip(planes) {
            waiting.extend_from_slice(plane);
        }
        self.taken += planes.first().map_or(0, Vec::len) as u64;
        while self.ready() >= self.resampler.input_frames_next() {
            self.convert(None, sink)?;
        }
        Ok(())
    }

    /// Gives what is still in the filter, so that as much time goes out as came in.
    fn finish(&mut self, sink: &mut impl FnMut(&[Vec<f32>]) -> io::Result<()>) -> Result<(), MediaError> {
        while self.given < self.due() {
            self.convert(Some(self.ready()), sink)?;
        }
        Ok(())
    }

    fn ready(&self) -> usize {
        self.waiting.first().map_or(0, Vec::len)
    }

    /// Frames that are to go out for those that came in.
    fn due(&self) -> u64 {
        self.taken * u64::from(SPEECH_RATE) / u64::from(self.rate)
    }

    /// Converts one block, of which `partial` frames are there if it is the last.
    fn convert(
        &mut self,
        partial: Option<usize>,
        sink: &mut impl FnMut(&[Vec<f32>]) -> io::Result<()>,
    ) -> Result<(), MediaError> {
        let channels = self.waiting.len();
        let consumed = partial.unwrap_or(self.resampler.input_frames_next());
        let produced = self.resampler.output_frames_next();
        self.waiting.iter_mut().for_each(|plane| plane.resize(plane.len().max(consumed), 0.0));
        self.converted.iter_mut().for_each(|plane| plane.resize(produced, 0.0));
        let indexing = Indexing { partial_len: partial, ..Indexing::default() };
        let ready = self.ready();
        let input = SequentialSliceOfVecs::new(&self.waiting, channels, ready).map_err(failed)?;
        let mut output =
            SequentialSliceOfVecs::new_mut(&mut self.converted, channels, produced).map_err(failed)?;
        let outcome: Result<_, ResampleError> =
            self.resampler.process_into_buffer(&input, &mut output, Some(&indexing));
        let (_, produced) = outcome.map_err(failed)?;
        let skipped = self.delay.min(produced);
        self.delay -= skipped;
        let left = if partial.is_some() { self.due() - self.given } else { u64::MAX };
        let end = skipped.saturating_add(usize::try_from(left).unwrap_or(usize::MAX)).min(produced);
        for plane in &mut self.converted {
            plane.truncate(end);
            plane.drain(..skipped);
        }
        for plane in &mut self.waiting {
            plane.drain(..consumed.min(plane.len()));
        }
        self.given += (end - skipped) as u64;
        if end > skipped { sink(&self.converted).map_err(MediaError::from) } else { Ok(()) }
    }
}

/// The arguments are ours, so that this tells of a fault here, not in the file.
fn failed(error: impl std::error::Error + Send + Sync + 'static) -> MediaError {
    MediaError::Io(io::Error::other(error))
}
