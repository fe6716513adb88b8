//! Connections to the services of others, signed in to with OAuth 2.0 (RFC 6749).

use crate::wire::{paths, replies, requests, text_enum};
use crate::{ConnectionId, Timestamp, UserId};

text_enum! {
    /// A service that can be connected.
    pub enum ConnectionProvider {
        /// Google: calendars.
        Google = "google",
        /// Microsoft 365 and Outlook.com: calendars.
        Microsoft = "microsoft",
        /// Zoom: cloud recordings of meetings and webinars, and meetings that are planned.
        Zoom = "zoom",
    }
}

text_enum! {
    /// Whom a connection serves.
    pub enum ConnectionScope {
        /// The whole account.
        Account = "account",
        /// One user.
        User = "user",
    }
}

text_enum! {
    /// Whether a connection can be used.
    pub enum ConnectionState {
        /// It can.
        Ok = "ok",
        /// The sign-in at the provider has ended: connect again.
        Expired = "expired",
        /// The provider refuses it, for example because the app was removed there: connect again.
        Refused = "refused",
    }
}

replies! {
    /// A connection to the service of a provider.
    pub struct Connection {
        /// The connection's id.
        pub id: ConnectionId,
        /// Who provides the service.
        pub provider: ConnectionProvider,
        /// Whom it serves.
        pub scope: ConnectionScope,
        /// The user it serves, if it serves one.
        pub user_id: Option<UserId>,
        /// What the provider calls whoever signed in.
        pub name: Option<String>,
        /// The address that they have at the provider.
        pub email: Option<String>,
        /// Whether it can be used.
        pub state: ConnectionState,
        /// Why it cannot be used, in a sentence.
        pub reason: Option<String>,
        /// The user who connected it.
        pub created_by: UserId,
        /// When it was connected first.
        pub created_at: Timestamp,
        /// When somebody last signed in at the provider, or the state changed.
        pub updated_at: Timestamp,
    }

    /// A sign-in at a provider that has begun.
    pub struct ConnectionStart {
        /// The provider's page to send the browser to. It comes back to `/connections/return` of the app with `code` and
        /// `state`, or with `error`.
        pub url: String,
        /// When it is given up.
        pub expires_at: Timestamp,
    }
}

requests! {
    /// What to connect.
    pub struct StartConnection {
        /// Who provides the service.
        pub provider: ConnectionProvider,
        /// Whom it is to serve: yourself, or the whole account, which takes `manage_settings`.
        pub scope: ConnectionScope,
    }

    /// What the provider sent the browser back with.
    pub struct CompleteConnection {
        /// The `state` of the address: 1 to 200 characters.
        pub state: String,
        /// The `code` of the address: 1 to 4000 characters.
        pub code: String,
    }
}

paths! {
    /// The id of a connection.
    pub struct ConnectionPath {
        /// The connection.
        pub connection_id: ConnectionId,
    }
}
