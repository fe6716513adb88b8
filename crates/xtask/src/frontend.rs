//! `cargo xtask frontend`: everything that a browser loads, built into `dist/`.
//!
//! | folder | served at | content |
//! |-|-|-|
//! | `dist/app` | `/` | the SPA: `index.html` and `assets/` |
//! | `dist/chat` | `/chat/` | the chat widget's `assets/`; the server renders its page |
//! | `dist/embed` | `/embed/` | the loader for customers' sites, under a stable name |
//!
//! Names under `assets/` carry a hash of the content. `dist/manifest.json` maps a stable name (`chat/chat.js`) to the
//! path to ask the server for (`/chat/assets/chat-1A2B3C4D.js`). Beside each file lie its `.br` and `.gz` twins.

mod bundle;
mod compress;
mod imports;
mod inputs;
mod order;
mod sizes;
mod wasm;

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::workspace;

/// The wasm crates, each with a folder in `frontend/` and in `dist/`.
const BUNDLES: [&str; 2] = ["app", "chat"];

#[derive(Args)]
pub struct Options {
    /// How to compile: fast for the browser tests, or small for shipping
    #[arg(long, value_enum, default_value_t = Profile::WasmTest)]
    profile: Profile,
    /// Fail when a bundle is larger than its budget
    #[arg(long)]
    check_sizes: bool,
}

impl Options {
    /// Built fast, for development and the browser tests.
    pub fn development() -> Self {
        Self { profile: Profile::WasmTest, check_sizes: false }
    }

    /// Built small, and held to the budgets.
    pub fn release() -> Self {
        Self { profile: Profile::WasmRelease, check_sizes: true }
    }

    /// Built small, with sizes printed and none refused.
    pub fn measured() -> Self {
        Self { profile: Profile::WasmRelease, check_sizes: false }
    }
}

/// Makes sure that the compiler can build for the browser.
pub fn ensure_tools() -> Result<()> {
    wasm::ensure_target()
}

/// The cargo profile of the wasm crates, and how hard their files are compressed.
#[derive(Clone, Copy, ValueEnum)]
enum Profile {
    WasmTest,
    WasmRelease,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Profile::WasmTest => "wasm-test",
            Profile::WasmRelease => "wasm-release",
        }
    }

    /// Brotli's quality, 0 to 11.
    fn brotli_quality(self) -> i32 {
        match self {
            Profile::WasmTest => 5,
            Profile::WasmRelease => 11,
        }
    }
}

/// Builds `dist/` unless it is up to date, then prints its sizes and, when asked, checks them.
pub fn run(options: &Options) -> Result<()> {
    let root = workspace::root();
    let dist = root.join("dist");
    let stamp_path = root.join("target/frontend/stamp");
    let stamp = inputs::stamp(&root, options.profile.name())?;
    let built = fs::read_to_string(&stamp_path).is_ok_and(|old| old == stamp);
    if built && dist.join("manifest.json").exists() {
        println!("frontend: dist/ is up to date ({})", options.profile.name());
    } else {
        build(&root, &dist, options.profile)?;
        fs::write(&stamp_path, &stamp).context("cannot write the stamp of the frontend build")?;
    }
    let within_budget = sizes::report(&dist)?;
    anyhow::ensure!(within_budget || !options.check_sizes, "a bundle is larger than its budget");
    Ok(())
}

/// Builds into a folder of its own first, so that `dist/` never holds half a build.
fn build(root: &Path, dist: &Path, profile: Profile) -> Result<()> {
    let staging = root.join("target/frontend/dist");
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    step("tools", || {
        wasm::ensure_target()?;
        bundle::install_npm_packages(root)
    })?;
    let bindings = step("cargo build", || wasm::build(root, profile.name()))?;
    step("bundle", || bundle::run(root, &bindings, &staging))?;
    step("compress", || compress::run(&staging, profile.brotli_quality()))?;
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::rename(&staging, dist).context("cannot move the finished build to dist/")
}

/// Runs one part of the build and prints how many seconds it took.
fn step<T>(name: &str, part: impl FnOnce() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    let result = part().with_context(|| format!("frontend: {name} failed"))?;
    println!("frontend: {name} {:.1} s", started.elapsed().as_secs_f32());
    Ok(result)
}
