//! Reading one call.

use actix_web::get;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{Call, CallPath};
use web::{Path, Reply};

use crate::{access, view};

/// Get a call.
#[utoipa::path(operation_id = "get_call", tag = "calls", params(CallPath), responses((status = 200, body = Call)))]
#[get("/v1/calls/{call_id}")]
pub async fn get_call(call: web::Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| get(tx, path.call_id)).await
}

/// The call with its recording and its participants.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is none, or the actor may not see it.
pub fn get(tx: &mut Tx<'_>, id: CallId) -> Result<Call> {
    let row = access::read_call(tx, id)?;
    view::call(tx, row)
}
