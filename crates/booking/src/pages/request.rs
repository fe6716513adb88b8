//! Asking for a meeting while times cannot be offered.

use actix_web::post;
use crm::bookers::{self, Booker};
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::booking::{BookingLinkState, BookingPagePath, RequestMeeting};
use types::crm::TimelineEvent;
use types::{ErrorCode, Event, Subject};
use web::{Body, OpenCall, Path, Quota, Reply};

use super::{answers, consent, enter, limit_acts};
use crate::store::links;
use crate::store::requests::{self, RequestRow};
use crate::{mails, zones};

/// Leave a wish for a meeting, while a calendar of a host cannot be reached. It needs no credential.
#[utoipa::path(operation_id = "request_meeting", tag = "booking_pages", security(()), params(BookingPagePath), request_body = RequestMeeting, responses((status = 204)))]
#[post("/v1/booking_pages/{user_slug}/{link_slug}/requests")]
pub async fn request_meeting(
    call: OpenCall,
    path: Path<BookingPagePath>,
    body: Body<RequestMeeting>,
) -> Reply {
    limit_acts(&call)?;
    let quota = Quota::per_hour(call.ctx().config().limits.mails_per_hour);
    call.limit("booking_requests_to", body.email.trim().to_lowercase(), quota)?;
    let path = path.0;
    call.delete(move |tx| request(tx, &path, &body)).await
}

/// Writes a request down and tells the hosts of it.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] when times are offered, or the link has ended.
pub fn request(tx: &mut Tx<'_>, path: &BookingPagePath, given: &RequestMeeting) -> Result<()> {
    let (link, standing) = enter(tx, &path.user_slug, &path.link_slug)?;
    match standing.state {
        BookingLinkState::Unreachable => {}
        BookingLinkState::Active => {
            return Err(Error::conflict(ErrorCode::Conflict, "times are offered again: choose one"));
        }
        BookingLinkState::Ended | BookingLinkState::WithoutHosts => {
            return Err(Error::conflict(ErrorCode::LinkEnded, "this link has ended"));
        }
    }
    let mut fields = Fields::default();
    zones::checked(&mut fields, "time_zone", &given.time_zone);
    let names = (given.first_name.as_str(), given.last_name.as_str());
    let (first_name, last_name, email) = answers::person(&mut fields, names, &given.email);
    let message = fields.lines("message", Some(&given.message), 2000);
    if message.is_none() {
        fields.refuse("message", "required", "must not be empty".to_owned());
    }
    let consent = consent::checked(tx, &mut fields, &link, given.has_consented)?;
    fields.finish()?;
    let booker = Booker {
        name: format!("{first_name} {last_name}"),
        email,
        language: link.settings.0.language.as_str().to_owned(),
        time_zone: given.time_zone.clone(),
        ..Booker::default()
    };
    let contact = bookers::enter(tx, &booker)?;
    consent::record(tx, contact.id, consent.as_ref(), &link)?;
    let row = RequestRow {
        id: tx.new_id(),
        link_id: link.id,
        contact_id: contact.id,
        message: message.unwrap_or_default(),
        time_zone: given.time_zone.clone(),
        handled_at: None,
        handled_by: None,
        created_at: tx.now(),
    };
    requests::insert(tx, &row)?;
    crm::timeline::record(tx, contact.id, TimelineEvent::MeetingRequested { request_id: row.id })?;
    let hosts = links::hosts_of(tx, link.id)?;
    let subjects: Vec<Subject> = hosts.iter().map(|host| Subject::User(host.user_id)).collect();
    tx.emit_to(&subjects, Event::MeetingRequestsChanged)?;
    mails::requested(tx, &link, &row, &booker)
}
