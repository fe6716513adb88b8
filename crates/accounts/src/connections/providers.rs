//! What is particular to each provider.

use platform::{Config, Error, Result};
use types::ErrorCode;
use types::accounts::ConnectionProvider;

/// Where a provider's sign-in is, who we are there, and how it says who signed in.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Where browsers are sent (RFC 6749, section 3.1).
    pub(crate) authorize_url: String,
    /// Where tokens are had (section 3.2).
    pub(crate) token_url: String,
    /// Where tokens are given back (RFC 7009).
    pub(crate) revoke_url: String,
    /// What answers with a JSON object about whoever signed in.
    pub(crate) profile_url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// What is asked for; nothing where the provider keeps that with the app.
    pub(crate) scopes: &'static [&'static str],
    /// The names of the profile's fields.
    pub(crate) profile: ProfileFields,
}

/// The names of the fields of a provider's profile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileFields {
    pub(crate) id: &'static str,
    pub(crate) account_id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
}

/// What people call a provider.
pub(crate) const fn name(provider: ConnectionProvider) -> &'static str {
    match provider {
        ConnectionProvider::Zoom => "Zoom",
    }
}

/// The provider as the settings of the process have it.
///
/// # Errors
/// [`Error::Conflict`] when they name no app at it.
pub(crate) fn configured(config: &Config, provider: ConnectionProvider) -> Result<Provider> {
    let configured = match provider {
        // https://developers.zoom.us/docs/integrations/oauth/: what may be asked for stands in the app.
        ConnectionProvider::Zoom => Provider {
            name: name(provider),
            authorize_url: format!("{}/authorize", config.zoom.oauth_url),
            token_url: format!("{}/token", config.zoom.oauth_url),
            revoke_url: format!("{}/revoke", config.zoom.oauth_url),
            profile_url: format!("{}/users/me", config.zoom.api_url),
            client_id: config.zoom.client_id.clone(),
            client_secret: config.zoom.client_secret.clone(),
            scopes: &[],
            profile: ProfileFields {
                id: "id",
                account_id: "account_id",
                name: "display_name",
                email: "email",
            },
        },
    };
    if configured.client_id.is_empty() {
        let detail =
            format!("the server's configuration names no app at {}: {provider}.client_id", configured.name);
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    Ok(configured)
}

/// Whether the settings of the process name an app at the provider.
pub fn is_configured(config: &Config, provider: ConnectionProvider) -> bool {
    configured(config, provider).is_ok()
}

/// The page of the app that providers send the browser back to.
pub fn return_url(config: &Config) -> String {
    format!("{}/connections/return", config.server.app_url())
}
