//! Any server with OpenAI's interface for transcriptions: OpenAI itself, whisper.cpp's server, faster-whisper's.

use std::{fmt, io::Cursor, time::Duration};

use futures_util::future::{BoxFuture, FutureExt};
use reqwest::{
    Client, Response, StatusCode, Url,
    multipart::{Form, Part},
    redirect::Policy,
};
use serde::Deserialize;

use crate::{Engine, EngineState, EngineStatus, Error, Language, SAMPLE_RATE, Text, Word};

/// The most bytes of a reply; one utterance needs a few kilobytes.
const MOST_REPLY: usize = 1024 * 1024;

/// The most characters of a refusal that are passed on.
const MOST_REASON: usize = 300;

/// How long the question whether the server is there may take.
const STATUS_TIMEOUT: Duration = Duration::from_secs(10);

/// Where the server is and how it wants to be asked.
#[derive(Clone)]
pub struct OpenAiSettings {
    /// Address of the server, without the path: `https://api.openai.com`.
    pub base_url: String,
    /// Path of the transcriptions: `/v1/audio/transcriptions`; whisper.cpp's own server has `/inference`.
    pub path: String,
    /// Sent as a bearer token.
    pub api_key: Option<String>,
    /// A model that answers with `verbose_json`, such as `whisper-1`.
    pub model: String,
    /// Name of the form field that takes the model: `model`; faster-whisper-server has `model_name`.
    pub model_field: String,
    /// Longest wait for the text of one utterance.
    pub timeout: Duration,
}

impl Default for OpenAiSettings {
    fn default() -> Self {
        Self {
            base_url: "https://api.openai.com".into(),
            path: "/v1/audio/transcriptions".into(),
            api_key: None,
            model: "whisper-1".into(),
            model_field: "model".into(),
            timeout: Duration::from_mins(2),
        }
    }
}

impl fmt::Debug for OpenAiSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key, which must not reach a log.
        f.debug_struct("OpenAiSettings")
            .field("base_url", &self.base_url)
            .field("path", &self.path)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// An engine behind HTTP.
#[derive(Debug)]
pub struct OpenAi {
    settings: OpenAiSettings,
    endpoint: Url,
    client: Client,
}

impl OpenAi {
    /// Checks the settings; opens no connection.
    ///
    /// # Errors
    /// [`Error::Invalid`] names the setting at fault.
    pub fn new(settings: OpenAiSettings) -> Result<Self, Error> {
        let base = Url::parse(&settings.base_url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.ok_or_else(|| Error::invalid("base_url", "must be an http or https address"))?;
        let endpoint = base.join(&settings.path).ok().filter(|_| settings.path.starts_with('/'));
        let endpoint = endpoint.ok_or_else(|| Error::invalid("path", "must begin with a slash"))?;
        for (field, value) in [("model", &settings.model), ("model_field", &settings.model_field)] {
            if value.is_empty() {
                return Err(Error::invalid(field, "must not be empty"));
            }
        }
        if settings.timeout.is_zero() {
            return Err(Error::invalid("timeout", "must be longer than nothing"));
        }
        // A redirect could carry audio and key elsewhere.
        let client = Client::builder().redirect(Policy::none()).timeout(settings.timeout).build();
        let client = client.map_err(|error| Error::invalid("base_url", error.to_string()))?;
        Ok(Self { settings, endpoint, client })
    }

    async fn ask(&self, speech: &[f32], language: Option<&Language>) -> Result<Text, Error> {
        let file = Part::bytes(wav(speech)?).file_name("utterance.wav");
        let file = file.mime_str("audio/wav").map_err(Error::audio)?;
        let mut form = Form::new()
            .part("file", file)
            .text(self.settings.model_field.clone(), self.settings.model.clone())
            .text("response_format", "verbose_json")
            .text("timestamp_granularities[]", "segment")
            .text("timestamp_granularities[]", "word");
        if let Some(language) = language {
            form = form.text("language", language.code());
        }
        let mut request = self.client.post(self.endpoint.clone()).multipart(form);
        if let Some(key) = &self.settings.api_key {
            request = request.bearer_auth(key);
        }
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let body = bounded(response).await?;
        if !status.is_success() {
            return Err(refusal(status, &body));
        }
        let reply: Reply = serde_json::from_slice(&body)
            .map_err(|error| Error::Refused { reason: format!("its reply is no verbose_json: {error}") })?;
        Ok(reply.into())
    }

    async fn look(&self) -> Result<(), Error> {
        let mut models = self.endpoint.clone();
        models.set_path("/v1/models");
        let mut request = self.client.get(models).timeout(STATUS_TIMEOUT);
        if let Some(key) = &self.settings.api_key {
            request = request.bearer_auth(key);
        }
        let status = request.send().await.map_err(unreachable)?.status();
        // Servers that list no models answer 404: they are there all the same.
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Err(Error::SignIn { reason: status.to_string() })
            }
            _ if status.is_server_error() => Err(Error::Busy { reason: status.to_string() }),
            _ => Ok(()),
        }
    }
}

