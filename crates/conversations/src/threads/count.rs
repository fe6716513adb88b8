//! How many threads each view holds.

use actix_web::get;
use platform::{Result, Tx};
use types::conversations::{GetViewCounts, View, ViewCount, ViewCounts};
use web::{Call, Params, Reply};

use super::list::reader;
use crate::access;
use crate::store::lists;

/// Count the threads of each standard view, up to 1000.
#[utoipa::path(operation_id = "get_view_counts", tag = "conversations", params(GetViewCounts), responses(
    (status = 200, body = ViewCounts),
    (status = 404, description = "There is no such inbox, or you may not know of it."),
))]
#[get("/v1/view_counts")]
pub async fn get_view_counts(call: Call, query: Params<GetViewCounts>) -> Reply {
    call.read(move |tx| count(tx, &query)).await
}

/// Counts by looking, so that no counter can be wrong.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for an inbox that the actor may not use.
pub fn count(tx: &mut Tx<'_>, query: &GetViewCounts) -> Result<ViewCounts> {
    let inboxes = access::usable_inboxes(tx, query.inbox_id)?;
    let reader = reader(tx.actor())?;
    let counts = View::ALL
        .iter()
        .map(|view| {
            let (count, unread) = lists::count(tx, *view, reader, inboxes.as_deref())?;
            Ok(ViewCount { view: *view, count, unread })
        })
        .collect::<Result<_>>()?;
    Ok(ViewCounts { counts })
}
