//! Scripts of `bench/browser`, which do something in Chromium and tell of it as JSON.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;

use crate::servers::Bench;

/// Runs a script and reads what it tells.
///
/// # Errors
/// When it fails or tells something else, or Node.js or Chromium is missing.
pub fn run<T: DeserializeOwned>(
    bench: &Bench,
    script: &str,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<T> {
    let folder =
        bench.browser.as_deref().context("give the folder of the browser's scripts with --browser")?;
    let mut command = Command::new("node");
    command.arg(folder.join(script)).args(arguments);
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("cannot start node")?;
    ensure!(output.status.success(), "{script} failed");
    serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
