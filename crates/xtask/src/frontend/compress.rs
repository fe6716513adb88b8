//! A brotli and a gzip twin beside every file, so that the server compresses nothing while it serves.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Compresses every file below `folder`. `brotli_quality` runs from 0 to 11; gzip always does its best.
pub fn run(folder: &Path, brotli_quality: i32) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            run(&path, brotli_quality)?;
        } else if path.file_name().is_some_and(|name| name != "manifest.json") {
            twins(&path, brotli_quality).with_context(|| format!("cannot compress {}", path.display()))?;
        }
    }
    Ok(())
}

fn twins(path: &Path, brotli_quality: i32) -> Result<()> {
    let content = fs::read(path)?;
    let mut brotli = Vec::new();
    let params = BrotliEncoderParams {
        quality: brotli_quality,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &params)?;
    fs::write(twin(path, "br"), brotli)?;

    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content)?;
    fs::write(twin(path, "gz"), gzip.finish()?)?;
    Ok(())
}

/// The path of the twin: `app.js` with `br` is `app.js.br`.
pub fn twin(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}
