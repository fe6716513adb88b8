//! Zoom: connections, events, recordings, transcripts. The other side is a fake (`tests/zoom/fake.ts`).

mod catch_up;
mod connections;
mod desk;
mod events;
mod planned;
mod recordings;
mod rules;
mod transcripts;
