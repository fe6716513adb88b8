//! Speaking OAuth 2.0 (RFC 6749) with providers.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::discovery::Discovered;
use super::providers::{ClientAuthentication, Endpoints, Provider};
use super::tokens::Tokens;

/// The longest wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Most bytes of an answer.
const MOST_BYTES: usize = 256 * 1024;
/// Seconds that an access token counts as valid when the provider does not say.
const USUAL_SECONDS: i64 = 60 * 60;

/// Why a provider gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OAuthError {
    /// It did not answer, or not now: try again.
    #[error("{0}")]
    Unreachable(String),
    /// What was handed in is worth nothing any more: somebody must sign in again.
    #[error("{0}")]
    Ended(String),
    /// It does not know us, whoever signs in.
    #[error("{0}")]
    UnknownClient(String),
}

/// What a provider handed out.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) tokens: Tokens,
    /// Seconds that the access token is valid.
    pub(crate) seconds: i64,
}

/// Who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) id: String,
    pub(crate) account_id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
}

/// The client that speaks with providers.
#[derive(Debug)]
pub struct OAuth {
    http: Client,
    discovered: Discovered,
}

/// A successful answer of the token endpoint (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<i64>,
    /// What was allowed, where that may be less than what was asked for.
    scope: Option<String>,
}

/// Another (section 5.2). Zoom puts the description into `reason`.
#[derive(Default, Deserialize)]
struct Refused {
    #[serde(default)]
    error: String,
    error_description: Option<String>,
    reason: Option<String>,
}

impl OAuth {
    /// Opens no connection yet.
    ///
    /// # Errors
    /// When the machine offers no TLS.
    pub fn open() -> Result<Self, reqwest::Error> {
        // A redirect could carry secrets elsewhere.
        let http = Client::builder().redirect(Policy::none()).timeout(TIMEOUT).build()?;
        Ok(Self { http, discovered: Discovered::default() })
    }

    /// Where the sign-in of a provider is.
    pub(crate) async fn endpoints(&self, provider: &Provider) -> Result<Endpoints, OAuthError> {
        self.discovered.endpoints(&self.http, provider).await
    }

    /// Tokens for the code that the browser came back with (section 4.1.3).
    pub(crate) async fn exchange(
        &self,
        provider: &Provider,
        (code, verifier): (&str, &str),
        return_url: &str,
    ) -> Result<Grant, OAuthError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", return_url),
            ("code_verifier", verifier),
        ];
        self.tokens(provider, &form, None).await
    }

    /// New tokens (section 6).
    pub(crate) async fn renew(&self, provider: &Provider, refresh: &str) -> Result<Grant, OAuthError> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        self.tokens(provider, &form, Some(refresh)).await
    }

    async fn tokens(
        &self,
        provider: &Provider,
        form: &[(&str, &str)],
        before: Option<&str>,
    ) -> Result<Grant, OAuthError> {
        let endpoints = self.endpoints(provider).await?;
        let mut form = form.to_vec();
        if provider.client_authentication == ClientAuthentication::Post {
            form.push(("client_id", &provider.client_id));
            form.push(("client_secret", &provider.client_secret));
        }
        let granted: Granted = answer(self.post(provider, &endpoints.token_url, &form)?).await?;
        check_scopes(provider, granted.scope.as_deref())?;
        // A provider that gives no new refresh token has the one before stay.
        let refresh = granted.refresh_token.or_else(|| before.map(str::to_owned));
        let tokens = Tokens { access: granted.access_token, refresh };
        Ok(Grant { tokens, seconds: granted.expires_in.unwrap_or(USUAL_SECONDS) })
    }

    /// Gives a token back (RFC 7009), where the provider takes tokens back.
    pub(crate) async fn revoke(&self, provider: &Provider, token: &str) -> Result<(), OAuthError> {
        let Some(revoke_url) = self.endpoints(provider).await?.revoke_url else { return Ok(()) };
        let reply = self.post(provider, &revoke_url, &[("token", token)])?.send().await;
        let status = reply.map_err(unreachable)?.status();
        if status.is_server_error() { Err(OAuthError::Unreachable(status.to_string())) } else { Ok(()) }
    }

    fn post(
        &self,
        provider: &Provider,
        url: &str,
        form: &[(&str, &str)],
    ) -> Result<RequestBuilder, OAuthError> {
        let body = serde_urlencoded::to_string(form);
        let body = body.map_err(|cause| OAuthError::UnknownClient(cause.to_string()))?;
        let request = match provider.client_authentication {
            ClientAuthentication::Basic => {
                self.http.post(url).basic_auth(&provider.client_id, Some(&provider.client_secret))
            }
            ClientAuthentication::Post => self.http.post(url),
        };
        Ok(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body))
    }

    /// Who signed in.
    pub(crate) async fn profile(&self, provider: &Provider, access: &str) -> Result<Profile, OAuthError> {
        let endpoints = self.endpoints(provider).await?;
        let found: Map<String, Value> =
            answer(self.http.get(&endpoints.profile_url).bearer_auth(access)).await?;
        let text = |field: &str| found.get(field).and_then(Value::as_str).map(str::to_owned);
        let first = |fields: &[&str]| fields.iter().find_map(|field| text(field));
        let fields = provider.profile;
        let missing = || OAuthError::Ended(format!("{} does not say who signed in", provider.name));
        Ok(Profile {
            id: text(fields.id).ok_or_else(missing)?,
            account_id: first(fields.account_id),
            name: first(fields.name),
            email: first(fields.email),
        })
    }
}

