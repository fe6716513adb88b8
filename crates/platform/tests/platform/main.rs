//! The platform on both engines: the event log and its order, live feeds, jobs, locks, leases, stored replies.

mod events;
mod idempotency;
mod jobs;
mod live;
mod locks;
mod nodes;
mod start;
