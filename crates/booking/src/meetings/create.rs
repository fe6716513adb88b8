//! Scheduling a meeting from a contact's record.

use actix_web::post;
use db::Json;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::MeetingId;
use types::booking::{BookingLanguage, CreateMeeting, Meeting, MeetingState};
use types::crm::TimelineEvent;
use web::{Body, Call, Reply};

use super::change::{self, Told};
use crate::pages::checked_guests;
use crate::store::meeting_types;
use crate::store::meetings::{self, MeetingReminders, MeetingRow};
use crate::{access, links, view, zones};

/// Schedule a meeting with a contact, yourself being the host. It may overlap others.
#[utoipa::path(operation_id = "create_meeting", tag = "booking", request_body = CreateMeeting, responses((status = 201, body = Meeting)))]
#[post("/v1/meetings")]
pub async fn create_meeting(call: Call, body: Body<CreateMeeting>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Schedules a meeting. Where its time is free it is taken; where not, the host wants it to overlap.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, for a contact without an address, and for one that the actor may not see;
/// [`Error::Forbidden`] without `ReadContacts`.
pub fn create(tx: &mut Tx<'_>, request: &CreateMeeting) -> Result<Meeting> {
    let user = access::require_user(tx)?;
    let contact = crm::contacts::get(tx, request.contact_id).map_err(|error| match error {
        Error::NotFound => Error::invalid("contact_id", "there is no such contact, or you may not see it"),
        other => other,
    })?;
    tx.about(contact.id);
    let mut fields = Fields::default();
    if contact.email.is_none() {
        fields.refuse("contact_id", "no_address", "must have an address to be invited at".to_owned());
    }
    let ends_at = request.starts_at.plus_seconds(60 * i64::from(request.duration_minutes));
    if !change::is_in_reach((request.starts_at, ends_at)) {
        fields.refuse("starts_at", "out_of_range", change::REACH.to_owned());
    }
    let row = row(tx, &mut fields, request, contact.email.as_deref().unwrap_or_default())?;
    fields.finish()?;
    let row = MeetingRow { contact_id: contact.id, ..row };
    meetings::insert(tx, &row, &[user])?;
    change::claim_if_free(tx, &row, user)?;
    let entry = TimelineEvent::MeetingBooked {
        meeting_id: row.id,
        starts_at: row.starts_at,
        title: row.title.clone(),
    };
    crm::timeline::record(tx, row.contact_id, entry)?;
    change::tell(tx, &row, Told::Booked)?;
    view::meeting(tx, row)
}

fn row(tx: &mut Tx<'_>, fields: &mut Fields, request: &CreateMeeting, email: &str) -> Result<MeetingRow> {
    let id: MeetingId = tx.new_id();
    zones::checked(fields, "time_zone", &request.time_zone);
    if !(5..=1440).contains(&request.duration_minutes) {
        fields.refuse("duration_minutes", "out_of_range", "must be 5 to 1440".to_owned());
    }
    if let Some(kind) = request.meeting_type_id
        && meeting_types::find(tx, kind)?.is_none()
    {
        fields.refuse("meeting_type_id", "unknown", "there is no such kind of meeting".to_owned());
    }
    let mut minutes_before = request.reminder_minutes_before.clone();
    links::minutes_before(fields, "reminder_minutes_before", &mut minutes_before);
    let description = fields.lines("description", request.description.as_deref(), 5000);
    Ok(MeetingRow {
        id,
        state: MeetingState::Booked,
        booking_link_id: None,
        contact_id: request.contact_id,
        guests: Json(checked_guests(fields, &request.guests, email)),
        title: fields.required("title", &request.title, 200),
        description: description.clone(),
        location: fields.optional("location", request.location.as_deref(), 500),
        conference_kind: None,
        conference_id: None,
        conference_url: None,
        meeting_type_id: request.meeting_type_id,
        starts_at: request.starts_at,
        ends_at: request.starts_at.plus_seconds(60 * i64::from(request.duration_minutes)),
        contact_time_zone: request.time_zone.clone(),
        language: request.language,
        country: match request.language {
            BookingLanguage::English => "GB".to_owned(),
            BookingLanguage::French => "FR".to_owned(),
        },
        answers: Json(Vec::new()),
        outcome: None,
        reason: None,
        cancelled_by: None,
        host_choice: None,
        uid: change::new_uid(tx.ctx(), id),
        sequence: 0,
        reminders: Json(MeetingReminders { minutes_before, includes_description: false }),
        created_at: tx.now(),
        updated_at: tx.now(),
        booker_name: None,
        booker_email: None,
        told_description: description,
    })
}
