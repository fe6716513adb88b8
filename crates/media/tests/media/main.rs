//! What the crate knows of audio and video files, shown on files of every kind: sound ones, which ffmpeg makes from one
//! call, and hostile ones.

mod clips;
mod containers;
mod fixtures;
mod hostile;
mod pcm;
mod peaks;
mod subtitles;
