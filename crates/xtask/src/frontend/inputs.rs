//! What the frontend build reads, as one hash: the same hash means that nothing has to be built again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Files and folders that end up in a build, or decide how it is made.
const INPUTS: [&str; 8] = [
    ".cargo/config.toml",
    "Cargo.toml",
    "Cargo.lock",
    "crates/types",
    "crates/client",
    "crates/xtask/src/frontend.rs",
    "crates/xtask/src/frontend",
    "frontend",
];

/// The hash of the profile and of every input's path and content, in hexadecimal.
pub fn stamp(root: &Path, profile: &str) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    hash.update(profile);
    for file in files {
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(file.strip_prefix(root).unwrap_or(&file).to_string_lossy().as_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    if path.file_name().is_some_and(|name| name == "node_modules") {
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
