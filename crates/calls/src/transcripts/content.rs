//! What a transcript says, before it is stored.

use std::collections::BTreeMap;

use media::subtitles::{self, SubtitleLimits, Subtitles};
use platform::{Error, Result};
use serde::{Deserialize, Serialize};
use transcribe::{Separation, Transcript};
use types::calls::SpeakerSeparation;

/// Most speakers that a file may name.
const MOST_SPEAKERS: usize = 100;
/// Most characters of a language, as BCP 47 allows for (RFC 5646, section 4.4.1).
const MOST_LANGUAGE: usize = 35;

/// All that a transcript says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The engine that made it.
    pub engine: Option<String>,
    /// The model that the engine used.
    pub model: Option<String>,
    /// The language spoken.
    pub language: Option<String>,
    /// How the speakers were told apart.
    pub separation: SpeakerSeparation,
    /// The speakers; the number of each is its place, counted from 1.
    pub speakers: Vec<Heard>,
    /// What was said, in the order of beginnings.
    pub segments: Vec<Said>,
}

/// A speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The channel that is the speaker's, counted from 0.
    pub channel: Option<i32>,
    /// What the file or the provider calls the speaker.
    pub name: Option<String>,
}

/// A segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The place of the speaker, counted from 0; nothing if nobody can tell.
    pub speaker: Option<usize>,
    /// Beginning in milliseconds.
    pub start_ms: i64,
    /// End in milliseconds, after the beginning.
    pub end_ms: i64,
    /// What was said.
    pub text: String,
    /// How sure the engine is, in percent.
    pub confidence: Option<i32>,
}

impl Content {
    /// Reads a file. It computes: call it where that is allowed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `content`, with the line and the rule.
    pub fn parse(file: &str) -> Result<Self> {
        let read = subtitles::parse(file.as_bytes(), &SubtitleLimits::default());
        Self::of(read.map_err(|refused| Error::invalid("content", refused.to_string()))?)
    }

    /// What an engine heard.
    ///
    /// # Errors
    /// [`Error::Internal`] for times beyond all limits.
    pub(super) fn of_engine(transcript: Transcript) -> Result<Self> {
        let separation = match transcript.separation {
            Separation::ByChannel => SpeakerSeparation::ByChannel,
            Separation::Diarized => SpeakerSeparation::Diarized,
            Separation::NotSeparated => SpeakerSeparation::NotSeparated,
        };
        // Whoever says nothing is no speaker.
        let heard: BTreeMap<usize, usize> =
            transcript.segments.iter().map(|segment| (segment.speaker, segment.channel)).collect();
        let channel = |channel: usize| {
            i32::try_from(channel).ok().filter(|_| separation == SpeakerSeparation::ByChannel)
        };
        let speakers = heard.values().map(|place| Heard { channel: channel(*place), name: None }).collect();
        let mut segments = Vec::with_capacity(transcript.segments.len());
        for segment in transcript.segments {
            let start_ms = i64::try_from(segment.start_ms).map_err(Error::internal)?;
            let end_ms = i64::try_from(segment.end_ms).map_err(Error::internal)?;
            segments.push(Said {
                speaker: heard.keys().position(|speaker| *speaker == segment.speaker),
                start_ms,
                end_ms: end_ms.max(start_ms + 1),
                text: segment.text,
                confidence: segment.confidence.map(|sure| (sure * 100.0).round() as i32),
            });
        }
        Ok(Self {
            engine: Some(transcript.engine),
            model: transcript.model,
            language: transcript.language.map(|language| language.code().to_owned()),
            separation,
            speakers,
            segments,
        })
    }

    fn of(file: Subtitles) -> Result<Self> {
        let mut speakers: Vec<Heard> = Vec::new();
        let mut segments = Vec::with_capacity(file.cues.len());
        for cue in file.cues {
            let speaker = cue.speaker.map(|name| place_of(&mut speakers, name)).transpose()?;
            segments.push(Said {
                speaker,
                start_ms: i64::try_from(cue.start_ms).map_err(Error::internal)?,
                end_ms: i64::try_from(cue.end_ms).map_err(Error::internal)?,
                text: cue.text,
                confidence: None,
            });
        }
        let separation = if speakers.is_empty() {
            // All is one speaker's, who can be told apart by hand.
            speakers.push(Heard::default());
            segments.iter_mut().for_each(|said| said.speaker = Some(0));
            SpeakerSeparation::NotSeparated
        } else {
            SpeakerSeparation::Named
        };
        let language = file.language.filter(|language| language.chars().count() <= MOST_LANGUAGE);
        Ok(Self { engine: None, model: None, language, separation, speakers, segments })
    }
}

/// The place of the speaker with this name, who is new if nobody has it yet.
fn place_of(speakers: &mut Vec<Heard>, name: String) -> Result<usize> {
    if let Some(place) = speakers.iter().position(|known| known.name.as_ref() == Some(&name)) {
        return Ok(place);
    }
    if speakers.len() == MOST_SPEAKERS {
        return Err(Error::invalid("content", format!("must name at most {MOST_SPEAKERS} speakers")));
    }
    speakers.push(Heard { channel: None, name: Some(name) });
    Ok(speakers.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_speakers_in_the_order_they_speak() {
        let file = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ben>Hello\n\n00:01.000 --> 00:02.000\n<v Ana>Hi\n\n\
                    00:02.000 --> 00:03.000\n<v Ben>So\n";
        let content = Content::parse(file).unwrap();
        assert_eq!(content.separation, SpeakerSeparation::Named);
        let names: Vec<_> = content.speakers.iter().map(|heard| heard.name.as_deref()).collect();
        assert_eq!(names, [Some("Ben"), Some("Ana")]);
        let speakers: Vec<_> = content.segments.iter().map(|said| said.speaker).collect();
        assert_eq!(speakers, [Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn without_names_there_is_one_speaker() {
        let content = Content::parse("1\n00:00:01,000 --> 00:00:02,000\nHello\n").unwrap();
        assert_eq!(content.separation, SpeakerSeparation::NotSeparated);
        assert_eq!((content.speakers.len(), content.segments[0].speaker), (1, Some(0)));
    }

    #[test]
    fn too_many_names_are_refused() {
        let cues = (0..=MOST_SPEAKERS)
            .map(|n| format!(r#"{{"start_ms": {n}, "end_ms": 1000, "speaker": "S{n}", "text": "Hello"}}"#));
        let file = format!("[{}]", cues.collect::<Vec<_>>().join(","));
        assert!(Content::parse(&file).unwrap_err().to_string().starts_with("content: must name at most"));
    }
}
