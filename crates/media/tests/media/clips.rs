//! Clips hold what they were asked to hold, and nothing else: each is decoded without its edit list.

use std::{fs, path::Path};

use media::{
    Clip, Container, Limits, MediaError,
    cut::{self, Ffmpeg, SLACK_MS},
};

use crate::fixtures::{self, all, facts, folder, lateness, limits};

const RATE: usize = 16_000;

fn tool() -> Ffmpeg {
    Ffmpeg::find(None).unwrap_or_else(|error| panic!("ffmpeg is needed: apt-get install ffmpeg: {error}"))
}

fn cut_out(path: &Path, span: (u64, u64), ffmpeg: Option<&Ffmpeg>, into: &Path) -> Result<Clip, MediaError> {
    cut::cut(&range(path, span), ffmpeg, &limits(), into)
}

fn range(path: &Path, (start_ms, end_ms): (u64, u64)) -> cut::Range<'_> {
    let facts = facts(path);
    let picture = facts.video_codec.is_some();
    cut::Range {
        recording: path,
        container: facts.container,
        picture,
        duration_ms: facts.duration_ms,
        start_ms,
        end_ms,
    }
}

/// Left channel of what a player that ignores edit lists finds in a clip.
fn everything_in(path: &Path, container: Container) -> Vec<f32> {
    let ignore: &[&str] = if container == Container::Mp4 { &["-ignore_editlist", "1"] } else { &[] };
    left(&fixtures::decoded(path, "16000", ignore))
}

fn left(samples: &[f32]) -> Vec<f32> {
    samples.iter().step_by(2).copied().collect()
}

fn check(path: &Path, span: (u64, u64), clip: &Clip, into: &Path) {
    let name = format!("{} {span:?} -> {clip:?}", path.display());
    let (whole, heard) = (left(&fixtures::decoded(path, "16000", &[])), everything_in(into, clip.container));
    let wanted = (span.1 - span.0) as usize * RATE / 1000;
    let slack = SLACK_MS as usize * RATE / 1000;
    assert!(heard.len() <= wanted + slack, "{name}: {} samples for {wanted}", heard.len());
    assert!(heard.len() + 2 * slack >= wanted, "{name}: {} samples for {wanted}", heard.len());
    let late = lateness(&heard, &whole, span.0 as usize * RATE / 1000, 16);
    assert!(late.unsigned_abs() as usize <= slack + RATE / 50, "{name}: late by {late} samples");
    assert!(clip.duration_ms <= span.1 - span.0 + SLACK_MS, "{name}");
    let bytes = fs::read(into).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"Secret"), "{name}: metadata is still there");
    assert_eq!(media::sniff(&bytes), Some(clip.container), "{name}");
}

#[test]
fn a_clip_holds_its_range_and_nothing_else() {
    let ffmpeg = tool();
    for (number, (path, _, picture, length)) in all().into_iter().enumerate() {
        for span in [(7_000, 13_500), (0, 4_000), (length - 5_100, length - 100)] {
            let into = folder().join(format!("clip-{number}-{}", span.0));
            let clip = cut_out(&path, span, Some(&ffmpeg), &into)
                .unwrap_or_else(|error| panic!("{path:?}: {error}"));
            assert_eq!(clip.picture, picture.is_some());
            assert!(!clip.picture_left_out);
            check(&path, span, &clip, &into);
        }
    }
}

#[test]
fn a_clip_with_a_picture_shows_its_range_alone() {
    let into = folder().join("picture");
    let clip = cut_out(&fixtures::mp4(), (5_000, 8_000), Some(&tool()), &into).unwrap();
    assert_eq!(clip.media_type(), "video/mp4");
    let count = std::process::Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-ignore_editlist",
            "1",
            "-count_frames",
            "-show_entries",
            "stream=codec_type,nb_read_frames",
        ])
        .args(["-of", "csv=p=0"])
        .arg(&into)
        .output()
        .unwrap();
    let streams = String::from_utf8_lossy(&count.stdout);
    let picture = streams.lines().find_map(|line| line.strip_prefix("video,")).unwrap();
    // Ten pictures a second.
    assert!((29..=31).contains(&picture.trim_matches(',').parse::<u32>().unwrap()), "{streams}");
    assert_eq!(streams.lines().count(), 2, "one picture, one sound: {streams}");
}

#[test]
fn without_ffmpeg_a_clip_is_exact_wav() {
    for (number, (path, _, picture, _)) in all().into_iter().enumerate() {
        let into = folder().join(format!("wav-{number}"));
        let span = (7_000, 9_250);
        let clip = cut_out(&path, span, None, &into).unwrap();
        assert_eq!((clip.container, clip.picture, clip.duration_ms), (Container::Wav, false, 2_250));
        assert_eq!(clip.picture_left_out, picture.is_some());
        check(&path, span, &clip, &into);
    }
}

#[test]
fn bounds_outside_the_recording_are_refused() {
    let into = folder().join("outside");
    for (span, field) in
        [((0, 100_500), "end_ms"), ((5_000, 5_000), "start_ms"), ((6_000, 5_000), "start_ms")]
    {
        let error = cut_out(&fixtures::call(), span, None, &into).unwrap_err();
        assert!(
            matches!(error, MediaError::Bounds { field: found, .. } if found == field),
            "{span:?}: {error}"
        );
        assert!(!into.exists());
    }
}

/// A recording that names other files, as playlists do, is read as nothing but what it was found to be.
#[test]
fn ffmpeg_follows_no_references() {
    let list = folder().join("list.wav");
    fs::write(&list, format!("ffconcat version 1.0\nfile '{}'\n", fixtures::wav().display())).unwrap();
    let wav = fixtures::wav();
    let range = cut::Range { recording: &list, ..range(&wav, (0, 1000)) };
    let into = folder().join("followed");
    let error = cut::cut(&range, Some(&tool()), &limits(), &into).unwrap_err();
    assert!(matches!(error, MediaError::Ffmpeg { .. }), "{error}");
    assert!(!into.exists());
}

#[test]
fn ffmpeg_that_takes_too_long_is_ended() {
    let hasty = Limits { patience: std::time::Duration::from_millis(1), ..limits() };
    let path = fixtures::mp4();
    let into = folder().join("hasty");
    let error = cut::cut(&range(&path, (0, 19_000)), Some(&tool()), &hasty, &into).unwrap_err();
    assert!(matches!(error, MediaError::TooSlow { .. }), "{error}");
    assert!(!into.exists());
}

#[test]
fn what_is_no_ffmpeg_is_not_taken_for_it() {
    assert!(!tool().version().is_empty());
    for other in ["/nonexistent/ffmpeg", "/bin/true", "/bin/cat"] {
        assert!(Ffmpeg::find(Some(Path::new(other))).is_err(), "{other}");
    }
}
