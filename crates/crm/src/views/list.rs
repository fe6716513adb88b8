//! Listing views.

use actix_web::get;
use platform::{Result, Tx};
use types::crm::{ListSavedViews, SavedViews};
use web::{Call, Params, Reply};

use crate::store::views::SavedViewRow;
use crate::{access, store};

/// List your saved views and those that others share.
#[utoipa::path(operation_id = "list_saved_views", tag = "crm", params(ListSavedViews), responses((status = 200, body = SavedViews)))]
#[get("/v1/saved_views")]
pub async fn list_saved_views(call: Call, query: Params<ListSavedViews>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// The views of the user who acts, and those that are shared.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`, unless of calls.
pub fn list(tx: &mut Tx<'_>, query: &ListSavedViews) -> Result<SavedViews> {
    access::require_list(tx, query.list)?;
    let user = tx.actor().user_id()?;
    let rows = store::views::list(tx, user, query.list)?;
    Ok(SavedViews { items: rows.iter().map(SavedViewRow::to_wire).collect() })
}
