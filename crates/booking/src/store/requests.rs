//! Wishes for meetings.

use db::Conn;
use db::schema::{contacts, meeting_requests};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{BookingLinkId, ContactId, MeetingRequestId, Timestamp, UserId};

/// A row of `meeting_requests`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_requests, treat_none_as_null = true)]
pub(crate) struct RequestRow {
    pub(crate) id: MeetingRequestId,
    pub(crate) link_id: BookingLinkId,
    pub(crate) contact_id: ContactId,
    pub(crate) message: String,
    pub(crate) time_zone: String,
    pub(crate) handled_at: Option<Timestamp>,
    pub(crate) handled_by: Option<UserId>,
    pub(crate) created_at: Timestamp,
}

/// Where a page begins: after the request left then, with this id.
pub(crate) type Key = (Timestamp, MeetingRequestId);

/// A page of the requests that were left on these links, the latest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    links: Option<Vec<BookingLinkId>>,
    open: bool,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<RequestRow>> {
    let mut rows = meeting_requests::table.into_boxed();
    if let Some(links) = links {
        rows = rows.filter(meeting_requests::link_id.eq_any(links));
    }
    if open {
        rows = rows.filter(meeting_requests::handled_at.is_null());
    }
    if let Some((at, id)) = after {
        rows = rows.filter(meeting_requests::created_at.le(at));
        rows = rows.filter(meeting_requests::created_at.lt(at).or(meeting_requests::id.lt(id)));
    }
    let rows = rows.order((meeting_requests::created_at.desc(), meeting_requests::id.desc())).limit(limit);
    Ok(rows.select(RequestRow::as_select()).load(tx.conn())?)
}

/// The request, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: MeetingRequestId) -> Result<Option<RequestRow>> {
    let query = meeting_requests::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(RequestRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(RequestRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &RequestRow) -> Result<()> {
    diesel::insert_into(meeting_requests::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<RequestRow>, row: &RequestRow) -> Result<()> {
    diesel::update(meeting_requests::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Gives the requests of one contact to another.
pub(crate) fn move_to(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    diesel::update(meeting_requests::table.filter(meeting_requests::contact_id.eq(from)))
        .set(meeting_requests::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes the requests of a contact.
pub(crate) fn delete_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    diesel::delete(meeting_requests::table.filter(meeting_requests::contact_id.eq(contact)))
        .execute(tx.conn())?;
    Ok(())
}

/// Names and addresses of contacts.
pub(crate) fn people(tx: &mut Tx<'_>, ids: &[ContactId]) -> Result<Vec<(ContactId, String, Option<String>)>> {
    let some = contacts::table.filter(contacts::id.eq_any(ids.to_vec()));
    Ok(some.select((contacts::id, contacts::name, contacts::email)).load(tx.conn())?)
}
