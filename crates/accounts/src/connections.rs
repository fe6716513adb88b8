//! Connections to the services of others: one sign-in with OAuth 2.0 (RFC 6749) at a provider, for the whole account or for
//! one user. Slices that use a provider ask here for an access token, and know nothing of how it is had.
//!
//! - Tokens are sealed with the key outside the database and are in no reply, event or log.
//! - Whoever comes back from the provider must be in the session that went there.
//! - A refresh token is used once, whatever number of jobs and nodes want to renew at the same time.
//! - Only what a provider says for good ends a connection; whoever connected it is told once. Anything else is tried again.
//!
//! What differs between providers is one value each in `providers`; some say themselves where their sign-in is (`discovery`).

mod complete;
mod delete;
mod discovery;
mod list;
mod oauth;
mod providers;
mod renewal;
mod revoke;
mod start;
mod tokens;

use std::collections::BTreeMap;

use platform::{Granted, Result, Tx};
use types::accounts::{Connection, ConnectionProvider, ConnectionScope, ConnectionState, UserState};
use types::{ConnectionId, UserId};

use crate::store::connections::ConnectionRow;
use crate::{access, mails, settings, store};

pub use complete::complete_connection;
pub use delete::delete_connection;
pub use list::list_connections;
pub use oauth::OAuth;
pub use providers::{is_configured, return_url};
pub use renewal::{access_token, spoil};
pub use revoke::RevokeConnection;
pub use start::start_connection;

/// A connection as the slice that uses its provider needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The connection.
    pub id: ConnectionId,
    /// The user it serves; nothing for the whole account.
    pub user_id: Option<UserId>,
    /// Whoever signed in, as the provider names them.
    pub external_id: String,
    /// Their account at the provider.
    pub external_account_id: Option<String>,
    /// Their address at the provider.
    pub email: Option<String>,
}

/// The connections to a provider, the oldest first, whatever their state.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn of_provider(tx: &mut Tx<'_>, provider: ConnectionProvider) -> Result<Vec<Linked>> {
    let rows = store::connections::of_provider(tx, provider)?.into_iter();
    let linked = |row: ConnectionRow| Linked {
        id: row.id,
        user_id: row.user_id,
        external_id: row.external_id,
        external_account_id: row.external_account_id,
        email: row.email,
    };
    Ok(rows.map(linked).collect())
}

/// The users who are signed in at a provider themselves, each with the oldest connection that can be used.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn of_users(tx: &mut Tx<'_>, provider: ConnectionProvider) -> Result<BTreeMap<UserId, ConnectionId>> {
    let mut found = BTreeMap::new();
    for row in store::connections::of_provider(tx, provider)? {
        if let (Some(user), ConnectionState::Ok) = (row.user_id, row.state) {
            found.entry(user).or_insert(row.id);
        }
    }
    Ok(found)
}

/// Notes that the provider has said that somebody removed the app there: their connections are worth nothing any more.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn deauthorize(tx: &mut Tx<'_>, provider: ConnectionProvider, external_id: &str) -> Result<()> {
    for linked in of_provider(tx, provider)?.into_iter().filter(|linked| linked.external_id == external_id) {
        if let Some(row) = access::lock_connection_to_follow(tx, linked.id)? {
            end(tx, &row, (ConnectionState::Refused, "the app was removed there"), None)?;
        }
    }
    Ok(())
}

/// Notes that a connection cannot be used, and why; whoever connected it is told, but only once.
fn end(
    tx: &mut Tx<'_>,
    row: &Granted<ConnectionRow>,
    (state, reason): (ConnectionState, &str),
    tokens_sealed: Option<String>,
) -> Result<()> {
    let after = ConnectionRow {
        state,
        reason: Some(reason.to_owned()),
        tokens_sealed,
        renewing_until: None,
        updated_at: if row.state == state { row.updated_at } else { tx.now() },
        ..(**row).clone()
    };
    store::connections::update(tx, row, &after)?;
    if row.state != ConnectionState::Ok {
        return Ok(());
    }
    let user = store::users::find(tx, row.user_id.unwrap_or(row.created_by))?;
    if user.state != UserState::Active {
        return Ok(());
    }
    let account = settings::load(tx)?;
    let url = format!("{}/settings", tx.ctx().config().server.app_url());
    let mail = mails::texts::connection_ended(&user, &account, (providers::name(row.provider), reason), &url);
    mails::write(tx, mail)?;
    Ok(())
}

impl ConnectionRow {
    fn to_wire(&self) -> Connection {
        Connection {
            id: self.id,
            provider: self.provider,
            scope: if self.user_id.is_some() { ConnectionScope::User } else { ConnectionScope::Account },
            user_id: self.user_id,
            name: self.name.clone(),
            email: self.email.clone(),
            state: self.state,
            reason: self.reason.clone(),
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