/// Refuses a sign-in that leaves out what the connection is for. A provider that allowed all may say nothing (section 5.1).
fn check_scopes(provider: &Provider, allowed: Option<&str>) -> Result<(), OAuthError> {
    let Some(allowed) = allowed else { return Ok(()) };
    let is_allowed = |scope: &str| allowed.split_ascii_whitespace().any(|one| one == scope);
    if provider.needed_scopes.iter().all(|scope| is_allowed(scope)) {
        return Ok(());
    }
    Err(OAuthError::Ended(
        "not everything that was asked for was allowed; sign in again and allow all of it".to_owned(),
    ))
}

pub(super) async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, OAuthError> {
    let mut reply = request.send().await.map_err(unreachable)?;
    let status = reply.status();
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            return Err(OAuthError::Unreachable("its answer is too long".to_owned()));
        }
    }
    if status.is_success() {
        let read = serde_json::from_slice(&body);
        return read.map_err(|cause| OAuthError::Unreachable(format!("its answer cannot be read: {cause}")));
    }
    Err(refusal(status, &serde_json::from_slice(&body).unwrap_or_default()))
}

fn refusal(status: StatusCode, refused: &Refused) -> OAuthError {
    let words = refused.error_description.as_ref().or(refused.reason.as_ref()).unwrap_or(&refused.error);
    let text = if words.is_empty() { status.to_string() } else { words.clone() };
    let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    if later.contains(&status) || !status.is_client_error() {
        OAuthError::Unreachable(text)
    } else if ["invalid_client", "unauthorized_client"].contains(&refused.error.as_str()) {
        OAuthError::UnknownClient(text)
    } else {
        OAuthError::Ended(text)
    }
}

/// Without the address, which may hold what is not for every reader.
fn unreachable(cause: reqwest::Error) -> OAuthError {
    OAuthError::Unreachable(cause.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_for_good_ends_a_connection() {
        let judge = |status: u16, body: &str| {
            refusal(StatusCode::from_u16(status).unwrap(), &serde_json::from_str(body).unwrap_or_default())
        };
        let zoom = r#"{ "reason": "Invalid Token!", "error": "invalid_request" }"#;
        assert!(matches!(judge(401, zoom), OAuthError::Ended(text) if text == "Invalid Token!"));
        assert!(matches!(judge(400, r#"{ "error": "invalid_grant" }"#), OAuthError::Ended(_)));
        assert!(matches!(judge(400, r#"{ "error": "invalid_client" }"#), OAuthError::UnknownClient(_)));
        for later in [302, 408, 429, 500, 503] {
            assert!(matches!(judge(later, zoom), OAuthError::Unreachable(_)), "{later}");
        }
    }
}
