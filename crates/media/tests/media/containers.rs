//! Every kind of file is recognised by its content and examined.

use std::fs;

use media::{Container, Fault, sniff};

use crate::fixtures::{self, all, facts};

#[test]
fn every_container_is_told_by_its_bytes() {
    let kinds = all().into_iter().map(|(path, ..)| sniff(&fs::read(path).unwrap()));
    use Container::{Mp3, Mp4, Ogg, Wav, Webm};
    let expected = [Ogg, Wav, Mp3, Mp4, Ogg, Webm, Mp4, Webm];
    assert_eq!(kinds.collect::<Vec<_>>(), expected.map(Some));
}

#[test]
fn other_files_are_not_taken_for_recordings() {
    let others: [&[u8]; 9] = [
        b"",
        b"RIFF\x24\0\0\0AVI LIST",
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska",
        b"#EXTM3U\nhttp://127.0.0.1/secret",
        b"<html><body>",
        b"\xff\xfb\x90\x64 two bytes of an MPEG header and then words",
        b"%PDF-1.7",
    ];
    for bytes in others {
        assert_eq!(sniff(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
    }
}

/// PITFALL-91: length and rate are those of what is decoded.
#[test]
fn every_container_is_examined() {
    for (path, codec, picture, length) in all() {
        let found = facts(&path);
        let name = path.display();
        assert_eq!(found.audio_codec, codec, "{name}");
        assert_eq!(found.video_codec.as_deref(), picture, "{name}");
        // Codecs that pad to whole packets add up to a tenth of a second.
        assert!(found.duration_ms.abs_diff(length) <= 130, "{name}: {} ms", found.duration_ms);
        assert_eq!(found.faults, [], "{name}");
        assert_eq!(found.channels.len(), 2, "{name}");
        for channel in &found.channels {
            assert!((-40.0..-15.0).contains(&channel.rms_dbfs), "{name}: {channel:?}");
            assert!((-15.0..=3.0).contains(&channel.peak_dbfs), "{name}: {channel:?}");
            assert!(channel.sound.is_some(), "{name}");
        }
        let rate = if codec == "opus" { 48_000 } else { 16_000 };
        assert_eq!(found.sample_rate, rate, "{name}");
    }
}

/// The samples are those that another decoder finds.
#[test]
fn opus_is_decoded_as_libopus_decodes_it() {
    let theirs = fixtures::decoded(&fixtures::call(), "16000", &["-c:a", "libopus"]);
    let mut ours = Vec::new();
    media::pcm16k(fs::File::open(fixtures::call()).unwrap(), &fixtures::limits(), |planes| {
        ours.extend(planes[0].iter().zip(&planes[1]).flat_map(|(left, right)| [*left, *right]));
        Ok(())
    })
    .unwrap();
    assert!(ours.len().abs_diff(theirs.len()) < 640, "{} and {} samples", ours.len(), theirs.len());
    // The two resample in different ways, which shifts by a few samples: compare what both are at their best.
    let likeness = (-40..=40_i32).map(|shift| likeness(&ours, &theirs, shift * 2)).fold(0.0, f64::max);
    assert!(likeness > 0.99, "correlation {likeness}");
}

fn likeness(one: &[f32], other: &[f32], shift: i32) -> f64 {
    let (one, other) =
        if shift >= 0 { (&one[shift as usize..], other) } else { (one, &other[-shift as usize..]) };
    let sum = |pairs: &mut dyn Iterator<Item = (f32, f32)>| -> f64 {
        pairs.map(|(a, b)| f64::from(a) * f64::from(b)).sum()
    };
    let both = sum(&mut one.iter().copied().zip(other.iter().copied()));
    let ones = sum(&mut one.iter().copied().zip(one.iter().copied()));
    let others = sum(&mut other.iter().copied().zip(other.iter().copied()));
    both / (ones * others).sqrt()
}

/// PITFALL-91, PITFALL-96: a moment is the same moment in every kind of file, whatever its encoder put before it.
#[test]
fn every_container_keeps_the_time_line() {
    let left = |path: std::path::PathBuf| {
        let mut samples = Vec::new();
        let sink = |planes: &[Vec<f32>]| {
            samples.extend_from_slice(&planes[0]);
            Ok(())
        };
        media::pcm16k(fs::File::open(path).unwrap(), &fixtures::limits(), sink).unwrap();
        samples.truncate(16_000 * 18);
        samples
    };
    let reference = left(fixtures::wav());
    for (path, ..) in all() {
        let name = path.display().to_string();
        // From a second on, so that earlier and later can be told.
        let late = fixtures::lateness(&left(path)[16_000..], &reference, 16_000, 8);
        assert!(late.abs() <= 80, "{name}: late by {late} samples");
    }
}

/// What SIP recorders write: 8 kHz, a party on each channel, digital silence while the other talks. Nothing is wrong
/// with that, though each channel is silent for half of the call.
#[test]
fn a_sip_recording_of_two_parties_is_sound() {
    let gates = "aresample=8000,channelsplit=channel_layout=stereo[l][r];[l]volume=0:enable='lt(t,9)'[a];\
                 [r]volume=0:enable='gte(t,9)'[b];[a][b]join=inputs=2:channel_layout=stereo";
    let path = fixtures::made("sip.wav", &["-t", "15", "-filter_complex", gates, "-c:a", "pcm_s16le"]);
    let found = facts(&path);
    assert_eq!((found.sample_rate, found.channels.len()), (8000, 2));
    assert_eq!(found.faults, []);
    let sounds: Vec<_> = found.channels.iter().filter_map(|channel| channel.sound).collect();
    assert!(sounds[0].first_ms >= 8_900 && sounds[1].last_ms <= 9_100, "{sounds:?}");
}

/// PITFALL-97: a side that is lost is told of.
#[test]
fn silence_is_said() {
    let right_only = fixtures::made("right.wav", &["-t", "20", "-af", "pan=stereo|c1=c1"]);
    let found = facts(&right_only);
    assert_eq!(found.faults, [Fault::Silent { channel: 1 }]);
    assert_eq!(found.channels[0].rms_dbfs, -120.0);
    assert!(!found.is_silent() && !found.is_incomplete());

    let offset = fixtures::made("offset.wav", &["-t", "5", "-af", "volume=0,dcshift=0.1"]);
    let found = facts(&offset);
    assert!(found.is_silent(), "a constant offset is no sound: {found:?}");
    assert_eq!(found.faults[0].to_string(), "channel 1 is silent");

    let lost = fixtures::made(
        "lost.wav",
        &["-filter_complex", "channelsplit[l][r];[r]volume=0:enable='gte(t,20)'[b];[l][b]join=inputs=2"],
    );
    let [Fault::FallsSilent { channel: 2, at_ms }] = facts(&lost).faults[..] else {
        panic!("{:?}", facts(&lost).faults)
    };
    assert!((12_000..=20_100).contains(&at_ms), "{at_ms}");
}

/// A recording in which the sender paused keeps its time line: what is said after the pause is found where players
/// play it.
#[test]
fn pauses_in_the_file_are_silence() {
    let path = fixtures::made(
        "pause.webm",
        &["-t", "20", "-af", "aselect='not(between(t,5,12))'", "-c:a", "libopus"],
    );
    let found = facts(&path);
    assert!(found.duration_ms.abs_diff(20_000) < 100, "{} ms", found.duration_ms);
}
