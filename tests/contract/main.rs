//! What the server promises: the API document as it is checked in, generated and served, and the client made for it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod document;
mod random_requests;
