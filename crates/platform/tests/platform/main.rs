//! The platform on both engines: the event log and its order, live feeds, jobs, locks, leases, stored replies.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod events;
mod idempotency;
mod jobs;
mod live;
mod locks;
mod nodes;
mod start;
