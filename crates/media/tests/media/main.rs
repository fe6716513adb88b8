//! What the crate knows of audio and video files, shown on files of every kind: sound ones, which ffmpeg makes from one
//! call, and hostile ones.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod clips;
mod containers;
mod fixtures;
mod hostile;
mod pcm;
mod peaks;
mod subtitles;
