//! JavaScript, styles and WASM into files with hashed names, by esbuild.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::BUNDLES;
use crate::workspace;

/// Stable name (`app/app.js`) to the path a browser asks for (`/assets/app-1A2B3C4D.js`).
type Manifest = BTreeMap<String, String>;

/// Writes every bundle, the loader, the SPA's page and the manifest into `dist`.
pub fn run(root: &Path, bindings: &Path, dist: &Path) -> Result<()> {
    let mut manifest = Manifest::new();
    for bundle in BUNDLES {
        let assets = dist.join(bundle).join("assets");
        bundle_assets(root, bundle, bindings, &assets)?;
        // The SPA is served from the root of the site, every other bundle from a folder of its own name.
        let url = if bundle == "app" { "/assets".to_owned() } else { format!("/{bundle}/assets") };
        list_assets(bundle, &assets, &url, &mut manifest)?;
    }
    bundle_loader(root, &dist.join("embed"))?;
    manifest.insert("embed/rapport.js".to_owned(), "/embed/rapport.js".to_owned());

    let page = fs::read_to_string(root.join("frontend/app/index.html"))?;
    fs::write(dist.join("app/index.html"), fill(&page, &manifest)?)?;
    fs::write(dist.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(())
}

/// Bundles a crate's `boot.js` and `style/<crate>.css`; scripts and icons that stand alone beside them come along.
fn bundle_assets(root: &Path, bundle: &str, bindings: &Path, assets: &Path) -> Result<()> {
    let source = root.join("frontend").join(bundle);
    let mut esbuild = esbuild(root);
    esbuild.arg(entry(bundle, &source.join("boot.js")));
    esbuild.arg(entry(bundle, &source.join("style").join(format!("{bundle}.css"))));
    for alone in ["theme.js", "icon.svg"] {
        let path = source.join(alone);
        if path.exists() {
            esbuild.arg(entry(alone.split('.').next().unwrap_or(alone), &path));
        }
    }
    esbuild.args(["--splitting", "--format=esm", "--loader:.wasm=file", "--loader:.svg=copy"]);
    esbuild.args([
        "--entry-names=[name]-[hash]",
        "--asset-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]",
    ]);
    esbuild.arg(format!("--alias:@wasm={}", bindings.display()));
    esbuild.arg(format!("--outdir={}", assets.display()));
    workspace::run(&mut esbuild)
}

fn bundle_loader(root: &Path, folder: &Path) -> Result<()> {
    let mut esbuild = esbuild(root);
    esbuild.arg(root.join("frontend/embed/rapport.js")).arg(format!("--outdir={}", folder.display()));
    workspace::run(&mut esbuild)
}

fn esbuild(root: &Path) -> Command {
    let mut command = Command::new(root.join("frontend/js/node_modules/.bin/esbuild"));
    command.current_dir(root);
    command.args(["--bundle", "--minify", "--target=es2022", "--legal-comments=none", "--log-level=warning"]);
    // wasm-bindgen names a script once for each function that the module imports from it.
    command.arg("--log-override:duplicate-object-key=silent");
    command
}

fn entry(name: &str, path: &Path) -> String {
    format!("{name}={}", path.display())
}

/// Adds each file of `assets` to the manifest under its name without the hash.
fn list_assets(bundle: &str, assets: &Path, url: &str, manifest: &mut Manifest) -> Result<()> {
    for entry in fs::read_dir(assets)? {
        let path: PathBuf = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stable = without_hash(&file).with_context(|| format!("{file} has no hash in its name"))?;
        manifest.insert(format!("{bundle}/{stable}"), format!("{url}/{file}"));
    }
    Ok(())
}

/// `app-1A2B3C4D.js` to `app.js`.
fn without_hash(file: &str) -> Option<String> {
    let (name, rest) = file.rsplit_once('-')?;
    let (_, extension) = rest.split_once('.')?;
    Some(format!("{name}.{extension}"))
}

/// Replaces each `{{stable name}}` in `page` by its path.
fn fill(page: &str, manifest: &Manifest) -> Result<String> {
    let mut filled = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, tail) = after.split_once("}}").context("index.html: a {{ is not closed")?;
        let path =
            manifest.get(name).with_context(|| format!("index.html names {name}, which was not built"))?;
        filled.push_str(before);
        filled.push_str(path);
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_names_lose_only_the_hash() {
        assert_eq!(without_hash("app-1A2B3C4D.js").as_deref(), Some("app.js"));
        assert_eq!(without_hash("app_bg-1A2B3C4D.wasm").as_deref(), Some("app_bg.wasm"));
        assert_eq!(without_hash("plain.js"), None);
    }

    #[test]
    fn the_page_names_hashed_files() {
        let manifest = Manifest::from([("app/app.js".to_owned(), "/assets/app-1.js".to_owned())]);
        let page = fill(r#"<script src="{{app/app.js}}"></script>"#, &manifest).unwrap();
        assert_eq!(page, r#"<script src="/assets/app-1.js"></script>"#);
        assert!(fill("{{app/missing.js}}", &manifest).is_err());
    }
}
