//! Where the built files come from: inside the program, or a directory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rust_embed::RustEmbed;
use web::Assets;

/// Names a directory to serve in place of what is inside the program.
const VARIABLE: &str = "RAPPORT_DIST";

/// What `cargo xtask frontend` had built when the program was; nothing when it had not.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist/"]
#[allow_missing = true]
struct Inside;

/// The built files.
#[derive(Clone, Debug)]
pub(crate) enum Dist {
    /// Inside the program.
    Inside,
    /// In a directory.
    Directory(PathBuf),
}

impl Dist {
    /// The directory that the environment names, else what is inside the program.
    pub(crate) fn find() -> Self {
        std::env::var_os(VARIABLE).map_or(Self::Inside, |path| Self::Directory(path.into()))
    }

    /// A file by its path from the root of what was built; nothing when there is none.
    pub(crate) fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        // Parts that climb up, or that another file system takes for something else, name no file that was built.
        let is_plain =
            |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':']);
        if !name.split('/').all(is_plain) {
            return None;
        }
        match self {
            Self::Inside => Inside::get(name).map(|file| file.data),
            Self::Directory(path) => std::fs::read(path.join(name)).ok().map(Cow::Owned),
        }
    }

    /// Where the files are to be asked for.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub(crate) fn assets(&self) -> Result<Assets> {
        let Some(manifest) = self.read("manifest.json") else { return Ok(Assets::default()) };
        let paths: BTreeMap<String, String> =
            serde_json::from_slice(&manifest).context("the frontend's manifest.json cannot be read")?;
        Ok(Assets::new(paths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_root_are_read() {
        let dist = Dist::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        assert!(dist.read("Cargo.toml").is_some());
        assert!(dist.read("src/lib.rs").is_some());
        for bad in ["../web/Cargo.toml", "/etc/passwd", "src//lib.rs", "src/../Cargo.toml", "", "src", "a\\b"]
        {
            assert!(dist.read(bad).is_none(), "{bad}");
        }
    }
}
