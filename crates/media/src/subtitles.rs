//! Transcripts as files: reading WebVTT, SubRip and JSON, writing WebVTT, SubRip, plain text and JSON.
//!
//! # What is read
//! - **WebVTT** (W3C Candidate Recommendation, 4 April 2019): the file begins with `WEBVTT`. Notes, styles, regions,
//!   identifiers and settings are passed over; `<v Name>` names the speaker.
//! - **SubRip** (SRT): numbered blocks, a comma or a point before the milliseconds.
//! - **JSON**: Rapport's own export, and what Whisper and OpenAI's `verbose_json` and `diarized_json` give: an object
//!   with `segments`, or an array of segments, each with `text`, with `start` and `end` in seconds or `start_ms` and
//!   `end_ms`, and maybe with `speaker`.
//!
//! The text is UTF-8, with or without a byte order mark, with any line ends. Tags and character references become plain
//! text on one line.
//!
//! # Who speaks
//! A voice tag or a `speaker` field, if there is one. Otherwise `Name: text`, if at least a third of the cues of a file
//! begin so: a name is of up to five words, each beginning with a capital letter, a digit or a bracket.
//!
//! # What is refused, and what is repaired
//! | fault | rule |
//! |-|-|
//! | a cue ends before it starts, a time is negative or beyond the longest recording, a time cannot be read | refused, with the line |
//! | a cue starts and ends at the same time | repaired: it lasts 1 ms |
//! | cues are not in order | repaired: sorted by their start |
//! | a cue begins while the one before, of the same speaker, lasts | repaired: the earlier one ends there; two that start together both stay |
//! | cues of different speakers overlap | kept: people talk at the same time |
//! | a cue has no text | left out |
//!
//! Repairs are told of in [`Subtitles::repairs`].

use std::{fmt, time::Duration};

mod json;
mod rules;
mod srt;
mod text;
mod time;
mod vtt;
mod write;

/// What was said from one time to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it begins, in milliseconds from the beginning of the recording.
    pub start_ms: u64,
    /// When it ends; always after `start_ms`.
    pub end_ms: u64,
    /// Who says it, if the file tells: 1 to 120 characters.
    pub speaker: Option<String>,
    /// Plain text on one line, never empty.
    pub text: String,
}

/// A transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subtitles {
    /// What is said, by its start.
    pub cues: Vec<Cue>,
    /// The language as the file names it, such as `en` or `english`.
    pub language: Option<String>,
    /// What was repaired.
    pub repairs: Vec<Repair>,
}

/// A place in a file, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line, counted from 1.
    Line(usize),
    /// An entry of `segments`, counted from 1.
    Segment(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Segment(number) => write!(f, "segment {number}"),
        }
    }
}

/// A fault of a file that was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where.
    pub place: Place,
    /// What was done.
    pub what: &'static str,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubtitleError {
    /// It has more bytes, cues or text than [`SubtitleLimits`] allow.
    #[error("the file has too many {what}: at most {most} are taken")]
    TooMuch {
        /// Of what: bytes, cues or characters in a cue.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// It is no UTF-8 text.
    #[error("the file is not text in UTF-8")]
    NotText,
    /// It is none of the formats.
    #[error("the file is not WebVTT, SubRip or a JSON transcript")]
    Unrecognised,
    /// It is one of the formats, but nothing is said in it.
    #[error("the file has no cues")]
    Empty,
    /// A place in it breaks a rule.
    #[error("{place}: {rule}")]
    Invalid {
        /// Where.
        place: Place,
        /// What is expected there.
        rule: String,
    },
    /// It is no JSON, or not of the form that is expected.
    #[error("the JSON cannot be read: {0}")]
    Json(String),
}

/// How much is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubtitleLimits {
    /// The most bytes of a file.
    pub most_bytes: usize,
    /// The most cues.
    pub most_cues: usize,
    /// The most characters of one cue.
    pub most_characters: usize,
    /// The latest time.
    pub longest: Duration,
}

impl Default for SubtitleLimits {
    /// 16 MiB, 100,000 cues of 10,000 characters, 100 hours.
    fn default() -> Self {
        Self {
            most_bytes: 16 << 20,
            most_cues: 100_000,
            most_characters: 10_000,
            longest: Duration::from_secs(100 * 60 * 60),
        }
    }
}

/// A cue as a file has it, before the rules were applied.
struct Raw {
    place: Place,
    start_ms: u64,
    end_ms: u64,
    speaker: Option<String>,
    text: String,
}

/// Reads a transcript, whose format is told from its content.
///
/// # Errors
/// If it is of no known format, breaks a rule that the module tells, or is larger than `limits`.
pub fn parse(bytes: &[u8], limits: &SubtitleLimits) -> Result<Subtitles, SubtitleError> {
    if bytes.len() > limits.most_bytes {
        return Err(SubtitleError::TooMuch { what: "bytes", most: limits.most_bytes });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| SubtitleError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let begins_with = |marks: &[char]| text.trim_start().starts_with(marks);
    let (raw, language) = if vtt::recognises(text) {
        (vtt::read(text, limits)?, None)
    } else if begins_with(&['{', '[']) {
        json::read(text, limits)?
    } else if text.contains("-->") {
        (srt::read(text, limits)?, None)
    } else {
        return Err(SubtitleError::Unrecognised);
    };
    let (cues, repairs) = rules::apply(raw, limits)?;
    if cues.is_empty() {
        return Err(SubtitleError::Empty);
    }
    Ok(Subtitles { cues, language, repairs })
}

impl Subtitles {
    /// As WebVTT, speakers in voice tags.
    #[must_use]
    pub fn to_vtt(&self) -> String {
        write::vtt(self)
    }

    /// As SubRip, speakers as `Name: text`.
    #[must_use]
    pub fn to_srt(&self) -> String {
        write::srt(self)
    }

    /// As plain text, a line per cue: `[m:ss] Name: text`.
    #[must_use]
    pub fn to_txt(&self) -> String {
        write::txt(self)
    }

    /// As Rapport's own JSON, which [`parse`] reads back without loss: `language`, and `segments` with `start_ms`,
    /// `end_ms`, `speaker` (absent where unknown) and `text`.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

/// Lines with their numbers, whatever ends them.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // A lone carriage return ends a line too; two ends of one line only make an empty line more, so CRLF goes first.
    let numbered = text.split('\n').enumerate();
    numbered.flat_map(|(index, line)| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r').map(move |part| (index + 1, part))
    })
}
