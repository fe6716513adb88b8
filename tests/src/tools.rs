//! What tests have in common besides the server: programs of others, patience, and how much is asked.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::fake::installed;

/// Names the folder of the Python programs; the test command sets it.
const FOLDER: &str = "RAPPORT_TEST_PYTHON";

/// Python with the programs that `cargo xtask test` installs.
pub fn python() -> Command {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/python/bin");
    let folder = std::env::var_os(FOLDER).map_or_else(default, PathBuf::from);
    let program = folder.join("python");
    assert!(
        program.exists(),
        "run `cargo xtask test` once, which installs Python's programs ({})",
        program.display()
    );
    Command::new(program)
}

/// Node with the program of a folder below `tests/` that has packages of its own.
pub fn node(folder: &str, program: &str) -> Command {
    installed(&format!("{folder}/node_modules/.installed-lock.json"));
    let mut command = Command::new("node");
    command.arg(installed(&format!("{folder}/{program}")));
    command
}

/// Whether to run what takes long too: `cargo xtask test --full`.
pub fn full() -> bool {
    std::env::var_os("RAPPORT_TEST_FULL").is_some()
}

/// Waits until something is so; fails the test when it takes longer than a minute.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    for _ in 0..1200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited in vain: {what}");
}
