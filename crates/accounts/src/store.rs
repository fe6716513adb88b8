//! The queries of this slice, one module per table. Changes of a row take it as [`Granted`](platform::Granted), so that
//! none is made without a check of `access`.

pub(crate) mod api_tokens;
pub(crate) mod audit_entries;
pub(crate) mod connections;
pub(crate) mod domains;
pub(crate) mod erasure;
pub(crate) mod expiry;
pub(crate) mod files;
pub(crate) mod grants;
pub(crate) mod links;
pub(crate) mod mails;
pub(crate) mod notifications;
pub(crate) mod recovery_codes;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod teams;
pub(crate) mod users;
pub(crate) mod webhook_deliveries;
pub(crate) mod webhooks;

/// The first row of a query, locked to the end of the transaction. SQLite needs no lock: its one writer holds all.
macro_rules! first_locked {
    ($conn:expr, $query:expr) => {
        match $conn {
            db::Conn::Pg(conn) => $query.for_update().get_result(conn),
            db::Conn::Sqlite(conn) => $query.get_result(conn),
        }
    };
}
pub(crate) use first_locked;
