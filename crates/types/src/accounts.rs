//! Users, sessions, teams, roles, API tokens, the audit log, notifications, settings, the outbox of mails, and connections
//! to the services of others.

mod administration;
mod connections;
mod me;
mod sessions;
mod users;

pub use administration::*;
pub use connections::*;
pub use me::*;
pub use sessions::*;
pub use users::*;
