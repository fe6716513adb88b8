//! How a visitor's token becomes an actor.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use accounts::token::hash_token;
use futures_util::future::BoxFuture;
use platform::{Actor, Authenticator, Credential, Ctx, Error, Result, VisitorActor};
use types::Timestamp;

use super::store;

/// What the tokens of visitors' sessions start with.
pub(crate) const TOKEN_PREFIX: &str = "rv_";

/// How long a session is believed without looking again, in seconds: a session that was ended elsewhere is refused
/// within this time.
const BELIEVED_SECONDS: i64 = 1;

/// How often the use of a session is written down, in seconds.
const NOTED_SECONDS: i64 = 10 * 60;

/// How many sessions are kept in memory.
const KEPT_SESSIONS: usize = 20_000;

/// Knows the sessions of visitors by their tokens.
#[derive(Default)]
pub struct VisitorAuthenticator {
    sessions: Mutex<HashMap<String, Believed>>,
}

#[derive(Clone, Copy)]
struct Believed {
    visitor: VisitorActor,
    until: Timestamp,
}

impl Authenticator for VisitorAuthenticator {
    fn authenticate<'a>(
        &'a self,
        ctx: &'a Ctx,
        credential: Credential,
        _address: IpAddr,
    ) -> BoxFuture<'a, Result<Actor>> {
        Box::pin(async move {
            let Credential::Bearer(token) = credential else { return Err(Error::Unauthenticated) };
            if !token.starts_with(TOKEN_PREFIX) {
                return Err(Error::Unauthenticated);
            }
            let hash = hash_token(&token);
            if let Some(visitor) = self.believed(&hash, ctx.now()) {
                return Ok(Actor::Visitor(visitor));
            }
            let visitor = look_up(ctx, hash.clone()).await?;
            self.believe(hash, visitor, ctx.now());
            Ok(Actor::Visitor(visitor))
        })
    }
}

impl VisitorAuthenticator {
    // A panic cannot leave the map half-changed: nothing that can panic runs under the lock.
    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Believed>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn believed(&self, hash: &str, now: Timestamp) -> Option<VisitorActor> {
        self.sessions().get(hash).filter(|session| now < session.until).map(|session| session.visitor)
    }

    fn believe(&self, hash: String, visitor: VisitorActor, now: Timestamp) {
        let mut sessions = self.sessions();
        if sessions.len() >= KEPT_SESSIONS {
            sessions.retain(|_, session| now < session.until);
        }
        if sessions.len() < KEPT_SESSIONS {
            sessions.insert(hash, Believed { visitor, until: now.plus_seconds(BELIEVED_SECONDS) });
        }
    }
}

async fn look_up(ctx: &Ctx, hash: String) -> Result<VisitorActor> {
    let now = ctx.now();
    let oldest_use = now.plus_seconds(-ctx.config().sessions.visitor_session_days * 24 * 60 * 60);
    let found = ctx.read(&Actor::System, move |tx| store::find_session(tx, &hash, oldest_use)).await?;
    let (visitor, last_used_at) = found.ok_or(Error::Unauthenticated)?;
    if now.seconds_since(last_used_at) >= NOTED_SECONDS {
        // A visitor who only reads is not turned away because this cannot be written at the moment.
        if let Err(cause) = ctx.write(&Actor::System, move |tx| store::note_use(tx, visitor)).await {
            tracing::warn!(%cause, "cannot note that a visitor's session was used");
        }
    }
    Ok(visitor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{ContactId, VisitorId, VisitorSessionId, WidgetId};

    #[test]
    fn a_session_is_believed_for_a_second() {
        let authenticator = VisitorAuthenticator::default();
        let visitor = VisitorActor {
            id: VisitorId(1),
            session_id: VisitorSessionId(2),
            widget_id: WidgetId(3),
            contact_id: ContactId(4),
        };
        let now = Timestamp(0);
        assert!(authenticator.believed("hash", now).is_none());
        authenticator.believe("hash".to_owned(), visitor, now);
        assert!(authenticator.believed("hash", now).is_some());
        assert!(authenticator.believed("hash", now.plus_seconds(BELIEVED_SECONDS)).is_none());
        assert!(authenticator.believed("other", now).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let authenticator = VisitorAuthenticator::default();
        let visitor = VisitorActor {
            id: VisitorId(1),
            session_id: VisitorSessionId(2),
            widget_id: WidgetId(3),
            contact_id: ContactId(4),
        };
        for number in 0..KEPT_SESSIONS + 10 {
            authenticator.believe(number.to_string(), visitor, Timestamp(0));
        }
        assert_eq!(authenticator.sessions().len(), KEPT_SESSIONS);
    }
}
