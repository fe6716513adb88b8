//! The program `rapport`: wires the slices together, serves API and app, and does an operator's chores.
//!
//! It is a library too, so that tests start the same server in their own process: [`Server`].
//!
//! Map: `wiring` what makes a context; `operations` and `openapi` the API and its document; `start` the running server;
//! `health`, `measurements`, `docs` what operators and integrators look at; `frontend` the files that browsers load,
//! with `demo_site` beside it; `mail_transport`, `storage`, `logging` the outside; `cli` and `commands` the command
//! line, with `backup` and `restore`.

mod backup;
pub mod cli;
mod commands;
mod custom_domains;
mod demo;
mod demo_site;
mod docs;
mod frontend;
mod health;
mod logging;
mod mail_transport;
mod measurements;
pub mod openapi;
mod operations;
mod postgres_tools;
mod restore;
mod start;
mod storage;
mod transcription;
mod wiring;

pub use backup::backup;
pub use restore::restore;
pub use start::{Running, Server};
