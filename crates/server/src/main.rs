//! The program `rapport`. See `rapport help`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match server::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            #[allow(clippy::print_stderr, reason = "a command reports on standard error")]
            {
                eprintln!("rapport: {cause:#}");
            }
            ExitCode::FAILURE
        }
    }
}
