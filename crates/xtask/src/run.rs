//! `cargo xtask run`: from a clone to a running demo in one command.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{build, frontend, workspace};

#[derive(Args)]
pub struct Options {
    /// Forget the demo database of an earlier run and make a new one
    #[arg(long)]
    fresh: bool,
}

/// Builds server and SPA, makes the demo database if there is none yet, and serves it until interrupted.
pub fn run(options: &Options) -> Result<()> {
    frontend::run(&frontend::Options::development())?;
    let rapport = build::development()?;
    let root = workspace::root();
    let data = root.join("data/demo");
    if options.fresh && data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let command = || {
        let mut command = Command::new(&rapport);
        command.env("RAPPORT_DATABASE__URL", format!("sqlite://{}", data.join("rapport.db").display()));
        command.env("RAPPORT_STORAGE__PATH", data.join("files"));
        command.env("RAPPORT_SECRETS__KEY_FILE", data.join("key"));
        command.env("RAPPORT_SERVER__BIND", "127.0.0.1:8080");
        command.env("RAPPORT_SERVER__PUBLIC_URL", "http://127.0.0.1:8080");
        command.env("RAPPORT_DIST", root.join("dist"));
        command
    };
    std::fs::create_dir_all(&data)?;
    if !data.join("rapport.db").exists() {
        workspace::run(command().arg("demo"))?;
    }
    workspace::run(command().arg("serve"))
}
