//! `rapport backup`: database, files and key in one directory.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use blob::{BlobSettings, Store};
use db::{Database, Engine};
use futures_util::TryStreamExt;
use platform::Config;
use serde::{Deserialize, Serialize};

use crate::{postgres_tools, storage};

/// The copy of a SQLite database.
pub(crate) const SQLITE_FILE: &str = "rapport.db";
/// The copy of a PostgreSQL database, as `pg_dump` writes it.
pub(crate) const POSTGRES_FILE: &str = "rapport.dump";
/// The directory of the files.
pub(crate) const FILES: &str = "files";
/// The key that credentials are encrypted with.
pub(crate) const KEY_FILE: &str = "secret.key";
/// What the copy is. It is written last, so that a copy without it is not complete.
pub(crate) const DESCRIPTION: &str = "backup.json";

/// What a copy is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Description {
    /// The release that made it.
    pub(crate) version: String,
    /// `sqlite` or `postgres`.
    pub(crate) engine: String,
    /// How many files there are.
    pub(crate) files: u64,
}

pub(crate) fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// Copies database, files and key into a new directory, while a server may go on running. Whoever holds the copy can
/// read everything in it: it holds the key too.
///
/// # Errors
/// When the directory exists already, or something cannot be read or written.
pub async fn backup(config: &Config, directory: &Path) -> Result<()> {
    ensure!(!directory.exists(), "{} exists already", directory.display());
    std::fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    // The database first: files that come later are not missed by it, and none that it names is deleted within a day.
    let engine = copy_database(config, directory).await?;
    let copy = Store::open(&BlobSettings::Disk { directory: directory.join(FILES) })?;
    let files = copy_files(&storage::open(&config.storage)?, &copy).await?;
    save_key(&directory.join(KEY_FILE), &key_text(config)?)?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let description = Description { version, engine: engine_name(engine).to_owned(), files };
    std::fs::write(directory.join(DESCRIPTION), serde_json::to_vec_pretty(&description)?)?;
    tracing::info!(files, directory = %directory.display(), "copied");
    Ok(())
}

async fn copy_database(config: &Config, directory: &Path) -> Result<Engine> {
    let database = Database::open(&config.database.settings())?;
    let engine = database.engine();
    let (url, directory) = (config.database.url.clone(), directory.to_owned());
    tokio::task::spawn_blocking(move || match engine {
        Engine::Sqlite => {
            database.backup_to(&directory.join(SQLITE_FILE)).context("cannot copy the database")
        }
        Engine::Postgres => postgres_tools::dump(&url, &directory.join(POSTGRES_FILE)),
    })
    .await??;
    Ok(engine)
}

/// Copies every file from one store to another; how many there were.
pub(crate) async fn copy_files(from: &Store, to: &Store) -> Result<u64> {
    let mut listing = from.list_prefix(None)?;
    let mut count = 0;
    while let Some(file) = listing.try_next().await.context("cannot list the files")? {
        match from.get_range(&file.key, None).await {
            Ok(blob) => {
                to.put_stream(&file.key, blob.stream, u64::MAX).await?;
                count += 1;
            }
            // Deleted since it was listed.
            Err(blob::Error::NotFound) => {}
            Err(cause) => return Err(cause).with_context(|| format!("cannot read the file {}", file.key)),
        }
    }
    Ok(count)
}

/// The key of this installation, in base64.
pub(crate) fn key_text(config: &Config) -> Result<String> {
    if !config.secrets.key.is_empty() {
        return Ok(config.secrets.key.clone());
    }
    let path = &config.secrets.key_file;
    std::fs::read_to_string(path).with_context(|| format!("cannot read the key {}", path.display()))
}

/// Writes the key for its owner alone.
pub(crate) fn save_key(path: &Path, key: &str) -> Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    Ok(())
}
