//! Zoom, as one outside thing: its events, its REST API, the files of its cloud recordings, and meetings to come. No actor, no tables.
//!
//! Whoever asks brings the access token. Fields are those of Zoom's public API reference
//! (<https://developers.zoom.us/docs/api/>) and of the types that Zoom publishes with `@zoom/rivet`; what is not needed is
//! not read.
//!
//! - An event counts only with a valid signature that is a few minutes old at the most.
//! - Files are fetched over TLS from Zoom's own hosts alone, each redirect included, in pieces.
//!
//! Map: `webhook` events and their signature; `api` what is asked for; `model` what comes back; `download` files;
//! `parts` which files of a meeting belong together, and which one is heard; `timeline` who spoke when; `planned` meetings to
//! come; `error` why not.

mod api;
mod download;
mod error;
mod model;
mod parts;
mod planned;
pub mod timeline;
pub mod webhook;

pub use api::Zoom;
pub use error::Error;
pub use model::{Host, Meeting, Participant, RecordingFile};
pub use parts::{Part, parts};
pub use planned::{MeetingPlan, PlannedMeeting};
