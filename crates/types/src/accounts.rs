//! Users, sessions, teams, roles, API tokens, the audit log, notifications, settings, the outbox of mails, connections
//! to the services of others, domains, and webhooks.

mod administration;
mod connections;
mod domains;
mod me;
mod sessions;
mod users;
mod webhooks;

pub use administration::*;
pub use connections::*;
pub use domains::*;
pub use me::*;
pub use sessions::*;
pub use users::*;
pub use webhooks::*;
