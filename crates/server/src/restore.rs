//! `rapport restore`: puts a copy made by `rapport backup` in place.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use blob::{BlobSettings, Store};
use db::{Database, Engine};
use diesel::RunQueryDsl;
use diesel::sql_types::Bool;
use futures_util::TryStreamExt;
use platform::{Config, events};

use crate::backup::{
    DESCRIPTION, Description, FILES, KEY_FILE, POSTGRES_FILE, SQLITE_FILE, copy_files, engine_name, key_text,
    save_key,
};
use crate::{postgres_tools, storage};

/// Puts a copy in place: database, files and key. The server must not be running. Sign-ins and API tokens go on; live
/// connections load everything anew.
///
/// # Errors
/// When the copy is not complete, was made with another kind of database, or, without `force`, when there is something
/// already.
pub async fn restore(config: &Config, directory: &Path, force: bool) -> Result<()> {
    let description = read_description(directory)?;
    let engine = Engine::of(&config.database.url)?;
    ensure!(
        description.engine == engine_name(engine),
        "the copy was made with {} and database.url names {}",
        description.engine,
        engine_name(engine)
    );
    let key = std::fs::read_to_string(directory.join(KEY_FILE)).context("cannot read the copy's key")?;
    let store = storage::open(&config.storage)?;
    if !force {
        refuse_to_overwrite(config, engine, &store).await?;
    }
    place_key(config, &key)?;
    let copy = Store::open(&BlobSettings::Disk { directory: directory.join(FILES) })?;
    let files = copy_files(&copy, &store).await?;
    ensure!(files >= description.files, "the copy has {files} files and should have {}", description.files);
    let (settings, directory) = (config.database.clone(), directory.to_owned());
    tokio::task::spawn_blocking(move || {
        place_database(engine, &settings.url, &directory)?;
        // Whoever saw events after the copy was made must not take new ones for those.
        let database = Database::open(&settings.settings())?;
        events::renew_epoch(&mut database.connect()?).context("cannot renew the event log")
    })
    .await??;
    tracing::info!(files, version = description.version, "restored");
    Ok(())
}

fn read_description(directory: &Path) -> Result<Description> {
    let path = directory.join(DESCRIPTION);
    let text = std::fs::read(&path).with_context(|| {
        format!("{} is not a complete copy: cannot read {DESCRIPTION}", directory.display())
    })?;
    serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))
}

async fn refuse_to_overwrite(config: &Config, engine: Engine, store: &Store) -> Result<()> {
    let settings = config.database.settings();
    let occupied = match (engine, settings.sqlite_path()) {
        (Engine::Sqlite, Some(path)) => path.exists(),
        _ => tokio::task::spawn_blocking(move || has_tables(&Database::open(&settings)?)).await??,
    };
    if occupied {
        bail!("there is a database already; --force replaces it");
    }
    let mut listing = store.list_prefix(None)?;
    while let Some(file) = listing.try_next().await.context("cannot list the files")? {
        // What a health check left behind is nobody's file.
        ensure!(
            file.key == "health",
            "there are files already; --force adds to them and replaces those of the same name"
        );
    }
    if config.secrets.key.is_empty() && config.secrets.key_file.exists() {
        bail!("there is a key already ({}); --force replaces it", config.secrets.key_file.display());
    }
    Ok(())
}

fn has_tables(database: &Database) -> Result<bool> {
    #[derive(diesel::QueryableByName)]
    struct Found {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    let query = diesel::sql_query("SELECT to_regclass('schema_migrations') IS NOT NULL AS found");
    Ok(query.get_result::<Found>(&mut database.connect()?)?.found)
}

fn place_key(config: &Config, key: &str) -> Result<()> {
    if config.secrets.key.is_empty() {
        return save_key(&config.secrets.key_file, key);
    }
    let fits = key_text(config)?.trim() == key.trim();
    ensure!(fits, "secrets.key is not the key of the copy, without which its credentials cannot be read");
    Ok(())
}

fn place_database(engine: Engine, url: &str, directory: &Path) -> Result<()> {
    let path = match (engine, db::DatabaseSettings::new(url).sqlite_path()) {
        (Engine::Sqlite, Some(path)) => path,
        _ => return postgres_tools::restore(url, &directory.join(POSTGRES_FILE)),
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut draft = path.clone().into_os_string();
    draft.push(".restoring");
    std::fs::copy(directory.join(SQLITE_FILE), &draft).context("cannot copy the database")?;
    std::fs::File::open(&draft)?.sync_all()?;
    // A log of the database before must not be applied to this one.
    for ending in ["-wal", "-shm"] {
        let mut beside = path.clone().into_os_string();
        beside.push(ending);
        match std::fs::remove_file(&beside) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause.into()),
            _ => {}
        }
    }
    std::fs::rename(&draft, &path).context("cannot put the database in place")
}
