//! Making a clip.

use actix_web::post;
use calls::excerpts::{self, SeenCall};
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::calls::CallPath;
use types::clips::{Clip, CreateClip};
use types::{CallId, ErrorCode};
use web::{Body, Call, Path, Reply};

use super::{MESSAGE_CHARACTERS, TITLE_CHARACTERS, share};
use crate::store::clips::{self, ClipRow};
use crate::{access, view};

/// The shortest clip, in milliseconds.
const SHORTEST_MS: i64 = 1000;
/// Most clips of a call.
const MOST_CLIPS: i64 = 500;

/// Make a clip of a call's recording, and send it to colleagues if any are named.
#[utoipa::path(operation_id = "create_clip", tag = "clips", params(CallPath), request_body = CreateClip, responses((status = 201, body = Clip)))]
#[post("/v1/calls/{call_id}/clips")]
pub async fn create_clip(call: Call, path: Path<CallPath>, body: Body<CreateClip>) -> Reply {
    call.create(move |tx| create(tx, path.call_id, &body)).await
}

/// Makes a clip.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] when the call has no recording that can be
/// played; [`Error::NotFound`] for a call that the actor may not see; [`Error::Forbidden`] without `UseCallIntelligence`.
pub fn create(tx: &mut Tx<'_>, id: CallId, request: &CreateClip) -> Result<Clip> {
    let call = excerpts::hold(tx, id)?;
    let user = access::require_sharing(tx)?;
    let recorded_ms = call.recorded_ms.ok_or_else(|| {
        Error::conflict(ErrorCode::Conflict, "the call has no recording that can be played, or not yet")
    })?;
    let mut fields = Fields::default();
    let is_whole = range(&mut fields, request, recorded_ms);
    let row = ClipRow {
        id: tx.new_id(),
        call_id: id,
        from_ms: request.from_ms,
        until_ms: request.until_ms,
        is_whole,
        title: title(&mut fields, request, &call),
        message: fields.lines("message", request.message.as_deref(), MESSAGE_CHARACTERS),
        folder_id: request.folder_id,
        created_by: user,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    fields.finish()?;
    access::require_folder(tx, row.folder_id)?;
    if clips::count(tx, id)? >= MOST_CLIPS {
        let detail = format!("the call has {MOST_CLIPS} clips already, which is the most");
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    clips::insert(tx, &row)?;
    let clip = access::grant_new_clip(row);
    let range = serde_json::json!({ "call_id": id, "from_ms": clip.from_ms, "until_ms": clip.until_ms });
    tx.audit("clip.create", ("clip", clip.id.0), range)?;
    if !request.recipient_ids.is_empty() {
        share::send(tx, &clip, &call.title, &request.recipient_ids)?;
    }
    view::changed(tx, clip.into_inner())
}

/// Checks where a clip begins and ends; whether it is the whole recording.
fn range(fields: &mut Fields, request: &CreateClip, recorded_ms: i64) -> bool {
    let (from, until) = (request.from_ms, request.until_ms);
    if !(0..recorded_ms.max(1)).contains(&from) {
        let rule = format!("must be 0 or more, and before the end of the recording at {recorded_ms}");
        fields.refuse("from_ms", "out_of_range", rule);
    }
    let is_whole = from == 0 && until == recorded_ms;
    if until > recorded_ms {
        let rule = format!("must be at most {recorded_ms}, the length of the recording");
        fields.refuse("until_ms", "out_of_range", rule);
    } else if until <= from {
        fields.refuse("until_ms", "reversed", "must be after from_ms".to_owned());
    } else if until - from.max(0) < SHORTEST_MS && !is_whole {
        let rule = format!("must be after from_ms by {SHORTEST_MS} at least");
        fields.refuse("until_ms", "too_short", rule);
    }
    is_whole
}

fn title(fields: &mut Fields, request: &CreateClip, call: &SeenCall) -> String {
    let given = fields.optional("title", request.title.as_deref(), TITLE_CHARACTERS);
    given.unwrap_or_else(|| call.title.clone())
}
