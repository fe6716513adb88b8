use platform::{Ctx, Error, Job, Result};
use serde::{Deserialize, Serialize};
use types::accounts::ConnectionProvider;

use super::oauth::{OAuth, OAuthError};
use super::providers;
use super::tokens::Tokens;

/// Gives the tokens of a connection that was deleted back to the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeConnection {
    /// Who gave them.
    pub provider: ConnectionProvider,
    /// The tokens, sealed.
    pub tokens_sealed: String,
}

impl Job for RevokeConnection {
    const KIND: &'static str = "revoke_connection";
    const MAX_ATTEMPTS: u32 = 5;

    async fn run(self, ctx: Ctx) -> Result<()> {
        // Without the app there is nobody to give them back to, and they end by themselves.
        let Ok(provider) = providers::configured(ctx.config(), self.provider) else { return Ok(()) };
        let tokens = Tokens::open(ctx.secrets(), &self.tokens_sealed)?;
        let oauth = ctx.extension::<OAuth>()?;
        for token in [Some(tokens.access), tokens.refresh].into_iter().flatten() {
            match oauth.revoke(&provider, &token).await {
                Ok(()) => {}
                Err(OAuthError::Unreachable(cause)) => return Err(Error::Unavailable(cause)),
                Err(cause) => tracing::warn!(%cause, provider = provider.name, "a token was not revoked"),
            }
        }
        Ok(())
    }
}
