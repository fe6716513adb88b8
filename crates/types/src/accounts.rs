//! Users, sessions, teams, roles, API tokens, the audit log, notifications, settings and the outbox of mails.

mod administration;
mod me;
mod sessions;
mod users;

pub use administration::*;
pub use me::*;
pub use sessions::*;
pub use users::*;
