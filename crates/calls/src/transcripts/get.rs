//! Reading how far a call's transcript has come.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::CallId;
use types::calls::{CallPath, Transcript};
use web::{Call, Path, Reply};

use super::read_call;
use crate::store::transcripts;

/// Get the transcript of a call: where it came from and how far it has come. What it says are its segments.
#[utoipa::path(operation_id = "get_transcript", tag = "transcripts", params(CallPath), responses((status = 200, body = Transcript)))]
#[get("/v1/calls/{call_id}/transcript")]
pub async fn get_transcript(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| get(tx, path.call_id)).await
}

/// The transcript of a call.
///
/// # Errors
/// [`Error::NotFound`] when the call has none; [`Error::Forbidden`] without `UseCallIntelligence`.
pub fn get(tx: &mut Tx<'_>, id: CallId) -> Result<Transcript> {
    let call = read_call(tx, id)?;
    Ok(transcripts::find(tx, call.id)?.ok_or(Error::NotFound)?.to_wire())
}
