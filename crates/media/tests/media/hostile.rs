//! Files that are broken, or made to harm: no panic, little time, little memory, and a reason in words.

use std::{
    fs,
    io::{self, Cursor, Read, Seek, SeekFrom},
    time::{Duration, Instant},
};

use media::{Facts, Fault, Limits, MediaError, examine};

use crate::fixtures::{self, all, facts, limits, look};

/// A file of which only the beginning is kept, and the rest is made up: zeros, as in a sparse file.
struct Sparse {
    head: Vec<u8>,
    length: u64,
    position: u64,
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = usize::try_from(self.length - self.position.min(self.length)).unwrap().min(buffer.len());
        buffer[..count].fill(0);
        let head = usize::try_from(self.position).ok().and_then(|at| self.head.get(at..)).unwrap_or_default();
        let known = head.len().min(count);
        buffer[..known].copy_from_slice(&head[..known]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?,
            SeekFrom::Current(by) => {
                self.position.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?
            }
        };
        Ok(self.position)
    }
}

fn wav_header(rate: u32, channels: u16, bits: u16, data: u32) -> Vec<u8> {
    let mut head = b"RIFF".to_vec();
    head.extend(data.saturating_add(36).to_le_bytes());
    head.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    head.extend(channels.to_le_bytes());
    head.extend(rate.to_le_bytes());
    head.extend((rate.wrapping_mul(u32::from(channels) * u32::from(bits) / 8)).to_le_bytes());
    head.extend((channels * (bits / 8)).to_le_bytes());
    head.extend(bits.to_le_bytes());
    head.extend(b"data");
    head.extend(data.to_le_bytes());
    head
}

