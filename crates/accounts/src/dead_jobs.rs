//! Background jobs that were given up, for administrators.

use actix_web::{delete, get, post};
use platform::{Result, Tx, jobs};
use types::Page;
use types::page::PageQuery;
use types::platform::{DeadJob, JobPath};
use web::{Call, Params, Path, Reply};

use platform::Paging;

/// List the jobs that were given up, the newest first.
#[utoipa::path(operation_id = "list_dead_jobs", tag = "jobs", params(PageQuery), responses((status = 200, body = Page<DeadJob>)))]
#[get("/v1/jobs")]
pub async fn list_dead_jobs(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<DeadJob>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    jobs::dead_jobs(tx, query.cursor.as_deref(), paging.items())
}

/// Run a job again that was given up.
#[utoipa::path(operation_id = "retry_job", tag = "jobs", params(JobPath), responses((status = 204)))]
#[post("/v1/jobs/{job_id}/retry")]
pub async fn retry_job(call: Call, path: Path<JobPath>) -> Reply {
    call.delete(move |tx| jobs::retry_dead_job(tx, path.job_id)).await
}

/// Delete a job that was given up. What it was to do is not done.
#[utoipa::path(operation_id = "delete_job", tag = "jobs", params(JobPath), responses((status = 204)))]
#[delete("/v1/jobs/{job_id}")]
pub async fn delete_job(call: Call, path: Path<JobPath>) -> Reply {
    call.delete(move |tx| jobs::delete_dead_job(tx, path.job_id)).await
}
