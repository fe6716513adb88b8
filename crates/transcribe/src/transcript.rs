//! What a transcription gives.

use crate::Language;

/// What was said in a recording, and by whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// Name of the engine that made it.
    pub engine: String,
    /// The engine's model.
    pub model: Option<String>,
    /// The language given, or else the one found; nothing when nothing was said.
    pub language: Option<Language>,
    /// How speakers were told apart.
    pub separation: Separation,
    /// What was said, in the order of beginnings.
    pub segments: Vec<Segment>,
    /// Where somebody spoke and no text could be trusted, in the order of beginnings.
    pub unclear: Vec<Span>,
}

/// How the speakers of a recording were told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separation {
    /// Each channel has one speaker.
    ByChannel,
    /// By their voices, within one channel. It can be wrong.
    Diarized,
    /// Not at all: one channel, and nothing to tell voices apart with. All is said by speaker 0.
    NotSeparated,
}

/// What one speaker said without a longer pause.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The speaker: the channel's number where each channel has one, else counted from 0 in the order in which they first
    /// speak.
    pub speaker: usize,
    /// The channel it was heard in, from 0.
    pub channel: usize,
    /// Beginning in milliseconds from the recording's.
    pub start_ms: u64,
    /// End in milliseconds from the recording's beginning.
    pub end_ms: u64,
    /// What was said; never empty.
    pub text: String,
    /// The single words, where the engine tells.
    pub words: Vec<Word>,
    /// How sure the engine is, from 0 to 1, where it tells.
    pub confidence: Option<f32>,
}

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word, with its punctuation.
    pub text: String,
    /// Beginning in milliseconds.
    pub start_ms: u64,
    /// End in milliseconds.
    pub end_ms: u64,
}

/// A stretch of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The channel, from 0.
    pub channel: usize,
    /// Beginning in milliseconds from the recording's.
    pub start_ms: u64,
    /// End in milliseconds from the recording's beginning.
    pub end_ms: u64,
}
