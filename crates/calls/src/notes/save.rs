//! Writing the note of a call.

use accounts::content::{Content, moments};
use actix_web::put;
use platform::{Error, Result, Tx};
use types::calls::{CallNote, CallPath, SaveCallNote};
use types::{CallId, ErrorCode, Event, Permission};
use web::{Body, Call, Path, Reply};

use crate::store::calls::CallRow;
use crate::store::notes::{self, NoteRow};
use crate::{access, associations, participants, view};

/// Write the note of a call. When somebody has written since the version that was edited, nothing is overwritten: the
/// reply holds what the note says now.
#[utoipa::path(operation_id = "save_call_note", tag = "calls", params(CallPath), request_body = SaveCallNote, responses(
    (status = 200, body = CallNote),
    (status = 409, description = "Somebody has changed the note meanwhile; `extra.note` is the note as it is now."),
))]
#[put("/v1/calls/{call_id}/note")]
pub async fn save_call_note(call: Call, path: Path<CallPath>, body: Body<SaveCallNote>) -> Reply {
    let content = Content::from_html_with_moments("html", &body.html)?;
    call.write(move |tx| save(tx, path.call_id, body.version, &content)).await
}

/// Writes the whole of a call's note. Timelines of what the call belongs to show its beginning.
///
/// # Errors
/// [`Error::Conflict`] with the newer note; [`Error::Invalid`] for `html` with a new link to a moment, from somebody
/// without `UseCallIntelligence` or to after the end of the call; [`Error::Forbidden`] for whoever may not change the call.
pub fn save(tx: &mut Tx<'_>, id: CallId, version: i64, content: &Content) -> Result<CallNote> {
    let call = access::lock_call(tx, id)?;
    let known = notes::find(tx, id)?;
    if version != known.as_ref().map_or(0, |note| note.version) {
        return Err(Error::Conflict {
            code: ErrorCode::NewerNote,
            detail: "somebody has changed the note meanwhile".to_owned(),
            extra: Some(serde_json::json!({ "note": super::shown(known.as_ref()) })),
        });
    }
    check_moments(tx, &call, known.as_ref().map_or("", |note| &note.html), content.html())?;
    let row = NoteRow {
        call_id: id,
        html: content.html().to_owned(),
        text: content.text().to_owned(),
        version: version + 1,
        updated_by: tx.actor().user_id().ok(),
        updated_at: tx.now(),
    };
    notes::save(tx, &call, &row)?;
    participants::name_contact(tx, &call)?;
    associations::write_timelines(tx, &call)?;
    view::tell(tx, &call, Event::CallNoteChanged { call_id: id })?;
    Ok(row.to_wire())
}

/// Checks the links to moments that were not there before; those that were may stay, whoever writes.
fn check_moments(tx: &Tx<'_>, call: &CallRow, before: &str, after: &str) -> Result<()> {
    let known = moments(before);
    let new: Vec<i64> = moments(after).into_iter().filter(|moment| !known.contains(moment)).collect();
    if new.is_empty() {
        return Ok(());
    }
    if !tx.actor().has(Permission::UseCallIntelligence) {
        let rule =
            "must not link to a moment of the recording: that needs the permission use_call_intelligence";
        return Err(Error::invalid("html", rule));
    }
    if let Some(end) = call.duration_ms.filter(|end| new.iter().any(|moment| moment > end)) {
        return Err(Error::invalid("html", format!("must not link to a moment after the end, at {end} ms")));
    }
    Ok(())
}
