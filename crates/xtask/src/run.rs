//! `cargo xtask run`: from a clone to a running demo in one command.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};
use clap::Args;

use crate::{build, frontend, workspace};

#[derive(Args)]
pub struct Options {
    /// Forget the demo database of an earlier run and make a new one
    #[arg(long)]
    fresh: bool,
}

/// Where the demo listens.
const ADDRESS: &str = "127.0.0.1:8080";

/// Builds server and SPA, makes the demo database if there is none yet, and serves it until interrupted.
pub fn run(options: &Options) -> Result<()> {
    frontend::run(&frontend::Options::development())?;
    let rapport = build::development()?;
    let data = workspace::root().join("data/demo");
    if options.fresh && data.exists() {
        fs::remove_dir_all(&data)?;
    }
    if !data.exists() {
        make(&rapport, &data)?;
    }
    println!(
        "\nRapport is at http://{ADDRESS}\n  Sign in as ana@atelier-sud.example with the password demo-password; the page lists others.\n  \
         A customer's site with the chat: http://{ADDRESS}/demo-site/\n  The API to read and try: http://{ADDRESS}/docs\n  \
         Ctrl-C stops it; `cargo xtask run --fresh` starts over.\n"
    );
    workspace::run(rapport_on(&rapport, &data).arg("serve"))
}

/// Makes the demo in a folder beside its place, so that an interrupted start leaves no half of it.
fn make(rapport: &Path, data: &Path) -> Result<()> {
    let making = data.with_extension("making");
    if making.exists() {
        fs::remove_dir_all(&making)?;
    }
    fs::create_dir_all(&making)?;
    workspace::run(rapport_on(rapport, &making).arg("demo"))?;
    fs::rename(making, data).context("cannot put the demo in place")
}

/// `rapport` with its database, files and key in one folder.
fn rapport_on(rapport: &Path, data: &Path) -> Command {
    let mut command = Command::new(rapport);
    command.env("RAPPORT_DATABASE__URL", format!("sqlite://{}", data.join("rapport.db").display()));
    command.env("RAPPORT_STORAGE__PATH", data.join("files"));
    command.env("RAPPORT_SECRETS__KEY_FILE", data.join("key"));
    command.env("RAPPORT_SERVER__BIND", ADDRESS);
    command.env("RAPPORT_SERVER__PUBLIC_URL", format!("http://{ADDRESS}"));
    command.env("RAPPORT_DIST", workspace::root().join("dist"));
    command
}
