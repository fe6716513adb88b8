//! Reading the note of a call.

use actix_web::get;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{CallNote, CallPath};
use web::{Call, Path, Reply};

use crate::access;
use crate::store::notes;

/// Get the note of a call.
#[utoipa::path(operation_id = "get_call_note", tag = "calls", params(CallPath), responses((status = 200, body = CallNote)))]
#[get("/v1/calls/{call_id}/note")]
pub async fn get_call_note(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| get(tx, path.call_id)).await
}

/// The note of a call; an empty one with version 0 before anybody wrote it.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is no such call, or the actor may not see it.
pub fn get(tx: &mut Tx<'_>, id: CallId) -> Result<CallNote> {
    let call = access::read_call(tx, id)?;
    Ok(super::shown(notes::find(tx, call.id)?.as_ref()))
}
