//! The watched folder: recordings that a telephone system puts there are taken in.
//!
//! A file is taken in once it has stayed as it is for some seconds, and then moves to `imported` beside it. It is
//! remembered too, so that one that cannot be moved, or whose call was deleted, is not taken in again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use platform::{Actor, Ctx, Error, Periodic, Result, Tx};
use types::calls::{CallDirection, CallSource, CreateCall};
use types::{RecordingId, Timestamp};

use crate::recordings::{self, Arrived};
use crate::settings::Recording;
use crate::store::watched_files::{self, WatchedFile};
use crate::{calls, fields};

/// Where files that were taken in move to.
const IMPORTED: &str = "imported";

/// Takes in recordings that lie in the watched folder.
#[derive(Debug)]
pub struct WatchFolder;

impl Periodic for WatchFolder {
    const NAME: &'static str = "watch_folder";
    const EVERY: Duration = Duration::from_secs(5);

    async fn run(ctx: Ctx) -> Result<()> {
        let folder = ctx.config().calls.watched_folder.clone();
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        if !ctx.read(&Actor::System, |tx| Ok(tx.setting::<Recording>()?.recording)).await? {
            return Ok(());
        }
        let there = folder.clone();
        let found = tokio::task::spawn_blocking(move || list(&there)).await.map_err(Error::internal)??;
        for file in found {
            let seen = file.clone();
            if ctx.write(&Actor::System, move |tx| settled(tx, &seen)).await? {
                let path = file.path.clone();
                match take(&ctx, &folder, file).await {
                    Err(cause @ Error::TooLarge { .. }) => {
                        tracing::warn!(%cause, path, "a recording in the watched folder is too large");
                        ctx.write(&Actor::System, move |tx| watched_files::take(tx, &path)).await?;
                    }
                    taken => taken?,
                }
            }
        }
        Ok(())
    }
}

/// The files of a folder that could be recordings.
fn list(folder: &Path) -> Result<Vec<WatchedFile>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::internal)? {
        let entry = entry.map_err(Error::internal)?;
        // Of the entry itself: what a link leads to is no file of this folder.
        let facts = entry.metadata().map_err(Error::internal)?;
        let Ok(path) = entry.file_name().into_string() else { continue };
        if facts.is_file() && facts.len() > 0 && !path.starts_with('.') {
            let modified = facts.modified().map_err(Error::internal)?;
            let since_epoch = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
            found.push(WatchedFile {
                path,
                bytes: i64::try_from(facts.len()).map_err(Error::internal)?,
                modified_at: Timestamp(i64::try_from(since_epoch.as_micros()).map_err(Error::internal)?),
            });
        }
    }
    Ok(found)
}

/// Notes how a file is, and says whether it has been so for long enough and was not taken in yet.
fn settled(tx: &mut Tx<'_>, file: &WatchedFile) -> Result<bool> {
    match watched_files::find(tx, &file.path)? {
        Some(known) if known.file == *file => {
            let since = tx.now().seconds_since(known.stable_since);
            Ok(!known.taken && since >= tx.ctx().config().calls.settle_seconds)
        }
        _ => watched_files::note(tx, file).map(|()| false),
    }
}

async fn take(ctx: &Ctx, folder: &Path, file: WatchedFile) -> Result<()> {
    let path = folder.join(&file.path);
    let opening = path.clone();
    let opened = tokio::task::spawn_blocking(move || File::open(opening)).await.map_err(Error::internal)?;
    let id: RecordingId = ctx.read(&Actor::System, |tx| Ok(tx.new_id())).await?;
    let content = blob::chunks(opened.map_err(Error::internal)?).map_err(Error::internal)?;
    let arrived = recordings::store(ctx, id, content).await?;
    ctx.write(&Actor::System, move |tx| record(tx, &file, &arrived)).await?;
    let (from, to) = (path.clone(), folder.join(IMPORTED));
    let moved = tokio::task::spawn_blocking(move || move_into(&from, &to)).await.map_err(Error::internal)?;
    if let Err(cause) = moved {
        tracing::warn!(%cause, path = %path.display(), "a recording that was taken in cannot be moved");
    }
    Ok(())
}

/// Makes a call of a file that is stored.
fn record(tx: &mut Tx<'_>, file: &WatchedFile, arrived: &Arrived) -> Result<()> {
    let stem = Path::new(&file.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&file.path);
    let title = fields::shown(stem).unwrap_or_else(|| "Call".to_owned());
    let request = CreateCall::new(title, CallDirection::Inbound, file.modified_at.min(tx.now()));
    let (call, _) = calls::take_in(tx, CallSource::Folder, &request)?;
    recordings::adopt(tx, &call, &file.path, arrived)?;
    watched_files::take(tx, &file.path)
}

/// Moves a file into a folder, beside one of the same name if there is one.
fn move_into(from: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let name = from.file_name().unwrap_or_default();
    let mut to: PathBuf = folder.join(name);
    let mut number = 1;
    while to.exists() {
        number += 1;
        let mut numbered = std::ffi::OsString::from(format!("{number}-"));
        numbered.push(name);
        to = folder.join(numbered);
    }
    std::fs::rename(from, to)
}
