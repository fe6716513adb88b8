//! Waveforms: the smallest and the largest sample of each channel at several resolutions, in one file per recording.
//!
//! # The format, version 1
//! All numbers are little endian, all values whole.
//!
//! | bytes | what |
//! |-|-|
//! | 0..4 | `RPPK` |
//! | 4..6 | version, u16: 1 |
//! | 6..8 | channels `c`, u16 |
//! | 8..12 | sample rate in Hz, u32 |
//! | 12..16 | frames per point of level 0, `f`, u32; a hundredth of a second as nearly as whole frames allow |
//! | 16..24 | frames of the recording, `n`, u64 |
//! | 24..8216 | the overview: a copy of the coarsest level, then zeros |
//! | 8216.. | level 0, level 1, … one after the other |
//!
//! A *point* is `2 c` signed bytes: minimum and maximum of the first channel, then of the next. A value `v` stands for
//! `v / 127` of full scale. Level 0 has `n / f` points, rounded up; each further level has half as many as the one
//! before, rounded up, of which each covers two; the last level is the first that takes no more than 8192 bytes, which
//! is 2048 points in stereo. So everything follows from the header: point `k` of level `l` covers the frames from
//! `k f 2^l` on, and the first 8216 bytes of the file are all that is needed to show a recording of any length.
//!
//! Levels are fetched in *tiles* of 2048 points (the last may be shorter), each of which is one range of bytes.

use std::{
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
};

mod writer;

pub(crate) use writer::PeaksWriter;

const MAGIC: [u8; 4] = *b"RPPK";
const VERSION: u16 = 1;
const HEADER_BYTES: u64 = 24;
/// The most bytes of the overview.
const OVERVIEW_BYTES: u64 = 8192;
/// How many bytes from the start of a peaks file hold all that is needed to show the whole recording.
pub const OPENING_BYTES: u64 = HEADER_BYTES + OVERVIEW_BYTES;
/// How many points a tile has.
pub const TILE_POINTS: u64 = 2048;
/// More frames than this are no recording; with it, no sum below can overflow.
const MOST_FRAMES: u64 = 1 << 48;

/// Why bytes are no peaks file.
#[derive(Debug, thiserror::Error)]
pub enum PeaksError {
    /// The header is not that of a peaks file of a known version.
    #[error("these are not the peaks of a recording: {reason}")]
    Invalid {
        /// What is wrong.
        reason: &'static str,
    },
    /// The file cannot be read.
    #[error("the peaks cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Where everything is in a peaks file: what its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeaksLayout {
    channels: u16,
    sample_rate: u32,
    frames_per_point: u32,
    frames: u64,
}

impl PeaksLayout {
    /// Reads the header from the first bytes of a peaks file, of which there must be 24 at least.
    ///
    /// # Errors
    /// If it is not the header of a peaks file.
    pub fn parse(head: &[u8]) -> Result<Self, PeaksError> {
        let invalid = |reason| PeaksError::Invalid { reason };
        let &head: &[u8; HEADER_BYTES as usize] =
            head.first_chunk().ok_or(invalid("they are too short for a header"))?;
        let [m0, m1, m2, m3, v0, v1, c0, c1, r0, r1, r2, r3, p0, p1, p2, p3, frames @ ..] = head;
        if [m0, m1, m2, m3] != MAGIC || u16::from_le_bytes([v0, v1]) != VERSION {
            return Err(invalid("they begin otherwise"));
        }
        let layout = Self {
            channels: u16::from_le_bytes([c0, c1]),
            sample_rate: u32::from_le_bytes([r0, r1, r2, r3]),
            frames_per_point: u32::from_le_bytes([p0, p1, p2, p3]),
            frames: u64::from_le_bytes(frames),
        };
        layout.checked().ok_or(invalid("a number in the header is out of range"))
    }

    fn checked(self) -> Option<Self> {
        let one_point = u64::from(self.channels) * 2;
        let sound = self.channels > 0
            && one_point <= OVERVIEW_BYTES
            && self.sample_rate > 0
            && self.frames_per_point > 0
            && self.frames <= MOST_FRAMES;
        sound.then_some(self)
    }

