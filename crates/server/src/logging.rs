//! The log, on standard error.

use std::io::IsTerminal;

use anyhow::{Context, Result};
use platform::config::{LogConfig, LogFormat};
use tracing_subscriber::EnvFilter;

/// Sets the log up for the whole process.
///
/// # Errors
/// When `log.level` is not a filter.
pub(crate) fn init(config: &LogConfig) -> Result<()> {
    // The decoder tells of every stream that it opens.
    let filter = EnvFilter::try_new(format!("symphonia=warn,{}", config.level))
        .context("log.level is neither a level nor a filter")?;
    let colours = std::io::stderr().is_terminal();
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    match config.format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}
