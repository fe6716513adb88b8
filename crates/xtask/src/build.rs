//! Building the server, and the API document from it.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{frontend, workspace};

/// The release: the SPA at its smallest, inside one optimised binary.
pub fn release() -> Result<()> {
    frontend::run(&frontend::Options::release())?;
    println!("built {}", optimised("server", "rapport")?.display());
    Ok(())
}

/// Builds one package as it is released, and answers its binary.
pub fn optimised(package: &str, name: &str) -> Result<PathBuf> {
    workspace::run(cargo().args(["build", "--release", "--package", package]))?;
    Ok(binary("release", name))
}

/// Builds every native test, and with them the server, which its own tests start; answers its binary. Built alone, the
/// server and what it depends on would be compiled a second time, with fewer features.
pub fn tests() -> Result<PathBuf> {
    workspace::run(native("test").arg("--no-run"))?;
    Ok(binary("debug", "rapport"))
}

/// Builds the server as `cargo xtask run` uses it, and answers the binary.
pub fn development() -> Result<PathBuf> {
    workspace::run(cargo().args(["build", "--package", "server"]))?;
    Ok(binary("debug", "rapport"))
}

/// Writes the API document anew.
pub fn openapi() -> Result<()> {
    let output = Command::new(development()?).arg("openapi").output().context("cannot start rapport")?;
    anyhow::ensure!(
        output.status.success(),
        "rapport openapi failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::write(workspace::root().join("openapi/rapport.json"), output.stdout)?;
    Ok(())
}

/// The crates that build for the browser alone.
pub const WASM: [&str; 6] = ["app", "chat", "clip", "booking-page", "ui", "visitor-kit"];

/// `cargo <subcommand>` on everything that builds natively. Always on all of it: of fewer packages cargo would build the
/// dependencies again, with other features.
pub fn native(subcommand: &str) -> Command {
    let mut command = cargo();
    command.args([subcommand, "--workspace"]);
    for name in WASM {
        command.args(["--exclude", name]);
    }
    command
}

/// `cargo` in the workspace.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    command
}

fn binary(profile: &str, name: &str) -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    target.join(profile).join(name)
}
