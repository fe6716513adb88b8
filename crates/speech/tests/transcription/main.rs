//! Engines with real models: `cargo xtask speech --into target/models` installs them.

mod call;
mod openai_server;
mod worker;
