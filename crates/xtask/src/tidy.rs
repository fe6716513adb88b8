//! Rules for the shape of the tree that no other tool checks.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// The most lines a source file may have.
const MOST_LINES: usize = 500;
/// The most bytes any file may have.
const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// Names that say nothing.
const EMPTY_NAMES: [&str; 4] = ["utils", "helpers", "common", "misc"];
/// Files whose length is given by what they list, not by how they are written.
const LISTS: [&str; 2] = ["crates/db/src/schema.rs", "crates/types/src/accounts.rs"];

/// Checks every file that git tracks.
pub fn run() -> Result<()> {
    let root = workspace::root();
    let output =
        Command::new("git").current_dir(&root).arg("ls-files").output().context("cannot start git")?;
    let names = String::from_utf8(output.stdout)?;
    let mut faults = Vec::new();
    for name in names.lines() {
        let path = root.join(name);
        if path.is_file() {
            look(&path, name, &mut faults)?;
        }
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

fn look(path: &Path, name: &str, faults: &mut Vec<String>) -> Result<()> {
    let bytes = fs::metadata(path)?.len();
    if bytes > MOST_BYTES {
        faults.push(format!("{name} has {bytes} bytes; the most is {MOST_BYTES}"));
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if EMPTY_NAMES.contains(&stem) {
        faults.push(format!("{name}: the name \"{stem}\" does not say what is inside"));
    }
    let source =
        name.ends_with(".rs") || name.ends_with(".js") || name.ends_with(".mjs") || name.ends_with(".css");
    if !source {
        return Ok(());
    }
    let text = fs::read_to_string(path)?;
    let lines = text.lines().count();
    if lines > MOST_LINES && !LISTS.contains(&name) {
        faults.push(format!("{name} has {lines} lines; the most is {MOST_LINES}: split it by meaning"));
    }
    let slice = name.starts_with("crates/")
        && !["platform", "xtask"].iter().any(|owner| name.starts_with(&format!("crates/{owner}/")));
    if slice && stem != "access" && text.contains("Granted::new(") {
        faults.push(format!("{name}: only a slice's access.rs may grant access"));
    }
    Ok(())
}
