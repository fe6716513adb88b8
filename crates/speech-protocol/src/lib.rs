//! What the server and the worker `rapport-speech` say to each other, over the worker's standard input and output.
//!
//! The server sends a [`Request`] with samples and waits for the one [`Reply`]; there is never a second request under
//! way. On the wire a request is the length of its JSON (u32, little-endian), the JSON, the number of samples (u32,
//! little-endian) and the samples (f32, little-endian, one channel at [`SAMPLE_RATE`]); a reply is the length of its
//! JSON and the JSON. The worker ends when its input ends.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

/// Samples in a second of all audio that is spoken of here.
pub const SAMPLE_RATE: usize = 16_000;

/// The most samples of a request: thirty seconds, the window of Whisper.
pub const MOST_SAMPLES: usize = 30 * SAMPLE_RATE;

/// The most bytes of a reply's or a request's JSON.
pub const MOST_JSON: usize = 256 * 1024;

/// What the worker is asked to do with the samples of one utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    /// Say what it could do. Takes no samples and loads no model.
    Status,
    /// Find out which language is spoken.
    DetectLanguage,
    /// Write down what is said.
    Transcribe {
        /// The language spoken, as an ISO 639 code; found out when missing.
        language: Option<String>,
    },
    /// Describe the voice.
    EmbedSpeaker,
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Reply {
    /// To [`Request::Status`].
    Status {
        /// Name of the installed speech model; nothing when none is installed.
        model: Option<String>,
        /// Whether voices can be described, so that speakers of one channel can be told apart.
        speaker_encoder: bool,
    },
    /// To [`Request::DetectLanguage`].
    Language {
        /// ISO 639 code.
        language: String,
        /// How likely it is, from 0 to 1.
        probability: f32,
    },
    /// To [`Request::Transcribe`].
    Text {
        /// What was said; empty when nothing was.
        text: String,
        /// The language it was said in, as an ISO 639 code; nothing with a model of one language.
        language: Option<String>,
        /// Geometric mean of the probabilities of the tokens, from 0 to 1.
        confidence: f32,
        /// How likely it is that nothing was said, from 0 to 1.
        no_speech: f32,
    },
    /// To [`Request::EmbedSpeaker`].
    Speaker {
        /// A vector of length one; voices that sound alike have vectors that point alike.
        embedding: Vec<f32>,
    },
    /// The request could not be carried out. The worker goes on.
    Failed {
        /// Why, for an administrator.
        reason: String,
    },
}

/// A request as it goes over the wire.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] when there are more than [`MOST_SAMPLES`].
pub fn encode_request(request: &Request, samples: &[f32]) -> io::Result<Vec<u8>> {
    if samples.len() > MOST_SAMPLES {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "more than thirty seconds of audio"));
    }
    let mut frame = encode(request)?;
    frame.reserve(4 + samples.len() * 4);
    frame.extend(length(samples.len())?);
    frame.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(frame)
}

/// A reply as it goes over the wire.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] when it is longer than [`MOST_JSON`].
pub fn encode_reply(reply: &Reply) -> io::Result<Vec<u8>> {
    encode(reply)
}

/// Reads the next request and its samples; nothing at the end of the input.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] when it is no request; [`io::ErrorKind::UnexpectedEof`] when it breaks off.
pub fn read_request(input: &mut impl Read) -> io::Result<Option<(Request, Vec<f32>)>> {
    let mut first = [0; 1];
    if input.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut rest = [0; 3];
    input.read_exact(&mut rest)?;
    let json_length = u32::from_le_bytes([first[0], rest[0], rest[1], rest[2]]) as usize;
    let json = read_bounded(input, json_length, MOST_JSON)?;
    let request = serde_json::from_slice(&json)?;
    let mut count = [0; 4];
    input.read_exact(&mut count)?;
    let count = u32::from_le_bytes(count) as usize;
    let bytes = read_bounded(input, count.saturating_mul(4), MOST_SAMPLES * 4)?;
    let samples = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    Ok(Some((request, samples)))
}

fn encode(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(message)?;
    if json.len() > MOST_JSON {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the message is too long"));
    }
    let mut frame = length(json.len())?.to_vec();
    frame.extend(json);
    Ok(frame)
}

fn length(count: usize) -> io::Result<[u8; 4]> {
    u32::try_from(count).map(u32::to_le_bytes).map_err(|_| io::ErrorKind::InvalidInput.into())
}

fn read_bounded(input: &mut impl Read, length: usize, most: usize) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{length} bytes; the most is {most}"),
        ));
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        let request = Request::Transcribe { language: Some("fr".into()) };
        let mut wire = encode_request(&request, &[0.25, -1.0]).unwrap();
        wire.extend(encode_request(&Request::Status, &[]).unwrap());
        let mut input = wire.as_slice();
        assert_eq!(read_request(&mut input).unwrap(), Some((request, vec![0.25, -1.0])));
        assert_eq!(read_request(&mut input).unwrap(), Some((Request::Status, Vec::new())));
        assert_eq!(read_request(&mut input).unwrap(), None);
    }

    #[test]
    fn a_request_that_breaks_off_or_is_too_long_is_an_error() {
        let wire = encode_request(&Request::EmbedSpeaker, &[0.5; 10]).unwrap();
        for end in 1..wire.len() {
            let broken = read_request(&mut &wire[..end]).unwrap_err();
            assert_eq!(broken.kind(), io::ErrorKind::UnexpectedEof, "cut after {end} bytes");
        }
        assert!(encode_request(&Request::EmbedSpeaker, &vec![0.0; MOST_SAMPLES + 1]).is_err());
        assert_eq!(read_request(&mut [0xff; 64].as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
