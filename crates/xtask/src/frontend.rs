//! `cargo xtask frontend`: everything that a browser loads, built into `dist/`.
//!
//! | folder | served at | content |
//! |-|-|-|
//! | `dist/app` | `/` | the SPA: `index.html` and `assets/` |
//! | `dist/chat` | `/chat/` | the chat widget's `assets/`; the server renders its page |
//! | `dist/clip` | `/clip/` | the `assets/` of shared clips; the server renders their page |
//! | `dist/booking` | `/booking/` | the `assets/` of booking pages; the server renders them |
//! | `dist/embed` | `/embed/` | the loader for customers' sites, under a stable name |
//!
//! Names under `assets/` carry a hash of the content. `dist/manifest.json` maps a stable name (`chat/chat.js`) to the
//! path to ask the server for (`/chat/assets/chat-1A2B3C4D.js`). Beside each file lie its `.br` and `.gz` twins.
//!
//! Each profile keeps its last build in `target/frontend/`, and `dist/` is a copy of one of them: going from one profile
//! to the other builds nothing anew.

mod bundle;
mod compress;
mod imports;
mod inputs;
mod order;
mod sizes;
mod split;
mod wasm;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::{packages, workspace};

/// The wasm crates, each with a folder in `frontend/` and in `dist/`.
const BUNDLES: [&str; 4] = ["app", "chat", "clip", "booking"];

/// The package of a bundle: named as the bundle, unless a crate of the server has that name.
fn package(bundle: &str) -> &str {
    if bundle == "booking" { "booking-page" } else { bundle }
}

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

/// Puts an up-to-date build into `dist/`, then prints its sizes and, when asked, checks them.
pub fn run(options: &Options) -> Result<()> {
    let root = workspace::root();
    let built = up_to_date(&root, options.profile)?;
    let dist = root.join("dist");
    if !same_stamp(&built, &dist) {
        let staging = emptied_staging(&root)?;
        copy(&built, &staging)?;
        replace(&dist, &staging)?;
    }
    // Only what ships has to be small.
    if options.check_sizes || matches!(options.profile, Profile::WasmRelease) {
        let within_budget = sizes::report(&dist)?;
        anyhow::ensure!(within_budget || !options.check_sizes, "a bundle is larger than its budget");
    }
    Ok(())
}

/// The folder with the profile's last build, built anew when what it was made from has changed.
fn up_to_date(root: &Path, profile: Profile) -> Result<PathBuf> {
    let built = root.join("target/frontend").join(format!("dist-{}", profile.name()));
    let stamp = inputs::stamp(root, profile.name())?;
    if fs::read_to_string(built.join(STAMP)).is_ok_and(|old| old == stamp) {
        println!("frontend: up to date ({})", profile.name());
    } else {
        // In a folder of its own first, so that there is never half a build.
        let staging = emptied_staging(root)?;
        build(root, &staging, profile)?;
        fs::write(staging.join(STAMP), &stamp).context("cannot write the stamp of the frontend build")?;
        replace(&built, &staging)?;
    }
    Ok(built)
}

/// Says what a build was made from.
const STAMP: &str = "stamp";

fn same_stamp(a: &Path, b: &Path) -> bool {
    match (fs::read(a.join(STAMP)), fs::read(b.join(STAMP))) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn emptied_staging(root: &Path) -> Result<PathBuf> {
    let staging = root.join("target/frontend/staging");
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    fs::create_dir_all(&staging)?;
    Ok(staging)
}

fn build(root: &Path, folder: &Path, profile: Profile) -> Result<()> {
    step("tools", || {
        wasm::ensure_target()?;
        packages::npm(&root.join("frontend/js"))
    })?;
    let bindings = step("cargo build", || wasm::build(root, profile.name()))?;
    step("bundle", || bundle::run(root, &bindings, folder))?;
    step("compress", || compress::run(folder, profile.brotli_quality()))
}

/// Moves `staging` to `folder`, in the place of what was there.
fn replace(folder: &Path, staging: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(staging, folder)
        .with_context(|| format!("cannot move the finished build to {}", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Runs one part of the build and prints how many seconds it took.
fn step<T>(name: &str, part: impl FnOnce() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    let result = part().with_context(|| format!("frontend: {name} failed"))?;
    println!("frontend: {name} {:.1} s", started.elapsed().as_secs_f32());
    Ok(result)
}
