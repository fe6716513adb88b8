//! Wishes for meetings that were left while times could not be offered.

use actix_web::{get, post};
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::booking::{ListMeetingRequests, MeetingRequest, MeetingRequestPath};
use types::{Event, MeetingRequestId, Page, Permission, Subject, Timestamp};
use web::{Call, Params, Path, Reply};

use crate::access;
use crate::store::links;
use crate::store::requests::{self, Key, RequestRow};

/// List the requests that were left on your links, the latest first; with `manage_booking` those of all links.
#[utoipa::path(operation_id = "list_meeting_requests", tag = "booking", params(ListMeetingRequests), responses((status = 200, body = Page<MeetingRequest>)))]
#[get("/v1/meeting_requests")]
pub async fn list_meeting_requests(call: Call, query: Params<ListMeetingRequests>) -> Reply {
    call.read(move |tx| list_requests(tx, &query)).await
}

/// Note that a request was taken care of.
#[utoipa::path(operation_id = "handle_meeting_request", tag = "booking", params(MeetingRequestPath), responses((status = 200, body = MeetingRequest)))]
#[post("/v1/meeting_requests/{meeting_request_id}/handle")]
pub async fn handle_meeting_request(call: Call, path: Path<MeetingRequestPath>) -> Reply {
    call.write(move |tx| handle(tx, path.meeting_request_id)).await
}

/// A page of requests.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn list_requests(tx: &mut Tx<'_>, query: &ListMeetingRequests) -> Result<Page<MeetingRequest>> {
    let user = access::require_user(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let of_links =
        if tx.actor().has(Permission::ManageBooking) { None } else { Some(links::hosted_by(tx, user)?) };
    let rows = requests::list(tx, of_links, query.open == Some(true), after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.created_at.0.into(), row.id.0.into()]));
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(show(tx, row)?);
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// Notes that a request was taken care of. One that was stays as it is.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for one of others' links without `ManageBooking`.
pub fn handle(tx: &mut Tx<'_>, id: MeetingRequestId) -> Result<MeetingRequest> {
    let locked = access::lock_request(tx, id)?;
    if locked.handled_at.is_some() {
        return show(tx, locked.into_inner());
    }
    let row =
        RequestRow { handled_at: Some(tx.now()), handled_by: tx.actor().user_id().ok(), ..(*locked).clone() };
    requests::update(tx, &locked, &row)?;
    let hosts = links::hosts_of(tx, row.link_id)?;
    let subjects: Vec<Subject> = hosts.iter().map(|host| Subject::User(host.user_id)).collect();
    tx.emit_to(&subjects, Event::MeetingRequestsChanged)?;
    show(tx, row)
}

fn show(tx: &mut Tx<'_>, row: RequestRow) -> Result<MeetingRequest> {
    let contact = crm::contacts::find(tx, row.contact_id)?;
    Ok(MeetingRequest {
        id: row.id,
        booking_link_id: row.link_id,
        contact_id: contact.id,
        contact_name: contact.name,
        contact_email: contact.email,
        message: row.message,
        time_zone: row.time_zone,
        handled_at: row.handled_at,
        created_at: row.created_at,
    })
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), MeetingRequestId(cursor.number(1)?)))
}