    fn header(&self) -> Vec<u8> {
        let mut bytes = Vec::from(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.channels.to_le_bytes());
        bytes.extend(self.sample_rate.to_le_bytes());
        bytes.extend(self.frames_per_point.to_le_bytes());
        bytes.extend(self.frames.to_le_bytes());
        bytes
    }

    /// How many channels there are.
    #[must_use]
    pub fn channels(&self) -> u16 {
        self.channels
    }

    /// Frames per second, in Hz.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// Frames of the whole recording.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// How many levels there are; level 0 is the finest, the last one the overview.
    #[must_use]
    pub fn levels(&self) -> u32 {
        let mut level = 0;
        while self.points(level) * self.point_bytes() > OVERVIEW_BYTES {
            level += 1;
        }
        level + 1
    }

    /// How many points a level has.
    #[must_use]
    pub fn points(&self, level: u32) -> u64 {
        let finest = self.frames.div_ceil(u64::from(self.frames_per_point));
        finest.div_ceil(1_u64.checked_shl(level).unwrap_or(u64::MAX))
    }

    /// How many frames one point of a level covers.
    #[must_use]
    pub fn frames_per_point(&self, level: u32) -> u64 {
        u64::from(self.frames_per_point).saturating_mul(1_u64.checked_shl(level).unwrap_or(u64::MAX))
    }

    /// The bytes of the overview, the coarsest level: at most 8192, and none for a recording without sound.
    #[must_use]
    pub fn overview(&self) -> Range<u64> {
        let last = self.levels() - 1;
        HEADER_BYTES..HEADER_BYTES + self.points(last) * self.point_bytes()
    }

    /// The bytes of one tile, [`TILE_POINTS`] points from `index` times as many on; none where there is no such tile.
    #[must_use]
    pub fn tile(&self, level: u32, index: u64) -> Option<Range<u64>> {
        let points = self.points(level);
        let first =
            index.checked_mul(TILE_POINTS).filter(|first| level < self.levels() && *first < points)?;
        let last = (first + TILE_POINTS).min(points);
        let start = self.level_start(level);
        Some(start + first * self.point_bytes()..start + last * self.point_bytes())
    }

    /// How many bytes the whole file has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.level_start(self.levels())
    }

    fn point_bytes(&self) -> u64 {
        u64::from(self.channels) * 2
    }

    fn level_start(&self, level: u32) -> u64 {
        OPENING_BYTES + (0..level).map(|finer| self.points(finer) * self.point_bytes()).sum::<u64>()
    }
}

/// A peaks file that can be read at any place. Where the file lies elsewhere, as in S3, [`PeaksLayout`] tells which
/// bytes to ask for.
#[derive(Debug)]
pub struct Peaks<R> {
    file: R,
    layout: PeaksLayout,
}

impl<R: Read + Seek> Peaks<R> {
    /// Opens a peaks file.
    ///
    /// # Errors
    /// If it cannot be read or is none.
    pub fn open(mut file: R) -> Result<Self, PeaksError> {
        file.rewind()?;
        let mut head = Vec::new();
        (&mut file).take(HEADER_BYTES).read_to_end(&mut head)?;
        Ok(Self { layout: PeaksLayout::parse(&head)?, file })
    }

    /// What the header says.
    pub fn layout(&self) -> &PeaksLayout {
        &self.layout
    }

    /// The coarsest level, in the order that the module tells.
    ///
    /// # Errors
    /// If the file cannot be read or is too short.
    pub fn overview(&mut self) -> Result<Vec<i8>, PeaksError> {
        self.read(self.layout.overview())
    }

    /// A tile; none where there is no such one.
    ///
    /// # Errors
    /// If the file cannot be read or is too short.
    pub fn tile(&mut self, level: u32, index: u64) -> Result<Option<Vec<i8>>, PeaksError> {
        self.layout.tile(level, index).map(|range| self.read(range)).transpose()
    }

    fn read(&mut self, range: Range<u64>) -> Result<Vec<i8>, PeaksError> {
        self.file.seek(SeekFrom::Start(range.start))?;
        let mut bytes = Vec::new();
        let wanted = range.end - range.start;
        if (&mut self.file).take(wanted).read_to_end(&mut bytes)? as u64 != wanted {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(bytes.into_iter().map(u8::cast_signed).collect())
    }
}
