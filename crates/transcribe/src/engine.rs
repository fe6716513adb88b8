//! What an engine must be able to do.

use futures_util::future::BoxFuture;

use crate::{Error, Language, Word};

/// Turns speech into text, one utterance at a time.
pub trait Engine: Send + Sync {
    /// The engine's name, as it is kept with its transcripts.
    fn name(&self) -> &'static str;

    /// Whether it could transcribe now. Asks the engine, but transcribes nothing.
    fn status(&self) -> BoxFuture<'_, EngineStatus>;

    /// Finds out the language of an utterance; nothing when the engine cannot tell.
    ///
    /// # Errors
    /// See [`Error`].
    fn detect_language<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Option<Language>, Error>>;

    /// Writes down an utterance of at most thirty seconds, one channel at [`SAMPLE_RATE`](crate::SAMPLE_RATE). Without a
    /// language the engine finds it out. Dropping the future gives the utterance up.
    ///
    /// # Errors
    /// See [`Error`].
    fn transcribe<'a>(
        &'a self,
        speech: &'a [f32],
        language: Option<&'a Language>,
    ) -> BoxFuture<'a, Result<Text, Error>>;
}

/// Describes voices, so that speakers of one channel can be told apart.
pub trait SpeakerEncoder: Send + Sync {
    /// Whether it could describe voices now.
    fn is_ready(&self) -> BoxFuture<'_, bool>;

    /// A vector of length one. Vectors of voices that sound alike point alike.
    ///
    /// # Errors
    /// See [`Error`].
    fn embed<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Vec<f32>, Error>>;
}

/// What an engine made of one utterance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// What was said; empty when nothing was.
    pub text: String,
    /// The language it was said in, where the engine tells.
    pub language: Option<Language>,
    /// The words with their times from the beginning of the utterance, where the engine tells.
    pub words: Vec<Word>,
    /// How sure the engine is, from 0 to 1.
    pub confidence: Option<f32>,
    /// How likely it is that nobody spoke, from 0 to 1.
    pub no_speech: Option<f32>,
}

/// Whether an engine could transcribe, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineStatus {
    /// Whether it could.
    pub state: EngineState,
    /// The model it uses.
    pub model: Option<String>,
}

/// Whether an engine could transcribe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineState {
    /// It could.
    Configured,
    /// Nobody has set it up.
    NotConfigured {
        /// What is missing, for an administrator.
        reason: String,
    },
    /// It is set up, and does not answer as it should.
    Unreachable {
        /// What went wrong, for an administrator.
        reason: String,
    },
}
