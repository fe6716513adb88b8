use actix_web::delete;
use platform::{Result, Tx};
use types::ConnectionId;
use types::accounts::ConnectionPath;
use web::{Call, Path, Reply};

use super::RevokeConnection;
use crate::{access, store};

/// Disconnect a service. Its tokens are given back to the provider.
#[utoipa::path(operation_id = "delete_connection", tag = "connections", params(ConnectionPath), responses((status = 204)))]
#[delete("/v1/connections/{connection_id}")]
pub async fn delete_connection(call: Call, path: Path<ConnectionPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.connection_id)).await
}

fn delete(tx: &mut Tx<'_>, id: ConnectionId) -> Result<()> {
    let row = access::lock_connection(tx, id)?;
    if let Some(tokens_sealed) = row.tokens_sealed.clone() {
        tx.enqueue(&RevokeConnection { provider: row.provider, tokens_sealed })?;
    }
    let detail = serde_json::json!({ "provider": row.provider, "email": row.email });
    tx.audit("connection.delete", ("connection", id.0), detail)?;
    store::connections::delete(tx, &row)
}
