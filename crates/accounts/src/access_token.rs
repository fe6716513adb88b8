//! Access tokens: short-lived JWTs (RFC 7519, HS256) that name a user and a session.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use platform::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};
use types::{SessionId, Timestamp, UserId};

/// What the key of access tokens is derived for.
const PURPOSE: &str = "access-jwt";

/// What an access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    /// The user.
    pub(crate) sub: UserId,
    /// The session.
    pub(crate) sid: SessionId,
    /// When it ends, in seconds since 1970.
    exp: i64,
}

/// Makes an access token; with it, when it ends.
pub(crate) fn issue(ctx: &Ctx, user: UserId, session: SessionId) -> Result<(String, Timestamp)> {
    let ends = ctx.now().plus_seconds(ctx.config().sessions.access_token_seconds).0 / Timestamp::SECOND;
    let claims = Claims { sub: user, sid: session, exp: ends };
    let key = EncodingKey::from_secret(&ctx.secrets().subkey(PURPOSE));
    let token =
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)?;
    Ok((token, Timestamp(ends * Timestamp::SECOND)))
}

/// Reads an access token that is genuine and has not ended.
pub(crate) fn verify(ctx: &Ctx, token: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The platform's clock decides, not the library's.
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(&ctx.secrets().subkey(PURPOSE));
    let claims =
        jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| Error::Unauthenticated)?.claims;
    let ends = Timestamp(claims.exp.saturating_mul(Timestamp::SECOND));
    if ctx.now() < ends { Ok(claims) } else { Err(Error::Unauthenticated) }
}
