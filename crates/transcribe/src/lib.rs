//! Writing down what is said in a recording, and by whom.
//!
//! One outside thing and nothing else: no actor, no tables, no queue. Whoever asks keeps the recording and the transcript,
//! and asks [`Error::retry`] whether to try again.
//!
//! An [`Engine`] turns one utterance into text. Everything else is done here, so that every engine gains from it:
//! 1. **Voice activity** is found in each channel, leaving out what a channel picks up of another, since speech models
//!    write down cross-talk, and invent text where nobody speaks.
//! 2. **Utterances** of one speaker each are cut at pauses and handed to the engine one at a time.
//! 3. **A loop guard** recognises made-up repetitions: the utterance is tried again in halves, and what remains in doubt
//!    is listed as unclear instead of being kept.
//! 4. **Speakers** are the channels; in a recording of one channel they are told apart by voice, where a
//!    [`SpeakerEncoder`] is at hand.
//!
//! What holds here:
//! - Silence gives no segments, and no engine is asked about it.
//! - A transcript is whole or it is an error; times are those of the recording.
//! - The recording is decoded as a stream, and never stands in memory as a whole.
//!
//! Map: [`Transcriber`] is the door, [`Audio`] what it listens to, [`Transcript`] what it gives. Engines: [`Worker`] (the
//! program `rapport-speech`), [`OpenAi`] (any server with OpenAI's interface) and [`NoEngine`].

mod audio;
#[cfg(test)]
mod buzz;
mod cutting;
mod engine;
mod error;
mod language;
mod loop_guard;
mod no_engine;
mod openai;
mod speakers;
mod transcriber;
mod transcript;
mod utterances;
mod voice;
mod worker;

pub use audio::{Audio, DecodeError, SAMPLE_RATE};
pub use engine::{Engine, EngineState, EngineStatus, SpeakerEncoder, Text};
pub use error::Error;
pub use language::{LANGUAGES, Language};
pub use no_engine::NoEngine;
pub use openai::{OpenAi, OpenAiSettings};
pub use transcriber::{Options, Progress, Transcriber};
pub use transcript::{Segment, Separation, Span, Transcript, Word};
pub use worker::{Worker, WorkerSettings};
