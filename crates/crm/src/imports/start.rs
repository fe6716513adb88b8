//! Starting an import.

use actix_web::post;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{Import, ImportPath, ImportState};
use types::{ErrorCode, ImportId};
use web::{Call, Path, Reply};

use super::{RunImport, announce};
use crate::{access, store};

/// Start an import that was checked: rows that break no rule are written. Starting it twice changes nothing.
#[utoipa::path(operation_id = "start_import", tag = "crm", params(ImportPath), responses((status = 200, body = Import)))]
#[post("/v1/imports/{import_id}/start")]
pub async fn start_import(call: Call, path: Path<ImportPath>) -> Reply {
    call.write(move |tx| start(tx, path.import_id)).await
}

/// Starts an import of the user who acts.
///
/// # Errors
/// [`Error::Conflict`] while it is being checked, or when it failed; [`Error::NotFound`] for one of somebody else.
pub fn start(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let locked = access::lock_import(tx, id)?;
    match locked.state {
        ImportState::Checked => {}
        ImportState::Running | ImportState::Done => return Ok(locked.to_wire()),
        ImportState::Checking | ImportState::Failed => {
            let detail = "the import cannot be started: its file has not been checked, or cannot be read";
            return Err(Error::conflict(ErrorCode::Conflict, detail));
        }
    }
    let mut row = locked.clone();
    row.state = ImportState::Running;
    // Rows are judged anew, by what is there when they are written.
    (row.done_count, row.refused_count) = (0, 0);
    store::imports::delete_problems(tx, id)?;
    store::imports::update(tx, &locked, &row)?;
    let detail = json!({ "object": row.object, "file_name": row.file_name, "row_count": row.row_count });
    tx.audit("import.start", ("import", id.0), detail)?;
    tx.enqueue(&RunImport { import_id: id })?;
    announce(tx, &row)
}
