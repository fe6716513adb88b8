//! Meetings, their hosts, and their entries in calendars.

use std::collections::HashMap;

use db::schema::{contacts, meeting_entries, meeting_hosts, meeting_reminders, meetings};
use db::{Conn, Json};
use diesel::dsl::{count_star, exists, max};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::booking::{
    AnsweredQuestion, BookingLanguage, CalendarEntryState, ConferenceKind, Guest, HostChoice, ListMeetings,
    MeetingOutcome, MeetingParty, MeetingState,
};
use types::{BookingLinkId, CalendarId, ContactId, MeetingId, MeetingTypeId, Timestamp, UserId};

/// What is sent before a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct MeetingReminders {
    /// How long before, in minutes.
    pub(crate) minutes_before: Vec<u32>,
    /// Whether they repeat the description.
    pub(crate) includes_description: bool,
}

/// A row of `meetings`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
pub(crate) struct MeetingRow {
    pub(crate) id: MeetingId,
    pub(crate) state: MeetingState,
    pub(crate) booking_link_id: Option<BookingLinkId>,
    pub(crate) contact_id: ContactId,
    pub(crate) guests: Json<Vec<Guest>>,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) conference_kind: Option<ConferenceKind>,
    pub(crate) conference_id: Option<String>,
    pub(crate) conference_url: Option<String>,
    pub(crate) meeting_type_id: Option<MeetingTypeId>,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) contact_time_zone: String,
    pub(crate) language: BookingLanguage,
    pub(crate) country: String,
    pub(crate) answers: Json<Vec<AnsweredQuestion>>,
    pub(crate) outcome: Option<MeetingOutcome>,
    pub(crate) reason: Option<String>,
    pub(crate) cancelled_by: Option<MeetingParty>,
    pub(crate) host_choice: Option<Json<HostChoice>>,
    pub(crate) uid: String,
    pub(crate) sequence: i32,
    pub(crate) reminders: Json<MeetingReminders>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) booker_name: Option<String>,
    pub(crate) booker_email: Option<String>,
    /// The description that invitations, reminders, the contact's page and the host's calendar say. It stays as it is when a user
    /// writes another one that does not reach the contact.
    pub(crate) told_description: Option<String>,
}

impl MeetingRow {
    /// How long it is, in minutes.
    pub(crate) fn minutes(&self) -> i64 {
        self.ends_at.seconds_since(self.starts_at) / 60
    }
}

/// The entry of a meeting in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_entries, primary_key(meeting_id), treat_none_as_null = true)]
pub(crate) struct EntryRow {
    pub(crate) meeting_id: MeetingId,
    pub(crate) calendar_id: CalendarId,
    pub(crate) state: CalendarEntryState,
    pub(crate) external_id: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) sequence: Option<i32>,
}

/// Where a page begins: beside the meeting that begins then, with this id.
pub(crate) type Key = (Timestamp, MeetingId);

