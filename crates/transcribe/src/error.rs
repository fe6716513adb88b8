//! Why there is no transcript, and whether it makes sense to try again.

/// Why a recording was not transcribed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No engine is set up.
    #[error("no transcription engine is configured")]
    NotConfigured,
    /// A setting or an option breaks a rule; nothing was done.
    #[error("{field}: {rule}")]
    Invalid {
        /// Name of the field as in the settings of the engine or in [`crate::Options`].
        field: &'static str,
        /// What the field must be.
        rule: String,
    },
    /// The recording could not be decoded.
    #[error("the recording cannot be decoded: {reason}")]
    Audio {
        /// What went wrong.
        reason: String,
    },
    /// The engine could not be reached, did not answer in time, or broke off.
    #[error("the transcription engine cannot be used: {reason}")]
    Unreachable {
        /// What went wrong, for an administrator.
        reason: String,
    },
    /// The engine refused the key, or demands one. A fault of the settings, not of the recording: it can be transcribed
    /// once an administrator has mended them.
    #[error("the transcription engine refused the key: {reason}")]
    SignIn {
        /// The engine's words.
        reason: String,
    },
    /// The engine refused for now: too many requests, or a fault of its own.
    #[error("the transcription engine refused for now: {reason}")]
    Busy {
        /// The engine's words.
        reason: String,
    },
    /// The engine cannot do what was asked of it, and will not later.
    #[error("the transcription engine refused: {reason}")]
    Refused {
        /// The engine's words.
        reason: String,
    },
    /// The caller did not want the transcript any more.
    #[error("the transcription was cancelled")]
    Cancelled,
}

impl Error {
    /// Whether the same recording may be transcribed later, unchanged.
    pub fn retry(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::SignIn { .. } | Self::Busy { .. } => true,
            Self::NotConfigured
            | Self::Invalid { .. }
            | Self::Audio { .. }
            | Self::Refused { .. }
            | Self::Cancelled => false,
        }
    }

    pub(crate) fn invalid(field: &'static str, rule: impl Into<String>) -> Self {
        Self::Invalid { field, rule: rule.into() }
    }

    pub(crate) fn audio(error: impl std::fmt::Display) -> Self {
        Self::Audio { reason: error.to_string() }
    }

    pub(crate) fn unreachable(reason: impl std::fmt::Display) -> Self {
        Self::Unreachable { reason: reason.to_string() }
    }
}
