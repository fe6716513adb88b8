//! The waveform of a recording, in the format that `docs/api.md` tells: an overview, and closer levels by tiles.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::recording::Stretch;

const MAGIC: &[u8] = b"RPPK";
const VERSION: u16 = 1;
const HEADER_BYTES: usize = 24;
/// The overview is the finest level that takes no more bytes.
const OVERVIEW_BYTES: u64 = 8192;
/// How many points a tile has.
const TILE_POINTS: u64 = 2048;
/// Less of full scale counts as silence.
const QUIET: f32 = 0.02;

/// What is known of a waveform: its overview, and the tiles that were fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Peaks {
    channels: usize,
    /// How long a point of level 0 is, in milliseconds.
    point_ms: f64,
    /// How many points level 0 has.
    points: u64,
    coarsest: u32,
    /// The bytes of points by level and tile. The coarsest level is known whole, in the tiles it has.
    tiles: BTreeMap<(u32, u64), Vec<u8>>,
}

impl Peaks {
    /// Reads the beginning of a peaks file: header and overview. `None` for anything else.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER_BYTES)?;
        let at = |range: Range<usize>| header.get(range);
        if at(0..4)? != MAGIC || u16::from_le_bytes(at(4..6)?.try_into().ok()?) != VERSION {
            return None;
        }
        let channels = usize::from(u16::from_le_bytes(at(6..8)?.try_into().ok()?));
        let sample_rate = u32::from_le_bytes(at(8..12)?.try_into().ok()?);
        let frames_per_point = u32::from_le_bytes(at(12..16)?.try_into().ok()?);
        let frames = u64::from_le_bytes(at(16..24)?.try_into().ok()?);
        if channels == 0 || sample_rate == 0 || frames_per_point == 0 {
            return None;
        }
        let mut peaks = Self {
            channels,
            point_ms: f64::from(frames_per_point) * 1000.0 / f64::from(sample_rate),
            points: frames.div_ceil(u64::from(frames_per_point)),
            coarsest: 0,
            tiles: BTreeMap::new(),
        };
        let point_bytes = (channels * 2) as u64;
        while peaks.points_of(peaks.coarsest) * point_bytes > OVERVIEW_BYTES {
            peaks.coarsest += 1;
        }
        let overview = rest.get(..usize::try_from(peaks.points_of(peaks.coarsest) * point_bytes).ok()?)?;
        let tile_bytes = usize::try_from(TILE_POINTS * point_bytes).ok()?;
        for (index, tile) in (0..).zip(overview.chunks(tile_bytes)) {
            peaks.insert(peaks.coarsest, index, tile.to_vec());
        }
        Some(peaks)
    }

    /// Takes a tile that was fetched.
    pub fn insert(&mut self, level: u32, tile: u64, bytes: Vec<u8>) {
        self.tiles.insert((level, tile), bytes);
    }

    /// How many channels there are.
    pub fn channels(&self) -> usize {
        self.channels
    }

    fn points_of(&self, level: u32) -> u64 {
        self.points.div_ceil(1 << level)
    }

    fn point_ms_of(&self, level: u32) -> f64 {
        self.point_ms * (1_u64 << level) as f64
    }

    /// The coarsest level that still has a point for each of so many bars.
    fn level_for(&self, stretch: Stretch, bars: usize) -> u32 {
        let bar_ms = stretch.length_ms() / bars.max(1) as f64;
        (0..=self.coarsest).rev().find(|level| self.point_ms_of(*level) <= bar_ms).unwrap_or(0)
    }

    /// The tiles that so many bars of a stretch need and that are not there, as level and number.
    pub fn missing(&self, stretch: Stretch, bars: usize) -> Vec<(u32, u64)> {
        let level = self.level_for(stretch, bars);
        let tile_ms = self.point_ms_of(level) * TILE_POINTS as f64;
        let last = self.points_of(level).saturating_sub(1) / TILE_POINTS;
        let first = (stretch.from_ms / tile_ms) as u64;
        let until = ((stretch.until_ms / tile_ms) as u64).min(last);
        (first..=until).map(|tile| (level, tile)).filter(|tile| !self.tiles.contains_key(tile)).collect()
    }

    /// How loud each of so many bars of a stretch is, from 0 to 1: one channel, or the loudest of all. Where a tile is not
    /// there yet, the overview stands in.
    pub fn bars(&self, stretch: Stretch, bars: usize, channel: Option<usize>) -> Vec<f32> {
        let fine = self.level_for(stretch, bars);
        let bar_ms = stretch.length_ms() / bars.max(1) as f64;
        let bar = |index: usize| {
            let from_ms = stretch.from_ms + index as f64 * bar_ms;
            let range = from_ms..from_ms + bar_ms;
            let loudest = self.loudest(fine, range.clone(), channel);
            loudest.or_else(|| self.loudest(self.coarsest, range, channel)).unwrap_or_default()
        };
        (0..bars).map(bar).collect()
    }

    /// The loudest point of a time, in milliseconds; `None` when one of its points is not known.
    fn loudest(&self, level: u32, range: Range<f64>, channel: Option<usize>) -> Option<f32> {
        let point_ms = self.point_ms_of(level);
        let first = (range.start / point_ms) as u64;
        let until = ((range.end / point_ms).ceil() as u64).clamp(first + 1, self.points_of(level).max(1));
        (first..until)
            .try_fold(0.0_f32, |loudest, point| Some(loudest.max(self.point(level, point, channel)?)))
    }

    fn point(&self, level: u32, point: u64, channel: Option<usize>) -> Option<f32> {
        let tile = self.tiles.get(&(level, point / TILE_POINTS))?;
        let start = usize::try_from(point % TILE_POINTS).ok()? * self.channels * 2;
        let values = tile.get(start..start + self.channels * 2)?;
        let values = match channel.filter(|channel| *channel < self.channels) {
            Some(channel) => values.get(channel * 2..channel * 2 + 2)?,
            None => values,
        };
        let loudest = values.iter().map(|byte| byte.cast_signed().unsigned_abs()).max()?;
        Some((f32::from(loudest) / 127.0).min(1.0))
    }

    /// When there is something to hear, as exactly as the overview tells, in order of time.
    pub fn sound(&self) -> Vec<Range<i64>> {
        let point_ms = self.point_ms_of(self.coarsest);
        let is_loud = |point: &u64| self.point(self.coarsest, *point, None).is_some_and(|loud| loud > QUIET);
        let loud = (0..self.points_of(self.coarsest)).filter(is_loud);
        loud.map(|point| (point as f64 * point_ms) as i64..((point + 1) as f64 * point_ms) as i64).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    /// Stereo at 8 kHz with points of 10 ms: the first channel as loud as told, the second silent.
    fn file(points: u64, level: u32, loud: impl Fn(u64) -> i8) -> Vec<u8> {
        let mut bytes = Vec::from(MAGIC);
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend(2_u16.to_le_bytes());
        bytes.extend(8_000_u32.to_le_bytes());
        bytes.extend(80_u32.to_le_bytes());
        bytes.extend((points * 80).to_le_bytes());
        for point in 0..points.div_ceil(1 << level) {
            bytes.extend([(-loud(point)).cast_unsigned(), loud(point).cast_unsigned(), 0, 0]);
        }
        bytes.resize(24 + 8192, 0);
        bytes
    }

    #[test]
    fn the_overview_is_drawn_as_it_comes() {
        let peaks = Peaks::parse(&file(1_000, 0, |point| if point < 500 { 127 } else { 0 })).unwrap();
        let whole = Stretch::whole(10_000);
        assert_eq!(peaks.missing(whole, 100), []);
        let bars = peaks.bars(whole, 10, Some(0));
        assert_eq!(bars, [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(peaks.bars(whole, 2, Some(1)), [0.0, 0.0]);
        assert_eq!(peaks.bars(whole, 2, None), [1.0, 0.0]);
        assert_eq!(peaks.sound().last(), Some(&(4_990..5_000)));
    }

    #[test]
    fn three_hours_fit_into_the_overview_and_zooming_asks_for_tiles() {
        let mut peaks = Peaks::parse(&file(1_080_000, 10, |_| 64)).unwrap();
        let whole = Stretch::whole(10_800_000);
        assert_eq!(peaks.missing(whole, 300), []);
        let close = whole.zoomed(0.000_5, 6_000_000.0);
        let missing = peaks.missing(close, 260);
        assert!(!missing.is_empty() && missing.iter().all(|(level, _)| *level == 1), "{missing:?}");
        let before = peaks.bars(close, 4, None);
        assert!(before.iter().all(|bar| (bar - 64.0 / 127.0).abs() < 0.001), "the overview stands in");
        for (level, tile) in missing {
            peaks.insert(level, tile, vec![127; 2048 * 4]);
        }
        assert_eq!(peaks.missing(close, 260), []);
        assert_eq!(peaks.bars(close, 260, None).first(), Some(&1.0));
    }

    #[test]
    fn what_is_no_waveform_is_refused() {
        assert_eq!(Peaks::parse(b""), None);
        assert_eq!(Peaks::parse(&[0; 9000]), None);
        assert_eq!(Peaks::parse(file(10, 0, |_| 1).get(..30).unwrap()), None, "it is cut off");
    }
}
