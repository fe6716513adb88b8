//! Jobs that failed for the last time, for administrators.

use db::Cursor;
use db::schema::jobs;
use diesel::prelude::*;
use types::platform::DeadJob;
use types::{JobId, Page, Permission, Timestamp};

use super::store::{DEAD, QUEUED};
use crate::{Error, Result, Tx};

/// Lists dead jobs, newest first. `limit` counts items.
///
/// # Errors
/// [`Error::Forbidden`] without the permission to manage jobs, [`Error::Invalid`] for a malformed cursor.
pub fn dead_jobs(tx: &mut Tx<'_>, cursor: Option<&str>, limit: i64) -> Result<Page<DeadJob>> {
    tx.actor().require(Permission::ManageJobs)?;
    let before = match cursor {
        Some(cursor) => Cursor::decode(cursor)?.number(0)?,
        None => i64::MAX,
    };
    let rows = jobs::table
        .filter(jobs::state.eq(DEAD).and(jobs::id.lt(before)))
        .order(jobs::id.desc())
        .select((jobs::id, jobs::kind, jobs::attempts, jobs::last_error, jobs::created_at))
        .limit(limit + 1)
        .load::<(JobId, String, i32, Option<String>, Timestamp)>(tx.conn())?;
    let mut items: Vec<DeadJob> = rows
        .into_iter()
        .map(|(id, kind, attempts, last_error, created_at)| DeadJob {
            id,
            kind,
            attempts,
            last_error: last_error.unwrap_or_default(),
            created_at,
        })
        .collect();
    let more = items.len() as i64 > limit;
    items.truncate(usize::try_from(limit).unwrap_or(0));
    let next_cursor = items.last().filter(|_| more).map(|last| Cursor::new([last.id.0.into()]).encode());
    Ok(Page { items, next_cursor })
}

/// Has a dead job tried again from the start.
///
/// # Errors
/// [`Error::Forbidden`] without the permission to manage jobs, [`Error::NotFound`] when no such job is dead.
pub fn retry_dead_job(tx: &mut Tx<'_>, id: JobId) -> Result<()> {
    tx.actor().require(Permission::ManageJobs)?;
    let revived = diesel::update(jobs::table.find(id).filter(jobs::state.eq(DEAD)))
        .set((jobs::state.eq(QUEUED), jobs::run_at.eq(tx.now()), jobs::attempts.eq(0)))
        .execute(tx.conn())?;
    if revived == 0 {
        return Err(Error::NotFound);
    }
    tx.set_jobs_going();
    tx.audit("job.retry", ("job", id.0), serde_json::json!({}))
}

/// Deletes a dead job; what it was to do is not done.
///
/// # Errors
/// [`Error::Forbidden`] without the permission to manage jobs, [`Error::NotFound`] when no such job is dead.
pub fn delete_dead_job(tx: &mut Tx<'_>, id: JobId) -> Result<()> {
    tx.actor().require(Permission::ManageJobs)?;
    if diesel::delete(jobs::table.find(id).filter(jobs::state.eq(DEAD))).execute(tx.conn())? == 0 {
        return Err(Error::NotFound);
    }
    tx.audit("job.delete", ("job", id.0), serde_json::json!({}))
}
