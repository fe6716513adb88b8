//! Samples for speech recognition.

use std::{fs, io};

use media::pcm16k;

use crate::fixtures::{self, all, limits};

#[test]
fn every_container_gives_sixteen_kilohertz() {
    for (path, _, _, length) in all() {
        let mut longest = 0;
        let mut frames = 0;
        let pcm = pcm16k(fs::File::open(&path).unwrap(), &limits(), |planes| {
            assert!(planes.len() == 2 && planes[0].len() == planes[1].len());
            longest = longest.max(planes[0].len());
            frames += planes[0].len() as u64;
            Ok(())
        })
        .unwrap();
        assert_eq!((pcm.channels, pcm.frames), (2, frames));
        assert!((frames / 16).abs_diff(length) <= 130, "{}: {frames} frames", path.display());
        assert!(longest <= 16_000, "{}: a block of {longest}", path.display());
    }
}

/// A tone keeps its pitch, its loudness and its place, at rates that divide and at such that do not.
#[test]
fn a_tone_stays_what_it_is() {
    for rate in [8000_u32, 11_025, 16_000, 22_050, 44_100, 48_000] {
        let tone = |frame: u32| {
            (f64::from(frame) / f64::from(rate) * 440.0 * std::f64::consts::TAU).sin() * 16_384.0
        };
        let samples: Vec<i16> = (0..rate * 2).map(|frame| tone(frame) as i16).collect();
        let mut out = Vec::new();
        pcm16k(io::Cursor::new(crate::peaks::wav(rate, 1, &samples)), &limits(), |planes| {
            out.extend_from_slice(&planes[0]);
            Ok(())
        })
        .unwrap();
        assert_eq!(out.len(), 32_000, "{rate} Hz");
        let error = (1000..31_000)
            .map(|at| f64::from(out[at]) - (at as f64 / 16_000.0 * 440.0 * std::f64::consts::TAU).sin() / 2.0)
            .fold(0.0, |most: f64, error| most.max(error.abs()));
        assert!(error < 0.01, "{rate} Hz: off by {error}");
    }
}

#[test]
fn a_failing_sink_ends_it() {
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let outcome = pcm16k(fs::File::open(fixtures::wav()).unwrap(), &limits(), |_| Err(full()));
    assert!(
        matches!(outcome, Err(media::MediaError::Io(error)) if error.kind() == io::ErrorKind::StorageFull)
    );
}
