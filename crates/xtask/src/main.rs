//! The project's own commands: `cargo xtask <command>`.
#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

mod frontend;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Builds, runs and checks Rapport", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the SPA, the visitors' widgets and the embed loader into dist/
    Frontend(frontend::Options),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Frontend(options) => frontend::run(&options),
    }
}
