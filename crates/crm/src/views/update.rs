//! Changing a view.

use actix_web::put;
use db::Json;
use platform::{Error, Result, Tx};
use types::crm::{SaveView, SavedView, SavedViewPath};
use types::{Event, SavedViewId, Subject};
use web::{Body, Call, Path, Reply};

use super::{announce, checked};
use crate::{access, store};

/// Change a view of yours: the request holds the whole of it.
#[utoipa::path(operation_id = "update_saved_view", tag = "crm", params(SavedViewPath), request_body = SaveView, responses((status = 200, body = SavedView)))]
#[put("/v1/saved_views/{view_id}")]
pub async fn update_saved_view(call: Call, path: Path<SavedViewPath>, body: Body<SaveView>) -> Reply {
    call.write(move |tx| update(tx, path.view_id, &body)).await
}

/// Writes the whole of a view of the user who acts.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, or another list; [`Error::Conflict`] for a view of somebody else.
pub fn update(tx: &mut Tx<'_>, id: SavedViewId, request: &SaveView) -> Result<SavedView> {
    let locked = access::lock_view(tx, id)?;
    let (name, filters, columns) = checked(request)?;
    if request.list != locked.list {
        return Err(Error::invalid("list", "must stay the list that the view is of"));
    }
    let mut row = locked.clone();
    row.name = name;
    row.filters = Json(filters);
    row.columns = Json(columns);
    row.sort = request.sort;
    row.shared = request.shared;
    row.updated_at = tx.now();
    store::views::update(tx, &locked, &row)?;
    if locked.shared && !row.shared {
        tx.emit(Subject::Everyone, Event::SavedViewDeleted { view_id: id })?;
    }
    announce(tx, row.to_wire())
}
