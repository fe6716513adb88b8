//! The rows of jobs that wait or run.

use db::schema::jobs;
use db::{Conn, JsonText};
use diesel::prelude::*;
use types::{Event, JobId, Permission, Subject, Timestamp};

use crate::{Result, Tx};

/// The job waits for its time, or runs.
pub(super) const QUEUED: &str = "queued";
/// The job failed for the last time.
pub(super) const DEAD: &str = "dead";

/// A job that this node has claimed.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Claimed {
    pub(super) id: JobId,
    pub(super) kind: String,
    payload: JsonText,
    /// How often it was tried before.
    attempts: i32,
}

impl Claimed {
    pub(super) fn payload(&self) -> String {
        self.payload.0.clone()
    }

    /// Which attempt this is; the first is 1.
    pub(super) fn attempt(&self) -> u32 {
        u32::try_from(self.attempts).unwrap_or(0).saturating_add(1)
    }
}

pub(crate) fn enqueue(tx: &mut Tx<'_>, kind: &str, payload: String, at: Timestamp) -> Result<JobId> {
    let id = tx.new_id::<JobId>();
    let row = (
        jobs::id.eq(id),
        jobs::kind.eq(kind),
        jobs::payload.eq(JsonText(payload)),
        jobs::state.eq(QUEUED),
        jobs::run_at.eq(at),
        jobs::attempts.eq(0),
        jobs::leased_until.eq(0_i64),
        jobs::contact_id.eq(tx.contact()),
        jobs::created_at.eq(tx.now()),
    );
    diesel::insert_into(jobs::table).values(row).execute(tx.conn())?;
    Ok(id)
}

/// Whether a job of these kinds is due.
pub(super) fn is_due(tx: &mut Tx<'_>, kinds: &[&str]) -> Result<bool> {
    let now = tx.now();
    let due = jobs::table
        .filter(jobs::state.eq(QUEUED).and(jobs::run_at.le(now)).and(jobs::leased_until.le(now)))
        .filter(jobs::kind.eq_any(kinds.to_vec()))
        .select(jobs::id)
        .limit(1)
        .load::<JobId>(tx.conn())?;
    Ok(!due.is_empty())
}

/// Claims at most `limit` due jobs of these kinds, the longest due first, until `until`.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    kinds: &[&str],
    holder: &str,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Claimed>> {
    let now = tx.now();
    let due = jobs::table
        .filter(jobs::state.eq(QUEUED).and(jobs::run_at.le(now)).and(jobs::leased_until.le(now)))
        .filter(jobs::kind.eq_any(kinds.to_vec()))
        .order((jobs::run_at, jobs::id))
        .select((jobs::id, jobs::kind, jobs::payload, jobs::attempts))
        .limit(limit);
    let claimed: Vec<Claimed> = match tx.conn() {
        Conn::Sqlite(conn) => due.load(conn)?,
        // Other nodes claim at the same time: each takes what the others have not.
        Conn::Pg(conn) => due.for_update().skip_locked().load(conn)?,
    };
    let ids: Vec<JobId> = claimed.iter().map(|job| job.id).collect();
    diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((
            // Counted when it starts, so that a job which kills its node dies too in the end.
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::leased_until.eq(until),
            jobs::lease_holder.eq(holder),
        ))
        .execute(tx.conn())?;
    Ok(claimed)
}

/// Keeps a claim until `until`; false when another node has taken the job over.
pub(super) fn renew(tx: &mut Tx<'_>, id: JobId, holder: &str, until: Timestamp) -> Result<bool> {
    let renewed = diesel::update(jobs::table.find(id).filter(jobs::lease_holder.eq(holder)))
        .set(jobs::leased_until.eq(until))
        .execute(tx.conn())?;
    Ok(renewed == 1)
}

/// Takes a finished job off the list, unless another node has taken it over.
pub(super) fn finish(tx: &mut Tx<'_>, id: JobId, holder: &str) -> Result<()> {
    diesel::delete(jobs::table.find(id).filter(jobs::lease_holder.eq(holder))).execute(tx.conn())?;
    Ok(())
}

/// Has a failed job tried again at `retry_at`, or declares it dead without one.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    id: JobId,
    holder: &str,
    cause: &str,
    retry_at: Option<Timestamp>,
) -> Result<()> {
    let state = if retry_at.is_some() { QUEUED } else { DEAD };
    let failed = diesel::update(jobs::table.find(id).filter(jobs::lease_holder.eq(holder)))
        .set((
            jobs::state.eq(state),
            jobs::run_at.eq(retry_at.unwrap_or(tx.now())),
            jobs::last_error.eq(cause),
            jobs::leased_until.eq(0_i64),
            jobs::lease_holder.eq(None::<String>),
        ))
        .execute(tx.conn())?;
    if failed == 1 && retry_at.is_none() {
        tx.emit(Subject::Permission(Permission::ManageJobs), Event::JobDied { job_id: id })?;
    }
    Ok(())
}
