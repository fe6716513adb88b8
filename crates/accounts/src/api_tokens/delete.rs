use actix_web::delete;
use platform::{Result, Sockets, Tx};
use types::accounts::ApiTokenPath;
use web::{Call, Path, Reply};

use crate::{access, store};

/// Revoke an API token.
///
/// It stops working at once, on open sockets too.
#[utoipa::path(operation_id = "delete_api_token", tag = "api_tokens", params(ApiTokenPath), responses((status = 204)))]
#[delete("/v1/api_tokens/{token_id}")]
pub async fn delete_api_token(call: Call, path: Path<ApiTokenPath>) -> Reply {
    call.delete(move |tx| delete(tx, &path)).await
}

fn delete(tx: &mut Tx<'_>, path: &ApiTokenPath) -> Result<()> {
    let token = access::lock_api_token(tx, path.token_id)?;
    store::api_tokens::revoke(tx, &token)?;
    tx.end_sockets(Sockets::Token(token.id), "revoked")?;
    tx.audit("api_token.delete", ("api_token", token.id.0), serde_json::json!({ "name": token.name }))
}
