//! Reading and writing JSON.

use serde::{Deserialize, Serialize};

use super::{Cue, Place, Raw, SubtitleError, SubtitleLimits, Subtitles, rules::check_count, text::one_line};

#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Object { language: Option<String>, segments: Vec<Segment> },
    Array(Vec<Segment>),
}

/// A segment in any of the forms. Fields beyond these are passed over: engines add what they like.
#[derive(Deserialize)]
struct Segment {
    start: Option<f64>,
    end: Option<f64>,
    start_ms: Option<f64>,
    end_ms: Option<f64>,
    speaker: Option<String>,
    text: Option<String>,
}

/// Reads the segments and the language.
pub(super) fn read(text: &str, limits: &SubtitleLimits) -> Result<(Vec<Raw>, Option<String>), SubtitleError> {
    // First as any JSON, so that a fault of syntax is told with its line.
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| SubtitleError::Json(error.to_string()))?;
    let document: Document = serde_json::from_value(value).map_err(|_| {
        SubtitleError::Json("expected an object with segments, each with text, start and end".to_owned())
    })?;
    let (language, segments) = match document {
        Document::Object { language, segments } => (language, segments),
        Document::Array(segments) => (None, segments),
    };
    check_count(segments.len(), limits)?;
    let raw = segments.into_iter().zip(1..).map(|(segment, number)| cue(segment, Place::Segment(number)));
    let language =
        language.map(|language| one_line(&language)).filter(|language| (1..=40).contains(&language.len()));
    Ok((raw.collect::<Result<_, _>>()?, language))
}

fn cue(segment: Segment, place: Place) -> Result<Raw, SubtitleError> {
    let time = |name: &str, milliseconds: Option<f64>, seconds: Option<f64>| {
        let invalid = |rule: String| SubtitleError::Invalid { place, rule };
        let time = milliseconds.or(seconds.map(|seconds| seconds * 1000.0));
        let time = time.ok_or_else(|| invalid(format!("{name} is missing")))?;
        if time < 0.0 {
            return Err(invalid(format!("{name} is negative")));
        }
        // The cast saturates; what is too late is refused with the other rules.
        Ok(time.round() as u64)
    };
    Ok(Raw {
        place,
        start_ms: time("start", segment.start_ms, segment.start)?,
        end_ms: time("end", segment.end_ms, segment.end)?,
        speaker: segment.speaker.map(|name| one_line(&name)).filter(|name| !name.is_empty()),
        text: one_line(&segment.text.unwrap_or_default()),
    })
}

#[derive(Serialize)]
struct Export<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    segments: Vec<Exported<'a>>,
}

#[derive(Serialize)]
struct Exported<'a> {
    start_ms: u64,
    end_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    text: &'a str,
}

/// Writes a transcript in Rapport's own form.
pub(super) fn write(subtitles: &Subtitles) -> String {
    let segments = subtitles.cues.iter().map(|Cue { start_ms, end_ms, speaker, text }| Exported {
        start_ms: *start_ms,
        end_ms: *end_ms,
        speaker: speaker.as_deref(),
        text,
    });
    let export = Export { language: subtitles.language.as_deref(), segments: segments.collect() };
    // Strings and numbers always can be written.
    serde_json::to_string_pretty(&export).unwrap_or_default()
}
