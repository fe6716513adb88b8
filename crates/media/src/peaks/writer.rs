//! Writing a peaks file while a recording is decoded, in memory that does not grow with it.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::{OPENING_BYTES, PeaksLayout};
use crate::meter::Extremes;

/// Bytes that are gathered before they are written.
const BUFFER_BYTES: usize = 64 * 1024;

/// Writes level 0 as it comes, and the coarser levels from it at the end.
pub(crate) struct PeaksWriter<'f, F> {
    file: &'f mut F,
    buffer: Vec<u8>,
}

impl<'f, F: Read + Write + Seek> PeaksWriter<'f, F> {
    /// Begins at the start of an empty file.
    pub(crate) fn begin(file: &'f mut F) -> io::Result<Self> {
        file.seek(SeekFrom::Start(OPENING_BYTES))?;
        Ok(Self { file, buffer: Vec::with_capacity(BUFFER_BYTES) })
    }

    /// Adds a point of level 0: the extremes of all channels.
    pub(crate) fn point(&mut self, extremes: &mut dyn Iterator<Item = Extremes>) -> io::Result<()> {
        for Extremes { min, max, .. } in extremes {
            self.buffer.extend([quantised(min), quantised(max)]);
        }
        if self.buffer.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Adds the coarser levels, the overview and the header.
    pub(crate) fn finish(
        mut self,
        channels: u16,
        sample_rate: u32,
        frames_per_point: u32,
        frames: u64,
    ) -> io::Result<PeaksLayout> {
        self.flush()?;
        let layout = PeaksLayout { channels, sample_rate, frames_per_point, frames };
        let layout = layout.checked().ok_or_else(|| io::Error::other("the recording has no peaks"))?;
        for level in 1..layout.levels() {
            self.halve(&layout, level)?;
        }
        let range = layout.overview();
        self.file.seek(SeekFrom::Start(layout.level_start(layout.levels() - 1)))?;
        let mut overview = Vec::new();
        (&mut *self.file).take(range.end - range.start).read_to_end(&mut overview)?;
        self.file.rewind()?;
        self.file.write_all(&layout.header())?;
        overview.resize(usize::try_from(super::OVERVIEW_BYTES).unwrap_or_default(), 0);
        self.file.write_all(&overview)?;
        self.file.flush()?;
        Ok(layout)
    }

    /// Makes a level from the one before.
    fn halve(&mut self, layout: &PeaksLayout, level: u32) -> io::Result<()> {
        let point = usize::from(layout.channels) * 2;
        let (mut from, end) = (layout.level_start(level - 1), layout.level_start(level));
        let mut to = end;
        // Whole pairs of points at a time.
        let block = BUFFER_BYTES - BUFFER_BYTES % (2 * point);
        let mut finer = Vec::new();
        while from < end {
            self.file.seek(SeekFrom::Start(from))?;
            finer.clear();
            let wanted = (end - from).min(block as u64);
            (&mut *self.file).take(wanted).read_to_end(&mut finer)?;
            if finer.len() as u64 != wanted {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.buffer.clear();
            for pair in finer.chunks(2 * point) {
                let (first, second) = pair.split_at(point);
                let second = if second.is_empty() { first } else { second };
                for (one, other) in first.chunks_exact(2).zip(second.chunks_exact(2)) {
                    let [min, max] = merged(one, other);
                    self.buffer.extend([min, max]);
                }
            }
            self.file.seek(SeekFrom::Start(to))?;
            self.file.write_all(&self.buffer)?;
            to += self.buffer.len() as u64;
            from += wanted;
        }
        Ok(())
    }
}

/// The smaller of two minima and the larger of two maxima.
fn merged(one: &[u8], other: &[u8]) -> [u8; 2] {
    let value = |pair: &[u8], at: usize| pair.get(at).copied().unwrap_or_default().cast_signed();
    let (min, max) = (value(one, 0).min(value(other, 0)), value(one, 1).max(value(other, 1)));
    [min.cast_unsigned(), max.cast_unsigned()]
}

/// A sample as a share of 127, as the two's complement byte.
fn quantised(sample: f32) -> u8 {
    // The cast saturates, and the clamp keeps -128 out.
    ((sample * 127.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}
