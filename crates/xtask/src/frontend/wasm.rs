//! Compiles the wasm crates and writes the JavaScript that binds them to the browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{BUNDLES, imports, order, package, split};
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain when its standard library is not there yet.
pub fn ensure_target() -> Result<()> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .context("cannot start rustc: is it installed?")?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if output.status.success() && libraries.exists() {
        return Ok(());
    }
    workspace::run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Compiles every wasm crate and returns the folder with its bindings: `<crate>.js` and `<crate>_bg.wasm`.
///
/// One cargo call for all of them: separate calls resolve features differently and compile Leptos again. The version
/// of wasm-bindgen needs no check, because one Cargo.lock pins both the crate and the generator.
pub fn build(root: &Path, profile: &str) -> Result<PathBuf> {
    let target_dir = root.join("target/frontend");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root).args(["build", "--lib", "--target", TARGET, "--profile", profile]);
    cargo.arg("--target-dir").arg(&target_dir);
    for bundle in BUNDLES {
        cargo.args(["--package", package(bundle)]);
    }
    workspace::run(&mut cargo)?;

    let bindings = target_dir.join("bindings").join(profile);
    if bindings.exists() {
        // Parts of before would stay otherwise.
        fs::remove_dir_all(&bindings)?;
    }
    fs::create_dir_all(&bindings)?;
    for bundle in BUNDLES {
        let compiled = package(bundle).replace('-', "_");
        let mut wasm = target_dir.join(TARGET).join(profile).join(format!("{compiled}.wasm"));
        let is_split = bundle == "app";
        if is_split {
            split::into_parts(&wasm, bundle, &bindings).context("cannot split the app")?;
            wasm = bindings.join(format!("{bundle}.wasm"));
        }
        bind(&wasm, bundle, is_split, &bindings)
            .with_context(|| format!("wasm-bindgen failed for {bundle}"))?;
    }
    Ok(bindings)
}

/// `has_parts`: the parts of the module use what it exports.
fn bind(wasm: &Path, name: &str, has_parts: bool, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.keep_lld_exports(has_parts);
    bindgen.web(true)?.input_path(wasm).out_name(name).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    imports::generate(&mut bindgen, name, folder)?;
    let bound = folder.join(format!("{name}_bg.wasm"));
    fs::write(&bound, order::by_likeness(fs::read(&bound)?)?)?;
    Ok(())
}