pub(crate) fn find(tx: &mut Tx<'_>, id: MeetingId) -> Result<Option<MeetingRow>> {
    Ok(meetings::table.find(id).select(MeetingRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The meeting, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: MeetingId) -> Result<Option<MeetingRow>> {
    let query = meetings::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(MeetingRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(MeetingRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

/// Whose meetings a list shows.
pub(crate) enum Seen {
    /// All.
    All,
    /// Those that the user takes part in, or whose contacts nobody or one of these users looks after.
    Some {
        /// The user.
        user: UserId,
        /// The owners of contacts whose meetings they see; none when they see no contacts.
        owners: Option<Vec<UserId>>,
    },
}

/// A page of meetings, in the order of their starts.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    query: &ListMeetings,
    seen: Seen,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<MeetingRow>> {
    let mut rows =
        meetings::table.inner_join(contacts::table.on(contacts::id.eq(meetings::contact_id))).into_boxed();
    if let Seen::Some { user, owners } = seen {
        let own = exists(hosted(user));
        rows = match owners {
            None => rows.filter(own),
            Some(owners) => {
                use contacts::owner_id;
                rows.filter(own.or(owner_id.is_null()).or(owner_id.assume_not_null().eq_any(owners)))
            }
        };
    }
    if let Some(contact) = query.contact_id {
        rows = rows.filter(meetings::contact_id.eq(contact));
    }
    if let Some(user) = query.host_id {
        rows = rows.filter(exists(hosted(user)));
    }
    if let Some(link) = query.booking_link_id {
        rows = rows.filter(meetings::booking_link_id.eq(link));
    }
    if let Some(state) = query.state {
        rows = rows.filter(meetings::state.eq(state));
    }
    if let Some(from) = query.from {
        rows = rows.filter(meetings::ends_at.ge(from));
    }
    if let Some(until) = query.until {
        rows = rows.filter(meetings::starts_at.lt(until));
    }
    let latest_first = query.latest_first == Some(true);
    if let Some((at, id)) = after {
        rows = if latest_first {
            rows.filter(meetings::starts_at.lt(at).or(meetings::starts_at.eq(at).and(meetings::id.lt(id))))
        } else {
            rows.filter(meetings::starts_at.gt(at).or(meetings::starts_at.eq(at).and(meetings::id.gt(id))))
        };
    }
    let rows = if latest_first {
        rows.order((meetings::starts_at.desc(), meetings::id.desc()))
    } else {
        rows.order((meetings::starts_at.asc(), meetings::id.asc()))
    };
    Ok(rows.limit(limit).select(MeetingRow::as_select()).load(tx.conn())?)
}

#[diesel::dsl::auto_type]
fn hosted(user: UserId) -> _ {
    meeting_hosts::table
        .filter(meeting_hosts::meeting_id.eq(meetings::id))
        .filter(meeting_hosts::user_id.eq(user))
}

/// The hosts of these meetings, in order.
pub(crate) fn hosts(tx: &mut Tx<'_>, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<UserId>>> {
    let rows: Vec<(MeetingId, UserId)> = meeting_hosts::table
        .filter(meeting_hosts::meeting_id.eq_any(ids.to_vec()))
        .order((meeting_hosts::meeting_id, meeting_hosts::position))
        .select((meeting_hosts::meeting_id, meeting_hosts::user_id))
        .load(tx.conn())?;
    let mut hosts: HashMap<MeetingId, Vec<UserId>> = HashMap::new();
    for (meeting, user) in rows {
        hosts.entry(meeting).or_default().push(user);
    }
    Ok(hosts)
}

/// The hosts of one meeting, in order.
pub(crate) fn hosts_of(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Vec<UserId>> {
    Ok(hosts(tx, &[meeting])?.remove(&meeting).unwrap_or_default())
}

/// The entries of these meetings.
pub(crate) fn entries(tx: &mut Tx<'_>, ids: &[MeetingId]) -> Result<HashMap<MeetingId, EntryRow>> {
    let rows = meeting_entries::table.filter(meeting_entries::meeting_id.eq_any(ids.to_vec()));
    let rows: Vec<EntryRow> = rows.select(EntryRow::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.meeting_id, row)).collect())
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &MeetingRow, hosts: &[UserId]) -> Result<()> {
    diesel::insert_into(meetings::table).values(row.clone()).execute(tx.conn())?;
    for (position, host) in (0..).zip(hosts) {
        diesel::insert_into(meeting_hosts::table)
            .values((
                meeting_hosts::meeting_id.eq(row.id),
                meeting_hosts::user_id.eq(*host),
                meeting_hosts::position.eq::<i32>(position),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<MeetingRow>, row: &MeetingRow) -> Result<()> {
    diesel::update(meetings::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// When the meetings of these hosts begin that were booked by a link and stand or wait, in a stretch of time.
pub(crate) fn starts(
    tx: &mut Tx<'_>,
    link: BookingLinkId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(UserId, MeetingId, Timestamp)>> {
    Ok(meeting_hosts::table
        .inner_join(meetings::table.on(meetings::id.eq(meeting_hosts::meeting_id)))
        .filter(meetings::booking_link_id.eq(link))
        .filter(meetings::state.eq_any([MeetingState::Booked, MeetingState::Pending]))
        .filter(meetings::starts_at.ge(from))
        .filter(meetings::starts_at.lt(until))
        .select((meeting_hosts::user_id, meetings::id, meetings::starts_at))
        .load(tx.conn())?)
}

/// How many meetings of a link each host was given since then that were not called off, and when the last one was.
pub(crate) fn given(
    tx: &mut Tx<'_>,
    link: BookingLinkId,
    since: Timestamp,
) -> Result<HashMap<UserId, (i64, Option<Timestamp>)>> {
    let rows: Vec<(UserId, i64, Option<Timestamp>)> = meeting_hosts::table
        .inner_join(meetings::table.on(meetings::id.eq(meeting_hosts::meeting_id)))
        .filter(meetings::booking_link_id.eq(link))
        .filter(meetings::state.eq_any([MeetingState::Booked, MeetingState::Pending]))
        .filter(meetings::created_at.ge(since))
        .group_by(meeting_hosts::user_id)
        .select((meeting_hosts::user_id, count_star(), max(meetings::created_at)))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(user, count, last)| (user, (count, last))).collect())
}

/// How many meetings were booked by a link and not called off.
pub(crate) fn count_of_link(tx: &mut Tx<'_>, link: BookingLinkId) -> Result<i64> {
    Ok(meetings::table
        .filter(meetings::booking_link_id.eq(link))
        .filter(meetings::state.eq_any([MeetingState::Booked, MeetingState::Pending]))
        .count()
        .get_result(tx.conn())?)
}

/// The meetings with a contact, locked until the end of the transaction.
pub(crate) fn of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<MeetingRow>> {
    let query = meetings::table.filter(meetings::contact_id.eq(contact)).order(meetings::id);
    Ok(match tx.conn() {
        Conn::Pg(conn) => query.select(MeetingRow::as_select()).for_update().load(conn)?,
        Conn::Sqlite(conn) => query.select(MeetingRow::as_select()).load(conn)?,
    })
}

/// Gives the meetings of one contact to another.
pub(crate) fn move_to(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<MeetingId>> {
    let of_contact = meetings::table.filter(meetings::contact_id.eq(from));
    let ids: Vec<MeetingId> = of_contact.select(meetings::id).load(tx.conn())?;
    diesel::update(of_contact).set(meetings::contact_id.eq(into)).execute(tx.conn())?;
    Ok(ids)
}

/// Notes that a reminder was sent; whether it had not been before.
pub(crate) fn note_reminder(tx: &mut Tx<'_>, meeting: &MeetingRow, minutes_before: u32) -> Result<bool> {
    let minutes = i32::try_from(minutes_before).unwrap_or(i32::MAX);
    let key = (meeting.id, minutes, meeting.starts_at);
    let sent: i64 = meeting_reminders::table.find(key).count().get_result(tx.conn())?;
    if sent > 0 {
        return Ok(false);
    }
    let sent_at = tx.now();
    diesel::insert_into(meeting_reminders::table)
        .values((
            meeting_reminders::meeting_id.eq(meeting.id),
            meeting_reminders::minutes_before.eq(minutes),
            meeting_reminders::starts_at.eq(meeting.starts_at),
            meeting_reminders::sent_at.eq(sent_at),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// When these hosts have meetings that stand or wait, in a stretch of time.
pub(crate) fn times(
    tx: &mut Tx<'_>,
    hosts: &[UserId],
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(UserId, MeetingId, Timestamp, Timestamp)>> {
    // No meeting is longer than a day, so the index on starts says which ones can reach into the stretch.
    let earliest = from.plus_seconds(-24 * 60 * 60);
    Ok(meeting_hosts::table
        .inner_join(meetings::table.on(meetings::id.eq(meeting_hosts::meeting_id)))
        .filter(meeting_hosts::user_id.eq_any(hosts.to_vec()))
        .filter(meetings::state.eq_any([MeetingState::Booked, MeetingState::Pending]))
        .filter(meetings::starts_at.ge(earliest))
        .filter(meetings::starts_at.lt(until))
        .filter(meetings::ends_at.gt(from))
        .select((meeting_hosts::user_id, meetings::id, meetings::starts_at, meetings::ends_at))
        .load(tx.conn())?)
}
