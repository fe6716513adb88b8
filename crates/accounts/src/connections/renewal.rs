//! Access tokens, renewed when they end.

use std::time::Duration;

use platform::{Actor, Ctx, Error, Result, Tx};
use types::ConnectionId;
use types::accounts::{ConnectionProvider, ConnectionState};

use super::oauth::{Grant, OAuth, OAuthError};
use super::providers;
use super::tokens::Tokens;
use crate::store::connections::ConnectionRow;
use crate::{access, store};

/// Seconds before its end at which a token is renewed.
const AHEAD_SECONDS: i64 = 60;
/// Seconds that whoever renews has for it.
const CLAIM_SECONDS: i64 = 30;
/// How long others wait before they look again.
const PAUSE: Duration = Duration::from_millis(100);
/// How often they look: longer than a claim lasts.
const LOOKS: usize = 350;

/// What whoever wants a token is to do.
enum Step {
    Use(String),
    /// With this refresh token, at this provider.
    Renew(ConnectionProvider, String),
    Wait,
    GiveUp,
}

/// An access token of a connection; nothing when it is gone, or cannot be used until somebody signs in again.
///
/// Of all that ask at the same time, on whatever node, one renews.
///
/// # Errors
/// [`Error::Unavailable`] when the provider does not answer: try again later.
pub async fn access_token(ctx: &Ctx, id: ConnectionId) -> Result<Option<String>> {
    for _ in 0..LOOKS {
        let looked = ctx.read(&Actor::System, move |tx| look(tx, id)).await?;
        let step = match looked {
            Step::Renew(..) => ctx.write(&Actor::System, move |tx| claim(tx, id)).await?,
            other => other,
        };
        match step {
            Step::Use(token) => return Ok(Some(token)),
            Step::GiveUp => return Ok(None),
            Step::Wait => tokio::time::sleep(PAUSE).await,
            Step::Renew(provider, refresh) => return renew(ctx, (id, provider), &refresh).await,
        }
    }
    Err(Error::Unavailable("a token is being renewed elsewhere".to_owned()))
}

/// Notes that the provider does not take the access token any more, so that the next who asks renews it.
///
/// # Errors
/// [`Error::Unavailable`] when the database cannot be used.
pub async fn spoil(ctx: &Ctx, id: ConnectionId) -> Result<()> {
    ctx.write(&Actor::System, move |tx| {
        let Some(row) = access::lock_connection_to_follow(tx, id)? else { return Ok(()) };
        let after = ConnectionRow { expires_at: tx.now(), ..(*row).clone() };
        store::connections::update(tx, &row, &after)
    })
    .await
}

fn look(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Step> {
    let Some(row) = store::connections::find(tx, id)? else { return Ok(Step::GiveUp) };
    step(tx, row)
}

fn step(tx: &mut Tx<'_>, row: ConnectionRow) -> Result<Step> {
    let Some(sealed) = &row.tokens_sealed else { return Ok(Step::GiveUp) };
    let tokens = Tokens::open(tx.ctx().secrets(), sealed)?;
    if row.state == ConnectionState::Ok && row.expires_at > tx.now().plus_seconds(AHEAD_SECONDS) {
        return Ok(Step::Use(tokens.access));
    }
    Ok(match tokens.refresh {
        _ if row.renewing_until.is_some_and(|until| until > tx.now()) => Step::Wait,
        Some(refresh) => Step::Renew(row.provider, refresh),
        None => Step::GiveUp,
    })
}

/// Claims the renewal, unless somebody else was faster.
fn claim(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Step> {
    let Some(locked) = access::lock_connection_to_follow(tx, id)? else { return Ok(Step::GiveUp) };
    let step = step(tx, (*locked).clone())?;
    if let Step::Renew(..) = step {
        let until = tx.now().plus_seconds(CLAIM_SECONDS);
        let after = ConnectionRow { renewing_until: Some(until), ..(*locked).clone() };
        store::connections::update(tx, &locked, &after)?;
    }
    Ok(step)
}

async fn renew(
    ctx: &Ctx,
    (id, provider): (ConnectionId, ConnectionProvider),
    refresh: &str,
) -> Result<Option<String>> {
    let oauth = ctx.extension::<OAuth>()?;
    let renewed = match providers::configured(ctx.config(), provider) {
        Ok(provider) => oauth.renew(&provider, refresh).await,
        Err(cause) => Err(OAuthError::UnknownClient(cause.to_string())),
    };
    let token = renewed.as_ref().ok().map(|granted| granted.tokens.access.clone());
    let unreachable = match &renewed {
        Err(OAuthError::Unreachable(cause)) => Some(cause.clone()),
        _ => None,
    };
    ctx.write(&Actor::System, move |tx| note(tx, id, &renewed)).await?;
    unreachable.map_or(Ok(token), |cause| Err(Error::Unavailable(cause)))
}

/// Notes what came of a renewal.
fn note(tx: &mut Tx<'_>, id: ConnectionId, renewed: &Result<Grant, OAuthError>) -> Result<()> {
    let Some(row) = access::lock_connection_to_follow(tx, id)? else { return Ok(()) };
    let before = (*row).clone();
    match renewed {
        Ok(granted) => {
            let after = ConnectionRow {
                tokens_sealed: Some(granted.tokens.seal(tx.ctx().secrets())?),
                expires_at: tx.now().plus_seconds(granted.seconds),
                renewing_until: None,
                state: ConnectionState::Ok,
                reason: None,
                ..before
            };
            store::connections::update(tx, &row, &after)
        }
        Err(OAuthError::Unreachable(_)) => {
            store::connections::update(tx, &row, &ConnectionRow { renewing_until: None, ..before })
        }
        Err(OAuthError::Ended(cause)) => super::end(tx, &row, (ConnectionState::Expired, cause), None),
        // It may be the settings of the server that are wrong: the tokens are tried again.
        Err(OAuthError::UnknownClient(cause)) => {
            super::end(tx, &row, (ConnectionState::Refused, cause), before.tokens_sealed)
        }
    }
}