#[test]
fn empty_and_foreign_files_are_refused() {
    assert!(matches!(look(b""), Err(MediaError::Empty)));
    let text = "not a recording at all ".repeat(1000);
    assert!(matches!(look(text.as_bytes()), Err(MediaError::Unrecognised)));
    let noise: Vec<u8> = (0..100_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(matches!(look(&noise), Err(MediaError::Unrecognised)));
    for head in [
        &b"RIFF\0\0\0\0WAVE"[..],
        b"OggS",
        b"ID3",
        b"\0\0\0\x10ftypisom\0\0\0\0",
        b"\x1a\x45\xdf\xa3\x42\x82\x84webm",
    ] {
        let mut bytes = head.to_vec();
        assert!(look(&bytes).is_err(), "{head:?}");
        bytes.extend(&noise);
        assert!(look(&bytes).is_err(), "{head:?} and noise");
    }
}

/// A file's name and what its sender says of it play no part.
#[test]
fn a_wrong_label_is_no_matter() {
    let mislabelled = fixtures::folder().join("really-mp3.wav");
    fs::copy(fixtures::mp3(), &mislabelled).unwrap();
    assert_eq!(facts(&mislabelled).container, media::Container::Mp3);
}

#[test]
fn thirty_hours_are_refused_at_once() {
    let refused = |head: Vec<u8>, length: u64, limits: &Limits| {
        let started = Instant::now();
        let source = Sparse { head, length, position: 0 };
        let error = examine(source, limits, &mut Cursor::new(Vec::new())).unwrap_err();
        assert!(matches!(error, MediaError::TooLong { .. }), "{error}");
        started.elapsed()
    };
    // One that says so, with all of its bytes there.
    let data = 8000 * 2 * 3600 * 30;
    let declared = wav_header(8000, 1, 16, data);
    assert!(refused(declared, u64::from(data) + 44, &Limits::default()) < Duration::from_secs(5));
    // One that does not say: only decoding finds out, and goes no further than the limit.
    let undeclared = wav_header(8000, 1, 8, u32::MAX);
    assert!(refused(undeclared, 8000 * 3600 * 30, &limits()) < Duration::from_secs(60));
}

#[test]
fn more_than_is_allowed_is_refused() {
    let small = Limits { most_bytes: 1000, ..limits() };
    let bytes = fs::read(fixtures::wav()).unwrap();
    let outcome =
        |bytes: &[u8], limits: &Limits| examine(Cursor::new(bytes), limits, &mut Cursor::new(Vec::new()));
    assert!(matches!(outcome(&bytes, &small), Err(MediaError::TooLarge { most: 1000, .. })));
    let channels = [wav_header(8000, 9, 16, 18_000), vec![0; 18_000]].concat();
    assert!(matches!(look(&channels), Err(MediaError::TooManyChannels { channels: 9, most: 8 })));
    let impatient = Limits { patience: Duration::ZERO, ..limits() };
    assert!(matches!(outcome(&bytes, &impatient), Err(MediaError::TooSlow { .. })));
    let rate = [wav_header(4_000_000_000, 1, 16, 18_000), vec![0; 18_000]].concat();
    assert!(matches!(look(&rate), Err(MediaError::NoAudio { .. } | MediaError::Damaged { .. })));
}

/// Sizes that a file declares and does not have, or has in order to be read into memory.
#[test]
fn declared_sizes_are_not_believed() {
    // A WAV whose data is to be four gigabytes.
    let huge = [wav_header(8000, 1, 16, u32::MAX - 1), vec![1; 32_000]].concat();
    let found = look(&huge).unwrap();
    assert_eq!(found.duration_ms, 2000);
    assert!(matches!(found.faults[0], Fault::CutOff { missing_bytes: Some(_) }), "{found:?}");

    // An MP4 with an index of a gigabyte, all of it there.
    let mut index = b"\0\0\0\x10ftypisom\0\0\0\0\x40\0\0\0moov\x3f\xff\xff\xf8trak".to_vec();
    index.resize(64, 0);
    let source = Sparse { head: index, length: (1 << 30) + 16, position: 0 };
    let outcome = examine(source, &limits(), &mut Cursor::new(Vec::new()));
    assert!(matches!(outcome, Err(MediaError::TooMuchMemory { .. })), "{outcome:?}");

    // A WebM with an element of a gigabyte before its tracks.
    let mut element = fs::read(fixtures::webm()).unwrap()[..60].to_vec();
    let segment = element.windows(4).position(|window| window == b"\x18\x53\x80\x67").unwrap();
    element.truncate(segment + 4);
    element.extend(b"\x01\0\0\0\x40\0\0\0\x15\x49\xa9\x66\x08\x3f\xff\xff\x00");
    let source = Sparse { head: element, length: 1 << 30, position: 0 };
    assert!(examine(source, &limits(), &mut Cursor::new(Vec::new())).is_err());

    // An ID3 tag of 256 MB before nothing.
    assert!(look(b"ID3\x04\0\0\x7f\x7f\x7f\x7f and nothing").is_err());
}

/// PITFALL-97: what is cut off says so, and the part that is there can be heard.
#[test]
fn truncated_files_tell_of_it() {
    for (path, codec, picture, length) in all() {
        let bytes = fs::read(&path).unwrap();
        let name = path.display();
        match look(&bytes[..bytes.len() / 2]) {
            Ok(Facts { duration_ms, faults, .. }) => {
                assert!(duration_ms > length / 4 && duration_ms < length * 3 / 4, "{name}: {duration_ms} ms");
                assert!(faults.iter().any(Fault::is_incomplete), "{name}: {faults:?}");
            }
            // The index of these is at the end.
            Err(MediaError::Damaged { reason }) => {
                assert!(codec == "aac", "{name}");
                assert_eq!(reason, "its index is missing, as in a recording that was broken off");
            }
            Err(other) => panic!("{name}, {picture:?}: {other}"),
        }
    }
}

#[test]
fn a_recorder_that_died_leaves_what_it_had() {
    let mut bytes = fs::read(fixtures::wav()).unwrap();
    let data = bytes.windows(4).position(|window| window == b"data").unwrap();
    for unfinished in [0x00, 0xff] {
        bytes[4..8].fill(unfinished);
        bytes[data + 4..data + 8].fill(unfinished);
        let found = look(&bytes).unwrap();
        assert!(found.duration_ms.abs_diff(99_954) < 100, "lengths of {unfinished}: {found:?}");
        assert_eq!(found.is_incomplete(), unfinished == 0);
    }
    bytes.truncate(bytes.len() / 3);
    assert!(look(&bytes).unwrap().duration_ms > 30_000);
}

/// A generator of numbers without a pattern, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// The first seconds of each kind of file, small enough to be broken many times.
fn small_files() -> Vec<(String, Vec<u8>)> {
    let kinds: [(&str, &[&str]); 6] = [
        ("s.wav", &["-c:a", "pcm_s16le"]),
        ("s.mp3", &["-c:a", "libmp3lame"]),
        ("s.m4a", &["-c:a", "aac"]),
        ("s.ogg", &["-c:a", "libvorbis"]),
        ("s.opus", &["-c:a", "libopus"]),
        ("s.webm", &["-c:a", "libopus"]),
    ];
    let made = kinds.map(|(name, coding)| {
        let path = fixtures::made(name, &[&["-t", "2"], coding].concat());
        (name.to_owned(), fs::read(path).unwrap())
    });
    made.into()
}

/// However a file is broken, it is examined or refused within seconds, and no decoder panics.
#[test]
fn broken_files_are_examined_or_refused() {
    let rounds = if std::env::var_os("RAPPORT_TEST_FULL").is_some() { 3000 } else { 150 };
    let mut chance = Chance(42);
    for (name, whole) in small_files() {
        let mut slowest = Duration::ZERO;
        for round in 0..rounds {
            let mut bytes = whole.clone();
            // Half of the faults lie in the headers.
            let reach = if round % 2 == 0 { bytes.len() } else { 600 };
            for _ in 0..=chance.below(12) {
                let at = chance.below(reach);
                bytes[at] = u8::try_from(chance.below(256)).unwrap();
            }
            if round % 3 == 0 {
                bytes.truncate(chance.below(bytes.len()));
            }
            let started = Instant::now();
            if let Err(MediaError::Damaged { reason }) = look(&bytes) {
                assert_ne!(reason, "its decoder gave up", "{name}, round {round}: a decoder panicked");
            }
            slowest = slowest.max(started.elapsed());
        }
        assert!(slowest < Duration::from_secs(20), "{name}: {slowest:?}");
    }
}
