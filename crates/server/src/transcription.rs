//! What transcribes calls, by the settings.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use calls::transcripts::Transcription;
use platform::config::{TranscriptionConfig, TranscriptionEngine};
use transcribe::{NoEngine, OpenAi, OpenAiSettings, Transcriber, Worker, WorkerSettings};

/// The engine that the settings name. Nothing is started or connected yet.
///
/// # Errors
/// When a setting cannot be used.
pub(crate) fn open(config: &TranscriptionConfig) -> Result<Transcription> {
    let timeout = Duration::from_secs(config.timeout_seconds);
    let transcriber = match config.engine {
        TranscriptionEngine::None => Transcriber::new(Arc::new(NoEngine), None),
        TranscriptionEngine::Worker => {
            let program = if config.program.as_os_str().is_empty() {
                std::env::current_exe().context("transcription.program")?.with_file_name("rapport-speech")
            } else {
                config.program.clone()
            };
            let settings = WorkerSettings { program, models: config.models.clone(), timeout };
            let worker = Arc::new(Worker::new(settings));
            Transcriber::new(worker.clone(), Some(worker))
        }
        TranscriptionEngine::OpenAi => {
            let settings = OpenAiSettings {
                base_url: config.base_url.clone(),
                path: config.path.clone(),
                api_key: Some(config.api_key.clone()).filter(|key| !key.is_empty()),
                model: config.model.clone(),
                model_field: config.model_field.clone(),
                timeout,
            };
            let engine = OpenAi::new(settings).map_err(|cause| anyhow::anyhow!("transcription.{cause}"))?;
            Transcriber::new(Arc::new(engine), None)
        }
    };
    Ok(Transcription::new(transcriber, config.at_a_time))
}
