//! What the platform itself shows: health, failed jobs, and the polling twin of the live stream.

use crate::wire::{paths, queries, replies};
use crate::{Envelope, JobId, Timestamp};

replies! {
    /// A background job that was given up.
    pub struct DeadJob {
        /// The job's id.
        pub id: JobId,
        /// Which kind of job, for example `deliver_mail`.
        pub kind: String,
        /// How often it was tried.
        pub attempts: i32,
        /// Why the last attempt failed.
        pub last_error: String,
        /// When it was enqueued.
        pub created_at: Timestamp,
    }

    /// Whether the server can do its work.
    pub struct Health {
        /// `ok`, or what is not.
        pub status: String,
        /// The release, for example `0.1.0`.
        pub version: String,
    }
}

/// Events since a position.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Events<E = serde_json::Value> {
    /// The events, oldest first; at most 500.
    pub items: Vec<Envelope<E>>,
    /// Pass it as `since` for what comes next.
    pub cursor: String,
    /// True when `since` is unknown or too old: fetch everything anew and go on from `cursor`.
    pub reset: bool,
}

queries! {
    /// From where on.
    pub struct Since {
        /// The last cursor seen; absent for what happens from now on.
        pub since: Option<String>,
    }
}

paths! {
    /// The id of a job.
    pub struct JobPath {
        /// The job.
        pub job_id: JobId,
    }
}
