//! Files made at test time, each once.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use media::{Facts, Limits, MediaError, examine};

/// The call: Just under 100 seconds, two channels, 16 kHz, Opus.
pub fn call() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/audio/call_synth_stereo.ogg")
}

/// A folder of this test run.
pub fn folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("media-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    });
    &FOLDER
}

/// Runs ffmpeg, which `cargo xtask test` installs.
pub fn ffmpeg(arguments: &[&str]) {
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(arguments)
        .output()
        .expect("ffmpeg is needed: apt-get install ffmpeg");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Makes a file of the given name from the call, with ffmpeg's arguments for its output.
pub fn made(name: &str, arguments: &[&str]) -> PathBuf {
    let path = folder().join(name);
    let (call, out) = (call(), path.to_str().unwrap().to_owned());
    ffmpeg(&[&["-i", call.to_str().unwrap()], arguments, &[out.as_str()]].concat());
    path
}

macro_rules! fixture {
    ($(#[$about:meta])* $name:ident, $file:literal, $($argument:literal),*) => {
        $(#[$about])*
        pub fn $name() -> PathBuf {
            static PATH: LazyLock<PathBuf> = LazyLock::new(|| made($file, &[$($argument),*]));
            PATH.clone()
        }
    };
}

fixture!(
    /// PCM of 16 bits.
    wav, "call.wav", "-ar", "16000", "-c:a", "pcm_s16le"
);
fixture!(
    /// MP3 with a header that tells its length.
    mp3, "call.mp3", "-ar", "16000", "-c:a", "libmp3lame", "-q:a", "6"
);
fixture!(
    /// AAC in MP4 without a picture.
    m4a, "call.m4a", "-ar", "16000", "-c:a", "aac", "-b:a", "48k"
);
fixture!(
    /// Vorbis.
    vorbis, "vorbis.ogg", "-ar", "16000", "-c:a", "libvorbis"
);
fixture!(
    /// Opus as browsers record it.
    webm, "call.webm", "-c:a", "libopus", "-b:a", "24k"
);

/// A picture of bars with the first 20 seconds of the call, coded as told.
fn video(name: &str, coding: &[&str]) -> PathBuf {
    let path = folder().join(name);
    let (call, out) = (call(), path.to_str().unwrap().to_owned());
    let input = [
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=160x90:rate=10:duration=20",
        "-i",
        call.to_str().unwrap(),
        "-t",
        "20",
    ];
    ffmpeg(&[&input, coding, &["-metadata", "title=Secret of the whole call", out.as_str()]].concat());
    path
}

/// H.264 and AAC in MP4.
pub fn mp4() -> PathBuf {
    static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
        video("video.mp4", &["-c:v", "libx264", "-preset", "ultrafast", "-ar", "16000", "-c:a", "aac"])
    });
    PATH.clone()
}

/// VP8 and Opus in WebM.
pub fn webm_video() -> PathBuf {
    static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
        video("video.webm", &["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"])
    });
    PATH.clone()
}

/// Every fixture with what `examine` should call it: path, audio codec, picture, length in milliseconds.
pub fn all() -> Vec<(PathBuf, &'static str, Option<&'static str>, u64)> {
    let length = 99_954;
    vec![
        (call(), "opus", None, length),
        (wav(), "pcm_s16le", None, length),
        (mp3(), "mp3", None, length),
        (m4a(), "aac", None, length),
        (vorbis(), "vorbis", None, length),
        (webm(), "opus", None, length),
        (mp4(), "aac", Some("h264"), 20_000),
        (webm_video(), "opus", Some("vp8"), 20_000),
    ]
}

/// Examines bytes, with limits for a test: half an hour of recording.
pub fn look(bytes: &[u8]) -> Result<Facts, MediaError> {
    examine(Cursor::new(bytes), &limits(), &mut Cursor::new(Vec::new()))
}

/// The limits of [`look`].
pub fn limits() -> Limits {
    Limits {
        longest: std::time::Duration::from_secs(30 * 60),
        patience: std::time::Duration::from_secs(300),
        ..Limits::default()
    }
}

/// Examines a file.
pub fn facts(path: &Path) -> Facts {
    look(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The call's samples as ffmpeg decodes them: interleaved, 16 bits, at a rate, from any file.
pub fn decoded(path: &Path, rate: &str, extra: &[&str]) -> Vec<f32> {
    let input = path.to_str().unwrap();
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error"])
        .args(extra)
        .args(["-i", input, "-map", "0:a:0", "-ac", "2", "-ar", rate, "-f", "s16le", "-"])
        .output()
        .unwrap();
    let samples =
        output.stdout.chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32768.0);
    samples.collect()
}

/// By how many samples at 16 kHz a clip is late against the same stretch of the whole, where the two are most alike;
/// up to 0.15 s, looked at in steps of as many samples.
pub fn lateness(clip: &[f32], whole: &[f32], start: usize, step: usize) -> i64 {
    let alike = |shift: i64| -> f64 {
        let Ok(begin) = usize::try_from(start as i64 - shift) else { return f64::NEG_INFINITY };
        let pairs = clip.iter().zip(whole.iter().skip(begin)).skip(8000).step_by(8);
        pairs.map(|(one, other)| f64::from(one * other)).sum()
    };
    (-2400..=2400).step_by(step).max_by(|one, other| alike(*one).total_cmp(&alike(*other))).unwrap()
}
