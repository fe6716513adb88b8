//! Waveforms: the format, and that it shows what is there.

use std::{fs, io::Cursor};

use media::{
    examine,
    peaks::{OPENING_BYTES, Peaks, PeaksLayout, TILE_POINTS},
};

use crate::fixtures::{self, limits};

fn peaks_of(bytes: Vec<u8>) -> Vec<u8> {
    let mut peaks = Cursor::new(Vec::new());
    examine(Cursor::new(bytes), &limits(), &mut peaks).unwrap();
    peaks.into_inner()
}

/// A WAV of 16 bits with the given samples, interleaved.
pub fn wav(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
    samples.iter().for_each(|sample| writer.write_sample(*sample).unwrap());
    writer.finalize().unwrap();
    bytes.into_inner()
}

#[test]
fn every_level_holds_the_extremes_of_the_samples() {
    // Numbers without a pattern, the second channel at a quarter of the first; the last point is not full.
    let mut state = 1_u32;
    let frames = 8000 * 60 + 33;
    let samples: Vec<i16> = (0..frames)
        .flat_map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let sample = (state >> 16) as i16;
            [sample, sample / 4]
        })
        .collect();
    let bytes = peaks_of(wav(8000, 2, &samples));
    let mut peaks = Peaks::open(Cursor::new(&bytes)).unwrap();
    let layout = *peaks.layout();
    assert_eq!((layout.channels(), layout.sample_rate(), layout.frames()), (2, 8000, frames));
    assert_eq!(layout.bytes(), bytes.len() as u64);
    assert_eq!(layout.levels(), 3);
    for level in 0..layout.levels() {
        let mut values = Vec::new();
        for index in 0.. {
            let Some(tile) = peaks.tile(level, index).unwrap() else { break };
            assert!(tile.len() as u64 <= TILE_POINTS * 4);
            values.extend(tile);
        }
        assert_eq!(values.len() as u64, layout.points(level) * 4);
        let per_point = usize::try_from(layout.frames_per_point(level)).unwrap() * 2;
        for (point, stored) in samples.chunks(per_point).zip(values.chunks(4)) {
            for channel in 0..2 {
                let values =
                    || point.iter().skip(channel).step_by(2).map(|sample| f32::from(*sample) / 32768.0);
                let expected = [values().fold(1.0, f32::min), values().fold(-1.0, f32::max)];
                assert_eq!(stored[channel * 2..][..2], expected.map(|value| (value * 127.0).round() as i8));
            }
        }
        if level + 1 == layout.levels() {
            assert_eq!(peaks.overview().unwrap(), values);
        }
    }
    assert_eq!(peaks.tile(layout.levels(), 0).unwrap(), None);
    assert_eq!(peaks.tile(0, u64::MAX).unwrap(), None);
}

/// PITFALL-88: a recording of any length opens with eight kilobytes.
#[test]
fn the_overview_is_small_at_any_length() {
    let three_hours = wav(8000, 1, &vec![1000; 8000 * 60]);
    let short = peaks_of(three_hours);
    for frames in [1_u64, 80, 8000 * 60, 8000 * 3600 * 3, 48_000 * 3600 * 100] {
        let mut head = short[..24].to_vec();
        head[6..8].copy_from_slice(&2_u16.to_le_bytes());
        head[16..24].copy_from_slice(&frames.to_le_bytes());
        let layout = PeaksLayout::parse(&head).unwrap();
        let overview = layout.overview();
        assert!(overview.end <= OPENING_BYTES && OPENING_BYTES == 8216);
        assert!(frames < 8000 * 60 || overview.end - overview.start > 4096, "{frames}: {overview:?}");
    }
}

#[test]
fn what_is_no_peaks_file_is_refused() {
    let peaks = peaks_of(wav(8000, 1, &[1; 800]));
    assert!(PeaksLayout::parse(&peaks).is_ok());
    assert!(PeaksLayout::parse(&peaks[..23]).is_err());
    for (at, value) in [(0, b'X'), (4, 9), (6, 0), (8, 0), (12, 0), (23, 255)] {
        let mut head = peaks[..24].to_vec();
        head[at] = value;
        if matches!(at, 8 | 12) {
            head[at..at + 4].fill(0);
        }
        assert!(PeaksLayout::parse(&head).is_err(), "byte {at}");
    }
    let mut cut = Peaks::open(Cursor::new(&peaks[..30])).unwrap();
    assert!(cut.overview().is_err());
}

/// The same sounds give the same picture, whatever they are coded in.
#[test]
fn codecs_agree_on_the_waveform() {
    let overview = |path: std::path::PathBuf| {
        let bytes = peaks_of(fs::read(path).unwrap());
        let mut peaks = Peaks::open(Cursor::new(bytes)).unwrap();
        let points_per_second =
            f64::from(peaks.layout().sample_rate()) / peaks.layout().frames_per_point(3) as f64;
        assert!((points_per_second - 12.5).abs() < 0.01);
        peaks.overview().unwrap();
        peaks.tile(3, 0).unwrap().unwrap()
    };
    let reference = overview(fixtures::wav());
    for path in [fixtures::call(), fixtures::mp3(), fixtures::m4a(), fixtures::webm(), fixtures::vorbis()] {
        let name = path.display().to_string();
        let other = overview(path);
        let different =
            reference.iter().zip(&other).filter(|(one, other)| one.abs_diff(**other) > 30).count();
        assert!(different * 20 < reference.len(), "{name}: {different} of {} differ", reference.len());
    }
}
