//! What every capability stands on, without knowing any: transactions, actors, errors, the event log and its live
//! stream, jobs, the clock, settings and secrets.
//!
//! An operation is a function of `&mut Tx`. [`Ctx::write`] runs it in one transaction; what it emits and enqueues is
//! part of that transaction, and reaches sockets, other nodes and the job runner after the commit.
//!
//! Invariants:
//! - An event is in the log exactly if the change it tells of was committed; its position has no gap before it.
//! - Whoever may read a subject is told of it, and nobody else: [`Actor::may_see`] is the one rule.
//! - A job that was enqueued runs at least once, or is dead and visible.
//! - Ids are never made twice, whatever the clocks of the nodes do.
//!
//! Map: `ctx` and `tx` the handles; `actor`, `granted` who may; `events` the log, its order and its readers; `live` the
//! connected sockets; `jobs` background work; `fields` the rules of typed texts; `config`, `secrets`, `clock`, `ids`, `node` the process.

mod actor;
mod audit;
mod authenticator;
mod clock;
pub mod config;
mod ctx;
mod error;
pub mod events;
pub mod fields;
mod granted;
mod idempotency;
mod ids;
pub mod jobs;
pub mod live;
mod lock;
mod node;
mod paging;
mod running;
mod secrets;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;

pub use actor::{Actor, Grants, TokenActor, UserActor, VisitorActor};
pub use authenticator::{Authenticator, Credential};
pub use clock::Clock;
pub use config::Config;
pub use ctx::{Ctx, CtxBuilder};
pub use db::{Conn, Engine};
pub use error::{Cause, Error, Result};
pub use events::Subscriber;
pub use granted::Granted;
pub use idempotency::{IdempotencyKey, StoredReply};
pub use jobs::{Job, JobError, Periodic};
pub use live::{Live, Sockets};
pub use lock::Key;
pub use paging::Paging;
pub use running::Running;
pub use secrets::Secrets;
pub use settings::Setting;
pub use tx::Tx;
