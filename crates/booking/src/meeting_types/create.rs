//! Adding a kind of meeting.

use actix_web::post;
use platform::fields::{self, Fields};
use platform::{Error, Result, Tx};
use types::Permission;
use types::booking::{MeetingType, SaveMeetingType};
use web::{Body, Call, Reply};

use crate::store::meeting_types::{self, MeetingTypeRow};

/// Add a kind of meeting.
#[utoipa::path(operation_id = "create_meeting_type", tag = "booking", request_body = SaveMeetingType, responses((status = 201, body = MeetingType)))]
#[post("/v1/meeting_types")]
pub async fn create_meeting_type(call: Call, body: Body<SaveMeetingType>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Adds a kind of meeting.
///
/// # Errors
/// [`Error::Invalid`] for a `name` that breaks a rule or is taken; [`Error::Forbidden`] without `ManageBooking`.
pub fn create(tx: &mut Tx<'_>, request: &SaveMeetingType) -> Result<MeetingType> {
    tx.actor().require(Permission::ManageBooking)?;
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, 80);
    fields.finish()?;
    let row = MeetingTypeRow {
        id: tx.new_id(),
        name_key: crm::folding::name_key(&name),
        name,
        created_at: tx.now(),
    };
    meeting_types::insert(tx, &row).map_err(name_taken)?;
    tx.audit("meeting_type.create", ("meeting_type", row.id.0), serde_json::json!({ "name": row.name }))?;
    Ok(row.to_wire())
}

fn name_taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("name", "another kind of meeting has this name") } else { error }
}
