use actix_web::post;
use db::Json;
use platform::{Error, Result, Tx};
use types::Permission;
use types::accounts::{ApiToken, CreateApiToken, NewApiToken};
use web::{Body, Call, Reply};

use super::PREFIX;
use crate::store::api_tokens::ApiTokenRow;
use crate::token::{hash_token, new_token};
use crate::{access, fields, store};

/// Characters of the secret that are shown later, to recognise it by.
const SHOWN_CHARACTERS: usize = 10;

/// Create an API token.
///
/// Its secret is in this reply alone. It may never do more than you, and stops working when you are deactivated.
#[utoipa::path(operation_id = "create_api_token", tag = "api_tokens", request_body = CreateApiToken, responses((status = 201, body = NewApiToken)))]
#[post("/v1/api_tokens")]
pub async fn create_api_token(call: Call, body: Body<CreateApiToken>) -> Reply {
    call.create_secret(move |tx| create(tx, &body)).await
}

fn create(tx: &mut Tx<'_>, new: &CreateApiToken) -> Result<NewApiToken> {
    tx.actor().require(Permission::ManageApiTokens)?;
    access::may_hand_on(tx.actor(), &new.scopes)?;
    if new.scopes.is_empty() {
        return Err(Error::invalid("scopes", "must hold at least one permission"));
    }
    if new.expires_at.is_some_and(|at| at <= tx.now()) {
        return Err(Error::invalid("expires_at", "must be in the future"));
    }
    let secret = format!("{PREFIX}{}", new_token());
    let row = ApiTokenRow {
        id: tx.new_id(),
        user_id: tx.actor().user_id()?,
        name: fields::name("name", &new.name)?,
        prefix: secret.chars().take(SHOWN_CHARACTERS).collect(),
        secret_hash: hash_token(&secret),
        scopes: Json(new.scopes.clone()),
        created_at: tx.now(),
        last_used_at: None,
        expires_at: new.expires_at,
        revoked_at: None,
    };
    store::api_tokens::insert(tx, &row)?;
    let token: ApiToken = row.view();
    let detail = serde_json::json!({ "name": token.name, "scopes": token.scopes });
    tx.audit("api_token.create", ("api_token", token.id.0), detail)?;
    Ok(NewApiToken { token, secret })
}
