//! Creating a call.

use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Granted, Key, Result, Tx};
use types::Event;
use types::calls::{Call, CallSource, CreateCall};
use web::{Body, Reply};

use crate::associations::Due;
use crate::recordings::duplicate;
use crate::store::calls::{self, CallRow};
use crate::{access, associations, fields, participants, view};

/// Create a call. Its recording is uploaded afterwards.
///
/// An `external_id` that the source has used already answers with the call it names, as it is.
#[utoipa::path(operation_id = "create_call", tag = "calls", request_body = CreateCall, responses(
    (status = 201, body = Call),
    (status = 409, description = "The file is the recording of another call: `extra.call_id`, if you may see it."),
))]
#[post("/v1/calls")]
pub async fn create_call(call: web::Call, body: Body<CreateCall>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a call that a user or a program reports.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] for a recording that another call has;
/// [`Error::Forbidden`] without `EditCalls`.
pub fn create(tx: &mut Tx<'_>, request: &CreateCall) -> Result<Call> {
    access::require_edit(tx)?;
    let source = request.source.unwrap_or(CallSource::Api);
    if !matches!(source, CallSource::Api | CallSource::Upload) {
        return Err(Error::invalid("source", "must be upload or api: the others report calls by themselves"));
    }
    let (call, _) = take_in(tx, source, request)?;
    view::call(tx, call.into_inner())
}

/// Creates the call unless its source has reported it already; says whether it is new.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    source: CallSource,
    request: &CreateCall,
) -> Result<(Granted<CallRow>, bool)> {
    let row = check(tx, source, request)?;
    if let Some(external_id) = &row.external_id {
        // Of several reports at the same time one creates the call, the others find it.
        tx.lock(Key::Named("call", &format!("{source}:{external_id}")))?;
        if let Some(earlier) = calls::find_external(tx, source, external_id)? {
            let taken = || platform::fields::taken("external_id", "names a call already");
            if !access::may_see(tx, tx.actor(), &earlier)? {
                return Err(taken());
            }
            let locked = access::lock_call_to_follow(tx, earlier.id)?.ok_or_else(taken)?;
            return Ok((locked, false));
        }
    }
    if let Some(sha256) = &request.recording_sha256 {
        duplicate::refuse(tx, sha256, row.id)?;
    }
    calls::insert(tx, &row)?;
    let call = access::grant_new_call(row);
    for (number, participant) in request.participants.iter().enumerate() {
        participants::join(tx, &call, &format!("participants[{number}]."), participant)?;
    }
    participants::name_contact(tx, &call)?;
    associations::follow(tx, &call, &Due::new())?;
    view::tell(tx, &call, Event::CallChanged { call_id: call.id })?;
    Ok((call, true))
}

fn check(tx: &mut Tx<'_>, source: CallSource, request: &CreateCall) -> Result<CallRow> {
    let mut fields = Fields::default();
    let now = tx.now();
    let title = fields::facts(&mut fields, &request.title, (request.started_at, now), request.duration_ms);
    let external_id = fields.optional("external_id", request.external_id.as_deref(), 200);
    fields::sha256(&mut fields, "recording_sha256", request.recording_sha256.as_deref());
    if request.participants.len() > fields::MAX_PARTICIPANTS {
        let rule = format!("must be at most {}", fields::MAX_PARTICIPANTS);
        fields.refuse("participants", "too_many", rule);
    }
    fields.finish()?;
    let owner_id = request.owner_id.or_else(|| tx.actor().user_id().ok());
    fields::owner(tx, owner_id)?;
    if request.private {
        access::require_private(tx, owner_id)?;
    }
    Ok(CallRow {
        id: tx.new_id(),
        title_key: crm::folding::name_key(&title),
        title,
        direction: request.direction,
        source,
        external_id,
        started_at: request.started_at,
        duration_ms: request.duration_ms,
        owner_id,
        outcome: request.outcome,
        private: request.private,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    })
}
