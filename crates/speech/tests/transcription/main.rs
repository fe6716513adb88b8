//! Engines with real models: `cargo xtask speech --into target/models` installs them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod call;
mod openai_server;
mod worker;
