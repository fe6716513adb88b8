//! How a credential becomes an actor. `accounts` and `channels` know; the platform only calls.

use std::net::IpAddr;

use futures_util::future::BoxFuture;
use types::SessionId;

use crate::{Actor, Ctx, Result};

/// What a request shows to prove who acts.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// The value of `Authorization: Bearer`: a visitor's session token (`rv_…`), an API token (`rt_…`), or else a
    /// user's access JWT.
    Bearer(String),
    /// A user's session that a link signed by this server names.
    Session(SessionId),
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential")
    }
}

/// Turns a credential into the actor it proves.
pub trait Authenticator: Send + Sync {
    /// The actor.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`](crate::Error::Unauthenticated) when the credential proves nobody.
    fn authenticate<'a>(
        &'a self,
        ctx: &'a Ctx,
        credential: Credential,
        address: IpAddr,
    ) -> BoxFuture<'a, Result<Actor>>;
}
