//! What the server promises: the API document as it is checked in, generated and served, the client made for it, and the
//! files that operators start it with.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod deployment;
mod document;
mod random_requests;
