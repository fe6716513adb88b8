//! What is particular to each provider.

use platform::{Config, Error, Result};
use types::ErrorCode;
use types::accounts::ConnectionProvider;

/// Where a provider's sign-in is, who we are there, and how it says who signed in.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    /// What people call it.
    pub(crate) name: &'static str,
    pub(crate) sign_in: SignIn,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) client_authentication: ClientAuthentication,
    /// What is asked for; nothing where the provider keeps that with the app.
    pub(crate) scopes: &'static [&'static str],
    /// Those of them without which the connection is worth nothing, where whoever signs in may leave some out.
    pub(crate) needed_scopes: &'static [&'static str],
    /// What else the sign-in is asked for.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// The names of the profile's fields.
    pub(crate) profile: ProfileFields,
}

/// How it is known where a provider's sign-in is.
#[derive(Clone, Debug)]
pub(crate) enum SignIn {
    /// It is documented.
    At(Endpoints),
    /// The provider says it itself (OpenID Connect Discovery 1.0).
    Discovered {
        /// Who issues the tokens: an address without a slash at the end.
        issuer_url: String,
        /// What answers with the profile, where that is not the `userinfo_endpoint`.
        profile_url: Option<String>,
    },
}

/// Where a provider's sign-in is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoints {
    /// Where browsers are sent (RFC 6749, section 3.1).
    pub(crate) authorize_url: String,
    /// Where tokens are had (section 3.2).
    pub(crate) token_url: String,
    /// Where tokens are given back (RFC 7009), if they are.
    pub(crate) revoke_url: Option<String>,
    /// What answers with a JSON object about whoever signed in.
    pub(crate) profile_url: String,
}

/// How we say who we are (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    /// In the header `Authorization`.
    Basic,
    /// In the body, which these providers document alone. What gives tokens back takes none.
    Post,
}

/// The names of the fields of a provider's profile. Of several the first that is there counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileFields {
    pub(crate) id: &'static str,
    pub(crate) account_id: &'static [&'static str],
    pub(crate) name: &'static [&'static str],
    pub(crate) email: &'static [&'static str],
}

/// What people call a provider.
pub(crate) const fn name(provider: ConnectionProvider) -> &'static str {
    match provider {
        ConnectionProvider::Google => "Google",
        ConnectionProvider::Microsoft => "Microsoft",
        ConnectionProvider::Zoom => "Zoom",
    }
}

/// The provider as the settings of the process have it.
///
/// # Errors
/// [`Error::Conflict`] when they name no app at it.
pub(crate) fn configured(config: &Config, provider: ConnectionProvider) -> Result<Provider> {
    let configured = match provider {
        ConnectionProvider::Google => google(config),
        ConnectionProvider::Microsoft => microsoft(config),
        ConnectionProvider::Zoom => zoom(config),
    };
    if configured.client_id.is_empty() {
        let detail =
            format!("the server's configuration names no app at {}: {provider}.client_id", configured.name);
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    Ok(configured)
}

/// <https://developers.google.com/identity/protocols/oauth2/web-server>: a refresh token is given for `offline` alone, and at a
/// second sign-in only when consent is asked for again.
fn google(config: &Config) -> Provider {
    const EVENTS: &str = "https://www.googleapis.com/auth/calendar.events";
    const READ: &str = "https://www.googleapis.com/auth/calendar.readonly";
    Provider {
        name: name(ConnectionProvider::Google),
        sign_in: SignIn::Discovered { issuer_url: config.google.issuer_url.clone(), profile_url: None },
        client_id: config.google.client_id.clone(),
        client_secret: config.google.client_secret.clone(),
        client_authentication: ClientAuthentication::Post,
        scopes: &["openid", "email", EVENTS, READ],
        needed_scopes: &[EVENTS, READ],
        parameters: &[("access_type", "offline"), ("prompt", "consent")],
        profile: ProfileFields { id: "sub", account_id: &["hd"], name: &["name"], email: &["email"] },
    }
}

/// <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>. An account without a mailbox has no `mail`.
fn microsoft(config: &Config) -> Provider {
    Provider {
        name: name(ConnectionProvider::Microsoft),
        sign_in: SignIn::Discovered {
            issuer_url: config.microsoft.authority_url.clone(),
            profile_url: Some(format!("{}/me", config.microsoft.api_url)),
        },
        client_id: config.microsoft.client_id.clone(),
        client_secret: config.microsoft.client_secret.clone(),
        client_authentication: ClientAuthentication::Post,
        scopes: &["offline_access", "openid", "email", "User.Read", "Calendars.ReadWrite"],
        needed_scopes: &[],
        parameters: &[],
        profile: ProfileFields {
            id: "id",
            account_id: &[],
            name: &["displayName"],
            email: &["mail", "userPrincipalName"],
        },
    }
}

/// <https://developers.zoom.us/docs/integrations/oauth/>: what may be asked for stands in the app.
fn zoom(config: &Config) -> Provider {
    let oauth_url = &config.zoom.oauth_url;
    Provider {
        name: name(ConnectionProvider::Zoom),
        sign_in: SignIn::At(Endpoints {
            authorize_url: format!("{oauth_url}/authorize"),
            token_url: format!("{oauth_url}/token"),
            revoke_url: Some(format!("{oauth_url}/revoke")),
            profile_url: format!("{}/users/me", config.zoom.api_url),
        }),
        client_id: config.zoom.client_id.clone(),
        client_secret: config.zoom.client_secret.clone(),
        client_authentication: ClientAuthentication::Basic,
        scopes: &[],
        needed_scopes: &[],
        parameters: &[],
        profile: ProfileFields {
            id: "id",
            account_id: &["account_id"],
            name: &["display_name"],
            email: &["email"],
        },
    }
}

/// Whether the settings of the process name an app at the provider.
pub fn is_configured(config: &Config, provider: ConnectionProvider) -> bool {
    configured(config, provider).is_ok()
}

/// The page of the app that providers send the browser back to.
pub fn return_url(config: &Config) -> String {
    format!("{}/connections/return", config.server.app_url())
}
