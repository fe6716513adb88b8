use std::collections::BTreeSet;
use std::time::{Duration, UNIX_EPOCH};

use futures_util::TryStreamExt;
use platform::{Actor, Ctx, Error, Periodic, Result};
use types::{FileId, Timestamp};

use super::BLOB_PREFIX;
use crate::store;

/// How long a file may be loose, and bytes may be without a row.
const KEPT_SECONDS: i64 = 24 * 60 * 60;
/// How many files are looked at in one transaction.
const AT_A_TIME: usize = 100;

/// Deletes files that no message took within a day.
#[derive(Debug)]
pub struct DeleteLooseFiles;

impl Periodic for DeleteLooseFiles {
    const NAME: &'static str = "delete_loose_files";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        loop {
            let deleted = ctx
                .write(&Actor::System, |tx| {
                    let before = tx.now().plus_seconds(-KEPT_SECONDS);
                    let ids = store::files::loose_before(tx, before, AT_A_TIME as i64)?;
                    super::delete(tx, &ids)?;
                    Ok(ids.len())
                })
                .await?;
            if deleted == 0 {
                return Ok(());
            }
        }
    }
}

/// Deletes bytes that have no row: their upload was cut off between the two.
#[derive(Debug)]
pub struct SweepBlobs;

impl Periodic for SweepBlobs {
    const NAME: &'static str = "sweep_blobs";
    const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        let blobs = ctx.extension::<blob::Store>()?;
        let before = ctx.now().plus_seconds(-KEPT_SECONDS);
        let mut listing =
            blobs.list_prefix(Some(BLOB_PREFIX)).map_err(Error::internal)?.try_chunks(AT_A_TIME);
        while let Some(found) = listing.try_next().await.map_err(|error| Error::internal(error.1))? {
            let old = found.into_iter().filter(|blob| stored_at(blob) < before);
            let ids: Vec<FileId> = old.filter_map(|blob| id_of(&blob.key)).collect();
            for id in without_row(&ctx, ids).await? {
                blobs.delete(&super::blob_key(id)).await.map_err(Error::internal)?;
            }
        }
        Ok(())
    }
}

fn stored_at(blob: &blob::Listed) -> Timestamp {
    let since_epoch = blob.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
}

fn id_of(key: &str) -> Option<FileId> {
    key.strip_prefix(BLOB_PREFIX)?.strip_prefix('/')?.parse().ok()
}

async fn without_row(ctx: &Ctx, ids: Vec<FileId>) -> Result<Vec<FileId>> {
    let asked = ids.clone();
    let rows = ctx.read(&Actor::System, move |tx| store::files::find_all(tx, &asked)).await?;
    let known: BTreeSet<FileId> = rows.into_iter().map(|row| row.id).collect();
    Ok(ids.into_iter().filter(|id| !known.contains(id)).collect())
}
