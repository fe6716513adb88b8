//! Answers requests.

use anyhow::Result;
use candle_core::Device;
use speech_protocol::{Reply, Request};

use crate::{folder::Folder, speaker::SpeakerEncoder, whisper::Whisper};

/// The models, as far as they were needed.
pub struct Server {
    folder: Folder,
    whisper: Option<Whisper>,
    speaker_encoder: Option<SpeakerEncoder>,
}

impl Server {
    /// Loads nothing yet.
    pub fn new(folder: Folder) -> Self {
        Self { folder, whisper: None, speaker_encoder: None }
    }

    /// Carries out a request.
    pub fn answer(&mut self, request: &Request, samples: &[f32]) -> Reply {
        let reply = match request {
            Request::Status => Ok(Reply::Status {
                model: self.folder.speech_model(),
                speaker_encoder: self.folder.speaker_encoder().is_file(),
            }),
            Request::DetectLanguage => self.detect_language(samples),
            Request::Transcribe { language } => self.transcribe(samples, language.as_deref()),
            Request::EmbedSpeaker => self.embed_speaker(samples),
        };
        reply.unwrap_or_else(|error| Reply::Failed { reason: format!("{error:#}") })
    }

    fn detect_language(&mut self, samples: &[f32]) -> Result<Reply> {
        let (language, probability) = self.whisper()?.detect_language(samples)?;
        Ok(Reply::Language { language, probability })
    }

    fn transcribe(&mut self, samples: &[f32], language: Option<&str>) -> Result<Reply> {
        let decoded = self.whisper()?.transcribe(samples, language)?;
        Ok(Reply::Text {
            text: decoded.text,
            language: decoded.language,
            confidence: decoded.confidence,
            no_speech: decoded.no_speech,
        })
    }

    fn embed_speaker(&mut self, samples: &[f32]) -> Result<Reply> {
        let encoder = match &mut self.speaker_encoder {
            Some(encoder) => encoder,
            none => none.insert(SpeakerEncoder::load(&self.folder.speaker_encoder(), &Device::Cpu)?),
        };
        Ok(Reply::Speaker { embedding: encoder.embed(samples)? })
    }

    fn whisper(&mut self) -> Result<&mut Whisper> {
        Ok(match &mut self.whisper {
            Some(whisper) => whisper,
            none => none.insert(Whisper::load(&self.folder.whisper(), &Device::Cpu)?),
        })
    }
}
