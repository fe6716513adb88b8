use actix_web::delete;
use platform::{Result, Tx};
use types::accounts::DomainPath;
use types::{Event, Permission, Subject};
use web::{Call, Path, Reply};

use crate::{access, store};

/// Remove a domain. Pages are no longer shown under it.
#[utoipa::path(operation_id = "delete_domain", tag = "domains", params(DomainPath), responses(
    (status = 204),
    (status = 409, description = "It is chosen for the addresses of booking links (`in_use`)."),
))]
#[delete("/v1/domains/{domain_id}")]
pub async fn delete_domain(call: Call, path: Path<DomainPath>) -> Reply {
    call.delete(move |tx| delete(tx, &path)).await
}

fn delete(tx: &mut Tx<'_>, path: &DomainPath) -> Result<()> {
    let row = access::lock_domain(tx, path.domain_id)?;
    store::domains::delete(tx, &row)?;
    tx.audit("domain.delete", ("domain", row.id.0), serde_json::json!({ "name": row.name }))?;
    // Whoever uses it refuses this.
    let removed = Event::DomainRemoved { domain_id: row.id, name: row.name.clone() };
    tx.emit(Subject::Permission(Permission::ManageDomains), removed)
}
