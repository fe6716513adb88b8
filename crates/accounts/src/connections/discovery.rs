//! Where the sign-in of a provider is, as the provider says itself (OpenID Connect Discovery 1.0).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Client, Url};
use serde::Deserialize;

use super::oauth::{OAuthError, answer};
use super::providers::{Endpoints, Provider, SignIn};

/// How long what a provider said is believed.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// What providers said, by who issues their tokens.
#[derive(Debug, Default)]
pub(crate) struct Discovered(Mutex<HashMap<String, (Instant, Endpoints)>>);

/// Section 3 there; RFC 8414, section 2 for giving tokens back.
#[derive(Deserialize)]
struct Metadata {
    authorization_endpoint: String,
    token_endpoint: String,
    revocation_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
}

impl Discovered {
    /// Where the sign-in of a provider is.
    ///
    /// # Errors
    /// [`OAuthError::Unreachable`] when it does not say.
    pub(crate) async fn endpoints(
        &self,
        http: &Client,
        provider: &Provider,
    ) -> Result<Endpoints, OAuthError> {
        let (issuer_url, profile_url) = match &provider.sign_in {
            SignIn::At(endpoints) => return Ok(endpoints.clone()),
            SignIn::Discovered { issuer_url, profile_url } => (issuer_url, profile_url),
        };
        // The profile belongs to the key, since the settings may name another at the same issuer.
        let key = format!("{issuer_url} {}", profile_url.as_deref().unwrap_or_default());
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let said: Metadata =
            answer(http.get(format!("{issuer_url}/.well-known/openid-configuration"))).await?;
        let profile_url = profile_url.clone().or(said.userinfo_endpoint);
        let endpoints = Endpoints {
            authorize_url: said.authorization_endpoint,
            token_url: said.token_endpoint,
            revoke_url: said.revocation_endpoint,
            profile_url: profile_url.ok_or_else(|| unusable("it does not say where profiles are"))?,
        };
        check(issuer_url, &endpoints)?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, (Instant::now(), endpoints.clone()));
        Ok(endpoints)
    }

    fn known(&self, key: &str) -> Option<Endpoints> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).filter(|(said, _)| said.elapsed() < KEPT).map(|(_, endpoints)| endpoints.clone())
    }
}

/// Secrets that would go over TLS to the issuer do not go elsewhere without it.
fn check(issuer_url: &str, endpoints: &Endpoints) -> Result<(), OAuthError> {
    let is_plain = issuer_url.starts_with("http://");
    let Endpoints { authorize_url, token_url, revoke_url, profile_url } = endpoints;
    for url in
        [Some(authorize_url), Some(token_url), revoke_url.as_ref(), Some(profile_url)].into_iter().flatten()
    {
        let scheme = Url::parse(url).map(|url| url.scheme().to_owned()).unwrap_or_default();
        if scheme != "https" && !(is_plain && scheme == "http") {
            return Err(unusable("it names an address without TLS"));
        }
    }
    Ok(())
}

fn unusable(why: &str) -> OAuthError {
    OAuthError::Unreachable(format!("what it says about its sign-in cannot be used: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_stay_under_tls() {
        let endpoints = |token_url: &str| Endpoints {
            authorize_url: "https://example.org/authorize".to_owned(),
            token_url: token_url.to_owned(),
            revoke_url: None,
            profile_url: "https://example.org/me".to_owned(),
        };
        let issuer = "https://example.org";
        assert!(check(issuer, &endpoints("https://elsewhere.example.org/token")).is_ok());
        for bad in ["http://example.org/token", "/token", "file:///token"] {
            assert!(check(issuer, &endpoints(bad)).is_err(), "{bad}");
        }
        assert!(check("http://127.0.0.1:1", &endpoints("http://127.0.0.1:1/token")).is_ok());
    }
}
