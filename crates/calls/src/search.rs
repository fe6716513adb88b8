//! Finding what was said.

mod in_call;
mod transcripts;

pub use in_call::{in_call, search_call};
pub use transcripts::{in_transcripts, search_transcripts};
