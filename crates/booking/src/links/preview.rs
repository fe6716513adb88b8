//! A reminder as it would be sent, before the link is saved.

use actix_web::post;
use db::Json;
use platform::{Result, Tx};
use types::booking::{BookingLinkSettings, MeetingState, PreviewReminder, ReminderPreview};
use types::{ContactId, MeetingId};
use web::{Body, Call, Reply};

use super::check;
use crate::invitees::Invitee;
use crate::mails::{self, About, Host};
use crate::store::meetings::{MeetingReminders, MeetingRow};
use crate::{access, templates, zones};

/// Whoever is reminded in the preview.
const SAMPLE: (&str, &str, &str) = ("Camille", "Martin", "camille.martin@example.com");
/// The time of day at which the meeting of the preview begins, in minutes after midnight.
const SAMPLE_MINUTE: i64 = 10 * 60;

/// Show a reminder of a link as it would be sent, with a contact and a time made up for it.
#[utoipa::path(operation_id = "preview_reminder", tag = "booking", request_body = PreviewReminder, responses((status = 200, body = ReminderPreview)))]
#[post("/v1/reminder_previews")]
pub async fn preview_reminder(call: Call, body: Body<PreviewReminder>) -> Reply {
    call.read(move |tx| preview(tx, &body)).await
}

/// The reminder with the actor as host, of a meeting tomorrow.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for settings that break a rule.
pub fn preview(tx: &mut Tx<'_>, request: &PreviewReminder) -> Result<ReminderPreview> {
    let user = access::require_user(tx)?;
    let settings = check::settings(tx, &request.settings, None)?;
    let host = Host::of(tx, user)?;
    let row = sample(tx, &settings, &host)?;
    let (first, last, email) = SAMPLE;
    let about = About {
        row: &row,
        hosts: vec![host],
        contact_name: format!("{first} {last}"),
        invitee: Invitee { name: format!("{first} {last}"), email: Some(email.to_owned()) },
        awaits_conference: false,
    };
    mails::preview(tx, &about)
}

/// The meeting that is reminded of. It is stored nowhere.
fn sample(tx: &mut Tx<'_>, settings: &BookingLinkSettings, host: &Host) -> Result<MeetingRow> {
    let (first, last, email) = SAMPLE;
    let values = templates::Values {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: email.to_owned(),
        company: String::new(),
        host: host.name.clone(),
        account: accounts::settings::load(tx)?.company_name,
    };
    let zone_name = settings.availability.time_zone.as_ref().or(host.zone.as_ref());
    let zone_name = zone_name.map_or_else(|| "UTC".to_owned(), Clone::clone);
    let zone = zones::find(&zone_name).unwrap_or(jiff::tz::TimeZone::UTC);
    let today = zones::date_of(&zone, tx.now());
    let starts_at = zones::midnight(&zone, types::Date(today.0 + 1)).plus_seconds(60 * SAMPLE_MINUTE);
    let minutes = settings.durations_minutes.first().copied().unwrap_or_default();
    let description = settings.invitation_description.as_ref().map(|text| templates::fill(text, &values));
    Ok(MeetingRow {
        id: MeetingId(0),
        state: MeetingState::Booked,
        booking_link_id: None,
        contact_id: ContactId(0),
        guests: Json(Vec::new()),
        title: templates::fill(&settings.invitation_subject, &values),
        description: description.clone(),
        location: settings.location.clone(),
        conference_kind: settings.conference,
        conference_id: None,
        conference_url: None,
        meeting_type_id: settings.meeting_type_id,
        starts_at,
        ends_at: starts_at.plus_seconds(60 * i64::from(minutes)),
        contact_time_zone: zone_name,
        language: settings.language,
        country: settings.country.clone(),
        answers: Json(Vec::new()),
        outcome: None,
        reason: None,
        cancelled_by: None,
        host_choice: None,
        uid: String::new(),
        sequence: 0,
        reminders: Json(MeetingReminders {
            minutes_before: settings.reminders.minutes_before.clone(),
            includes_description: settings.reminders.includes_description,
        }),
        created_at: tx.now(),
        updated_at: tx.now(),
        booker_name: None,
        booker_email: None,
        told_description: description,
    })
}
