//! The project's own commands: `cargo xtask <command>`.
#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

mod bench;
mod build;
mod check;
mod frontend;
mod packages;
mod parts;
mod postgres;
mod rows;
mod run;
mod speech;
mod test;
mod tidy;
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
    /// Build everything, make a database with demo data and serve it on 127.0.0.1:8080
    Run(run::Options),
    /// Run every check and every test, on both databases and in a real browser
    Test(test::Options),
    /// Run the checks that need no server: formatting, lints, licences, sizes of files
    Check,
    /// Build the release: one binary with the SPA inside
    Build,
    /// Write openapi/rapport.json anew from the code
    Openapi,
    /// Build the SPA, the visitors' widgets and the embed loader into dist/
    Frontend(frontend::Options),
    /// Install the speech models and build the worker that transcribes calls
    Speech(speech::Options),
    /// Measure Rapport beside bare servers that do the same work
    Bench(bench::Options),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Check => check::run(),
        Command::Build => build::release(),
        Command::Openapi => build::openapi(),
        Command::Frontend(options) => frontend::run(&options),
        Command::Speech(options) => speech::run(&options),
        Command::Bench(options) => bench::run(&options),
    }
}
