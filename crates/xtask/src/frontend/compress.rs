//! A brotli and a gzip twin beside every file, so that the server compresses nothing while it serves.

use std::{
    cmp::Reverse,
    fs,
    io::Write,
    num::NonZero,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Compresses every file below `folder`. `brotli_quality` runs from 0 to 11; gzip always does its best.
pub fn run(folder: &Path, brotli_quality: i32) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    // The largest first: none of them is left to one thread at the end.
    files.sort_by_key(|(bytes, _)| Reverse(*bytes));
    let next = Mutex::new(files.into_iter());
    let work = || -> Result<()> {
        loop {
            let taken = next.lock().map_err(|_| anyhow!("another thread panicked"))?.next();
            let Some((_, path)) = taken else { return Ok(()) };
            twins(&path, brotli_quality).with_context(|| format!("cannot compress {}", path.display()))?;
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| anyhow!("compressing panicked"))?)
    })
}

/// Adds every file below `folder` that is served, with its bytes.
fn collect(folder: &Path, files: &mut Vec<(u64, PathBuf)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else if entry.file_name() != "manifest.json" {
            files.push((entry.metadata()?.len(), entry.path()));
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
