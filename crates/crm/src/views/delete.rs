//! Deleting a view.

use actix_web::delete;
use platform::{Result, Tx};
use types::crm::SavedViewPath;
use types::{Event, SavedViewId};
use web::{Call, Path, Reply};

use super::subject;
use crate::{access, store};

/// Delete a view of yours.
#[utoipa::path(operation_id = "delete_saved_view", tag = "crm", params(SavedViewPath), responses((status = 204)))]
#[delete("/v1/saved_views/{view_id}")]
pub async fn delete_saved_view(call: Call, path: Path<SavedViewPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.view_id)).await
}

/// Deletes a view of the user who acts.
///
/// # Errors
/// [`Error::Conflict`](platform::Error::Conflict) for a view of somebody else.
pub fn delete(tx: &mut Tx<'_>, id: SavedViewId) -> Result<()> {
    let view = access::lock_view(tx, id)?;
    store::views::delete(tx, &view)?;
    tx.emit(subject(view.owner_id, view.shared), Event::SavedViewDeleted { view_id: id })
}
