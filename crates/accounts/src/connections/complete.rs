use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::accounts::{CompleteConnection, Connection, ConnectionScope, ConnectionState};
use types::{ErrorCode, Permission};
use web::{Body, Call, Reply};

use super::oauth::{Grant, OAuth, OAuthError, Profile};
use super::{providers, return_url, tokens};
use crate::store::connections::{AttemptRow, ConnectionRow};
use crate::token::hash_token;
use crate::{access, store};

/// Connect a service with what the provider sent the browser back with.
///
/// Signing in again at the same provider as the same person renews the connection that is there.
#[utoipa::path(operation_id = "complete_connection", tag = "connections", request_body = CompleteConnection, responses(
    (status = 201, body = Connection),
    (status = 409, description = "It was not begun in this session, took too long, or the provider refuses it."),
))]
#[post("/v1/connection_attempts/complete")]
pub async fn complete_connection(call: Call, body: Body<CompleteConnection>) -> Reply {
    let CompleteConnection { state, code } = body.0;
    let (hash, checked) = (hash_token(&state), code.clone());
    let attempt = call
        .query(move |tx| {
            check(&state, &checked)?;
            find(tx, &hash)
        })
        .await?;
    let provider = providers::configured(call.ctx().config(), attempt.provider)?;
    let oauth = call.ctx().extension::<OAuth>()?;
    let verifier = tokens::open_verifier(call.ctx().secrets(), &attempt.verifier_sealed)?;
    let return_url = return_url(call.ctx().config());
    let refused = |cause: OAuthError| match cause {
        OAuthError::Unreachable(cause) => Error::Unavailable(format!("{}: {cause}", provider.name)),
        OAuthError::Ended(cause) | OAuthError::UnknownClient(cause) => {
            Error::conflict(ErrorCode::Conflict, format!("{} refuses the sign-in: {cause}", provider.name))
        }
    };
    let granted = oauth.exchange(&provider, (&code, &verifier), &return_url).await.map_err(refused)?;
    let profile = oauth.profile(&provider, &granted.tokens.access).await.map_err(refused)?;
    call.create(move |tx| complete(tx, &attempt, &granted, &profile)).await
}

fn check(state: &str, code: &str) -> Result<()> {
    let mut fields = Fields::default();
    fields.required("state", state, 200);
    fields.required("code", code, 4000);
    fields.finish()
}

/// The sign-in that this session has begun.
fn find(tx: &mut Tx<'_>, state_hash: &str) -> Result<AttemptRow> {
    let session_id = access::signed_in(tx.actor())?.session_id;
    let found = store::connections::find_attempt(tx, state_hash)?;
    let own = found.filter(|row| row.session_id == session_id && row.expires_at > tx.now());
    own.ok_or_else(worthless)
}

fn worthless() -> Error {
    let detail = "this sign-in was begun elsewhere, was completed already or took too long; begin again";
    Error::conflict(ErrorCode::LinkExpired, detail)
}

fn complete(tx: &mut Tx<'_>, attempt: &AttemptRow, granted: &Grant, profile: &Profile) -> Result<Connection> {
    // Of two that complete it at the same time one finds it.
    if !store::connections::take_attempt(tx, &attempt.state_hash)? {
        return Err(worthless());
    }
    let user = access::signed_in(tx.actor())?.id;
    if attempt.scope == ConnectionScope::Account {
        tx.actor().require(Permission::ManageSettings)?;
    }
    let user_id = (attempt.scope == ConnectionScope::User).then_some(user);
    let known = store::connections::find_same(tx, attempt.provider, user_id, &profile.id)?;
    let now = tx.now();
    let row = ConnectionRow {
        id: known.as_ref().map_or_else(|| tx.new_id(), |row| row.id),
        provider: attempt.provider,
        user_id,
        external_id: profile.id.clone(),
        external_account_id: profile.account_id.clone(),
        name: profile.name.clone(),
        email: profile.email.clone(),
        tokens_sealed: Some(granted.tokens.seal(tx.ctx().secrets())?),
        expires_at: now.plus_seconds(granted.seconds),
        renewing_until: None,
        state: ConnectionState::Ok,
        reason: None,
        created_by: user,
        created_at: known.as_ref().map_or(now, |row| row.created_at),
        updated_at: now,
    };
    match known {
        Some(known) => store::connections::update(tx, &access::grant_same_connection(known), &row)?,
        None => store::connections::insert(tx, &row)?,
    }
    let detail = serde_json::json!({ "provider": row.provider, "scope": attempt.scope, "email": row.email });
    tx.audit("connection.create", ("connection", row.id.0), detail)?;
    Ok(row.to_wire())
}
