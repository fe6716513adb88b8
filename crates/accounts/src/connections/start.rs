use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform::{Error, Result, Tx};
use sha2::{Digest, Sha256};
use types::accounts::{ConnectionScope, ConnectionStart, StartConnection};
use types::{Permission, SessionId};
use web::{Body, Call, Reply};

use super::oauth::OAuth;
use super::providers::{Endpoints, Provider};
use super::{providers, return_url, tokens};
use crate::store::connections::AttemptRow;
use crate::token::{hash_token, new_token};
use crate::{access, store};

/// Seconds that somebody has for signing in at a provider.
const ATTEMPT_SECONDS: i64 = 15 * 60;

/// Begin to connect a service: answers with the provider's page to send the browser to.
///
/// Who comes back from there completes it with `complete_connection`, in the same session.
#[utoipa::path(operation_id = "start_connection", tag = "connections", request_body = StartConnection, responses(
    (status = 201, body = ConnectionStart),
    (status = 409, description = "The server's configuration names no app at the provider."),
    (status = 503, description = "The provider does not say where its sign-in is; try again later."),
))]
#[post("/v1/connection_attempts")]
pub async fn start_connection(call: Call, body: Body<StartConnection>) -> Reply {
    let asked = body.clone();
    let provider = call
        .query(move |tx| {
            check(tx, &asked)?;
            providers::configured(tx.ctx().config(), asked.provider)
        })
        .await?;
    let endpoints = call.ctx().extension::<OAuth>()?.endpoints(&provider).await;
    let endpoints = endpoints.map_err(|cause| Error::Unavailable(format!("{}: {cause}", provider.name)))?;
    call.create_secret(move |tx| start(tx, &body, (&provider, &endpoints))).await
}

/// Whether whoever asks may connect that; answers their session.
fn check(tx: &Tx<'_>, request: &StartConnection) -> Result<SessionId> {
    let session_id = access::signed_in(tx.actor())?.session_id;
    if request.scope == ConnectionScope::Account {
        tx.actor().require(Permission::ManageSettings)?;
    }
    Ok(session_id)
}

fn start(
    tx: &mut Tx<'_>,
    request: &StartConnection,
    (provider, endpoints): (&Provider, &Endpoints),
) -> Result<ConnectionStart> {
    let session_id = check(tx, request)?;
    let config = tx.ctx().config();
    let (state, verifier) = (new_token(), new_token());
    let expires_at = tx.now().plus_seconds(ATTEMPT_SECONDS);
    let row = AttemptRow {
        state_hash: hash_token(&state),
        provider: request.provider,
        scope: request.scope,
        session_id,
        verifier_sealed: tokens::seal_verifier(tx.ctx().secrets(), &verifier)?,
        expires_at,
    };
    store::connections::insert_attempt(tx, &row)?;
    let return_url = return_url(config);
    let scopes = provider.scopes.join(" ");
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    // RFC 6749, section 4.1.1, and RFC 7636, section 4.3.
    let mut query = vec![
        ("response_type", "code"),
        ("client_id", &provider.client_id),
        ("redirect_uri", &return_url),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    query.extend_from_slice(provider.parameters);
    if !scopes.is_empty() {
        query.push(("scope", &scopes));
    }
    let query = serde_urlencoded::to_string(query).map_err(Error::internal)?;
    Ok(ConnectionStart { url: format!("{}?{query}", endpoints.authorize_url), expires_at })
}
