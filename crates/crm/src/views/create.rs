//! Saving a view.

use actix_web::post;
use db::Json;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::crm::{SaveView, SavedView};
use web::{Body, Call, Reply};

use super::{announce, checked};
use crate::store::views::SavedViewRow;
use crate::{access, store};

/// Most views of one user.
const MOST: i64 = 200;

/// Save a view of a list.
#[utoipa::path(operation_id = "create_saved_view", tag = "crm", request_body = SaveView, responses((status = 201, body = SavedView)))]
#[post("/v1/saved_views")]
pub async fn create_saved_view(call: Call, body: Body<SaveView>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Saves a view for the user who acts.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] when the user has 200 views already.
pub fn create(tx: &mut Tx<'_>, request: &SaveView) -> Result<SavedView> {
    access::require_list(tx, Some(request.list))?;
    let owner_id = tx.actor().user_id()?;
    let (name, filters, columns) = checked(request)?;
    if store::views::count_own(tx, owner_id)? >= MOST {
        let detail = format!("you have {MOST} views already; delete one first");
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let row = SavedViewRow {
        id: tx.new_id(),
        list: request.list,
        name,
        filters: Json(filters),
        columns: Json(columns),
        sort: request.sort,
        owner_id,
        shared: request.shared,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::views::insert(tx, &row)?;
    announce(tx, row.to_wire())
}