impl Engine for OpenAi {
    fn name(&self) -> &'static str {
        "openai"
    }

    fn status(&self) -> BoxFuture<'_, EngineStatus> {
        async {
            let state = match self.look().await {
                Ok(()) => EngineState::Configured,
                Err(error) => EngineState::Unreachable { reason: error.to_string() },
            };
            EngineStatus { state, model: Some(self.settings.model.clone()) }
        }
        .boxed()
    }

    fn detect_language<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Option<Language>, Error>> {
        async { Ok(self.ask(speech, None).await?.language) }.boxed()
    }

    fn transcribe<'a>(
        &'a self,
        speech: &'a [f32],
        language: Option<&'a Language>,
    ) -> BoxFuture<'a, Result<Text, Error>> {
        self.ask(speech, language).boxed()
    }
}

/// `verbose_json` of OpenAI's API reference ("The transcription object"). Other servers leave much of it out.
#[derive(Debug, Deserialize)]
struct Reply {
    text: String,
    language: Option<String>,
    #[serde(default)]
    segments: Option<Vec<ReplySegment>>,
    #[serde(default)]
    words: Option<Vec<ReplyWord>>,
}

/// Times in seconds; the natural logarithm of the mean probability of the tokens.
#[derive(Debug, Deserialize)]
struct ReplySegment {
    start: f32,
    end: f32,
    avg_logprob: Option<f32>,
    no_speech_prob: Option<f32>,
}

#[derive(Debug, Deserialize)]
struct ReplyWord {
    word: String,
    start: f32,
    end: f32,
}

impl From<Reply> for Text {
    fn from(reply: Reply) -> Self {
        let segments = reply.segments.unwrap_or_default();
        let (mut length, mut likely) = (0.0, 0.0);
        for segment in &segments {
            if let Some(logarithm) = segment.avg_logprob {
                let seconds = (segment.end - segment.start).max(0.01);
                length += seconds;
                likely += logarithm * seconds;
            }
        }
        let silences = segments.iter().filter_map(|segment| segment.no_speech_prob);
        let words = reply.words.unwrap_or_default().into_iter();
        let milliseconds = |seconds: f32| (seconds.max(0.0) * 1000.0) as u64;
        Self {
            text: reply.text,
            language: reply.language.as_deref().and_then(Language::named),
            words: words
                .map(|word| Word {
                    text: word.word.trim().to_owned(),
                    start_ms: milliseconds(word.start),
                    end_ms: milliseconds(word.end),
                })
                .collect(),
            confidence: (length > 0.0).then(|| (likely / length).exp().clamp(0.0, 1.0)),
            // Somebody spoke if somebody did in any part.
            no_speech: silences.min_by(f32::total_cmp),
        }
    }
}

/// An utterance as a WAV file with 16 bits a sample.
fn wav(speech: &[f32]) -> Result<Vec<u8>, Error> {
    let mut file = Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: SAMPLE_RATE as u32,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut file, spec).map_err(Error::audio)?;
    for sample in speech {
        writer.write_sample((sample * f32::from(i16::MAX)) as i16).map_err(Error::audio)?;
    }
    writer.finalize().map_err(Error::audio)?;
    Ok(file.into_inner())
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > MOST_REPLY {
            return Err(Error::Refused { reason: format!("its reply is longer than {MOST_REPLY} bytes") });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn refusal(status: StatusCode, body: &[u8]) -> Error {
    let words = serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|json| Some(json.pointer("/error/message")?.as_str()?.to_owned()))
        .unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let words: String = words.trim().chars().take(MOST_REASON).collect();
    let reason = format!("{status}: {words}");
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Error::SignIn { reason },
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Error::Busy { reason }
        }
        _ if status.is_server_error() => Error::Busy { reason },
        _ => Error::Refused { reason },
    }
}

/// The whole chain of causes, without the address, which may hold what is not for every reader.
fn unreachable(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        reason.push_str(": ");
        reason.push_str(&error.to_string());
        cause = error.source();
    }
    Error::unreachable(reason)
}

#[cfg(test)]
#[path = "openai_tests.rs"]
mod tests;
