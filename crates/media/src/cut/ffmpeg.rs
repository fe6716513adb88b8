//! Cutting with ffmpeg, a program of its own that is found at run time.

use std::{
    ffi::{OsStr, OsString},
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::Range;
use crate::{Container, Limits, MediaError};

/// An ffmpeg that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ffmpeg {
    program: PathBuf,
    version: String,
}

/// How long ffmpeg may take to tell its version: the first time, two hundred libraries are read from the disk.
const ANSWER: Duration = Duration::from_secs(30);
/// How often a running ffmpeg is looked after.
const LOOK: Duration = Duration::from_millis(10);
/// How much of what ffmpeg says is kept, in bytes.
const MOST_SAID: u64 = 16 * 1024;
/// How much memory ffmpeg may ask for at one time, in bytes.
const MOST_ALLOCATED: &str = "268435456";

impl Ffmpeg {
    /// Asks the program at `path`, or the `ffmpeg` that the environment knows, for its version.
    ///
    /// # Errors
    /// [`MediaError::Io`] when it cannot be started, [`MediaError::TooSlow`] when it does not answer within 30 seconds,
    /// [`MediaError::Ffmpeg`] when its answer is not ffmpeg's.
    pub fn find(path: Option<&Path>) -> Result<Self, MediaError> {
        let program = path.unwrap_or(Path::new("ffmpeg"));
        let mut command = Command::new(program);
        command.arg("-version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let said = child.stdout.take().map(listen);
        let succeeded = wait(&mut child, ANSWER)?.ok_or(MediaError::TooSlow { patience: ANSWER })?;
        let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
        // "ffmpeg version 5.1.6 Copyright …"
        let version =
            said.split_whitespace().nth(2).filter(|_| succeeded && said.starts_with("ffmpeg version"));
        let Some(version) = version else {
            return Err(MediaError::Ffmpeg { reason: "it does not tell a version".to_owned() });
        };
        Ok(Self { program: program.to_owned(), version: version.to_owned() })
    }

    /// Its version, as it tells it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Copies the packets that begin within the range.
    pub(super) fn cut_packets(
        &self,
        range: &Range<'_>,
        limits: &Limits,
        into: &Path,
    ) -> Result<(), MediaError> {
        let mut arguments = input(range);
        // After the input, so that times are counted from its beginning: seeking in an MP3 guesses.
        arguments.extend(times(range));
        arguments.extend(["-map", "0:a:0", "-c:a", "copy", "-copypriorss", "0"].map(OsString::from));
        self.make(arguments, range.container, limits, into)
    }

    /// Codes the samples within the range anew.
    pub(super) fn cut_samples(
        &self,
        range: &Range<'_>,
        limits: &Limits,
        into: &Path,
    ) -> Result<(), MediaError> {
        let encoder = match range.container {
            Container::Wav => "pcm_s16le",
            Container::Mp3 => "libmp3lame",
            Container::Mp4 => "aac",
            Container::Ogg | Container::Webm => "libopus",
        };
        let mut arguments = input(range);
        arguments.extend(times(range));
        arguments.extend(["-map", "0:a:0", "-c:a", encoder].map(OsString::from));
        if range.container != Container::Wav {
            // The higher the rate, the shorter are packets and padding.
            arguments.extend(["-ar", "48000"].map(OsString::from));
        }
        self.make(arguments, range.container, limits, into)
    }

    /// Codes picture and sound within the range anew, into MP4.
    pub(super) fn cut_picture(
        &self,
        range: &Range<'_>,
        limits: &Limits,
        into: &Path,
    ) -> Result<(), MediaError> {
        // Before the input: from the nearest whole picture on, of which the surplus is decoded and dropped.
        let mut arguments = times(range).to_vec();
        arguments.extend(input(range));
        let coding = [
            "-map",
            "0:v:0",
            "-map",
            "0:a:0",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "23",
            // Whole pictures as browsers show them, in the order in which they are shown: no edit list is needed then.
            "-pix_fmt",
            "yuv420p",
            "-bf",
            "0",
            "-vf",
            "scale=trunc(iw/2)*2:trunc(ih/2)*2",
            "-c:a",
            "aac",
            "-b:a",
            "96k",
            "-ar",
            "48000",
            "-shortest",
        ];
        arguments.extend(coding.map(OsString::from));
        self.make(arguments, Container::Mp4, limits, into)
    }

    fn make(
        &self,
        arguments: Vec<OsString>,
        container: Container,
        limits: &Limits,
        into: &Path,
    ) -> Result<(), MediaError> {
        let mut command = Command::new(&self.program);
        command.args([
            "-nostdin",
            "-hide_banner",
            "-v",
            "error",
            "-threads",
            "2",
            "-max_alloc",
            MOST_ALLOCATED,
            "-y",
        ]);
        command.args(arguments);
        // Nothing of the recording but what was mapped: no titles, no chapters, no attachments, no data streams.
        command.args(["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact"]);
        command.args(["-avoid_negative_ts", "make_zero"]);
        command.args(format_options(container));
        command.arg("-fs").arg(limits.most_bytes.to_string());
        command.arg(local(into));
        command.env_clear();
        // What it is found by.
        command.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let said = child.stderr.take().map(listen);
        let succeeded =
            wait(&mut child, limits.patience)?.ok_or(MediaError::TooSlow { patience: limits.patience })?;
        let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
        if succeeded {
            return Ok(());
        }
        let reason = said.lines().last().unwrap_or("it ended without a word").to_owned();
        Err(MediaError::Ffmpeg { reason })
    }
}

/// The recording as input: read from this disk alone, and as what it was found to be.
fn input(range: &Range<'_>) -> Vec<OsString> {
    let format = match range.container {
        Container::Wav => "wav",
        Container::Mp3 => "mp3",
        Container::Mp4 => "mp4",
        Container::Ogg => "ogg",
        Container::Webm => "matroska",
    };
    let mut arguments = ["-protocol_whitelist", "file,pipe", "-f", format, "-i"].map(OsString::from).to_vec();
    arguments.push(local(range.recording));
    arguments
}

fn times(range: &Range<'_>) -> [OsString; 4] {
    let seconds = |ms: u64| OsString::from(format!("{}.{:03}", ms / 1000, ms % 1000));
    ["-ss".into(), seconds(range.start_ms), "-to".into(), seconds(range.end_ms)]
}

/// How a container is written: without edit lists, and without headers that tell of the whole recording.
fn format_options(container: Container) -> &'static [&'static str] {
    match container {
        Container::Wav => &["-f", "wav"],
        Container::Mp3 => &["-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"],
        Container::Mp4 => &["-use_editlist", "0", "-movflags", "+faststart", "-f", "mp4"],
        Container::Ogg => &["-f", "ogg"],
        Container::Webm => &["-f", "webm"],
    }
}

/// A path as ffmpeg takes it, whatever characters it begins with.
fn local(path: &Path) -> OsString {
    let mut name = OsString::from("file:");
    name.push::<&OsStr>(path.as_os_str());
    name
}

/// Reads what a program says to its end, and keeps the beginning.
fn listen(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = from.by_ref().take(MOST_SAID).read_to_end(&mut kept);
        let _ = io::copy(&mut from, &mut io::sink());
        String::from_utf8_lossy(&kept).into_owned()
    })
}

/// Whether a program succeeded; none if it did not end in time and had to be killed.
fn wait(child: &mut Child, patience: Duration) -> io::Result<Option<bool>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if started.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(LOOK);
    }
}
