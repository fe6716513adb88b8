//! Rows of threads.

use db::schema::{contacts, participants, read_positions, threads};
use db::{Cached, Conn, Limited, on};
use diesel::prelude::*;
use diesel::upsert::excluded;
use platform::{Granted, Result, Tx};
use types::conversations::{AuthorKind, ChannelKind, Thread, ThreadStatus, Waiting};
use types::{ContactId, InboxId, Subject, TeamId, ThreadId, Timestamp, UserId, VisitorId, WidgetId};

/// A row of `threads`, with what a row of the list shows of the contact.
#[derive(Clone, Debug, PartialEq, Queryable, Insertable)]
#[diesel(table_name = threads, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the fields are documented at `types::conversations::Thread`")]
pub struct ThreadRow {
    pub id: ThreadId,
    pub inbox_id: InboxId,
    pub channel: ChannelKind,
    pub widget_id: Option<WidgetId>,
    pub visitor_id: Option<VisitorId>,
    pub started_from: Option<String>,
    pub contact_id: ContactId,
    pub subject: Option<String>,
    pub status: ThreadStatus,
    pub owner_user_id: Option<UserId>,
    pub owner_team_id: Option<TeamId>,
    pub waiting: Waiting,
    pub last_seq: i64,
    pub last_message_seq: i64,
    pub last_entry_seq: i64,
    pub last_message_at: Timestamp,
    pub preview: String,
    pub preview_author: AuthorKind,
    pub comment_preview: Option<String>,
    pub participant_count: i32,
    pub contact_delivered_seq: i64,
    pub contact_read_seq: i64,
    /// The last number that anybody of the team has read.
    pub team_read_seq: i64,
    /// Whether the contact ended it: what the contact writes next starts another thread.
    pub ended_by_contact: bool,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    #[diesel(skip_insertion)]
    pub contact_name: String,
    #[diesel(skip_insertion)]
    pub contact_verified: bool,
}

impl ThreadRow {
    /// Who may see what happens in it.
    pub fn subject(&self) -> Subject {
        Subject::Thread { id: self.id, inbox: self.inbox_id }
    }

    /// The thread as it goes over the wire.
    pub fn to_wire(&self) -> Thread {
        Thread {
            id: self.id,
            inbox_id: self.inbox_id,
            channel: self.channel,
            widget_id: self.widget_id,
            visitor_id: self.visitor_id,
            started_from: self.started_from.clone(),
            contact_id: self.contact_id,
            contact_name: self.contact_name.clone(),
            contact_verified: self.contact_verified,
            subject: self.subject.clone(),
            status: self.status,
            owner_user_id: self.owner_user_id,
            owner_team_id: self.owner_team_id,
            waiting: self.waiting,
            last_seq: self.last_seq,
            last_message_seq: self.last_message_seq,
            last_entry_seq: self.last_entry_seq,
            last_message_at: self.last_message_at,
            preview: self.preview.clone(),
            preview_author: self.preview_author,
            comment_preview: self.comment_preview.clone(),
            participant_count: self.participant_count,
            contact_delivered_seq: self.contact_delivered_seq,
            contact_read_seq: self.contact_read_seq,
            created_at: self.created_at,
            closed_at: self.closed_at,
        }
    }
}

/// The columns of a [`ThreadRow`]. The contact's are subqueries, not a join: a page is then read along one index and
/// looked up by primary key whatever the planner thinks of the tables, and a row lock takes the thread's row alone.
macro_rules! thread_columns {
    () => {
        (
            threads::id,
            threads::inbox_id,
            threads::channel,
            threads::widget_id,
            threads::visitor_id,
            threads::started_from,
            threads::contact_id,
            threads::subject,
            threads::status,
            threads::owner_user_id,
            threads::owner_team_id,
            threads::waiting,
            threads::last_seq,
            threads::last_message_seq,
            threads::last_entry_seq,
            threads::last_message_at,
            threads::preview,
            threads::preview_author,
            threads::comment_preview,
            threads::participant_count,
            threads::contact_delivered_seq,
            threads::contact_read_seq,
            threads::team_read_seq,
            threads::ended_by_contact,
            threads::created_at,
            threads::closed_at,
            contacts::table
                .filter(contacts::id.eq(threads::contact_id))
                .select(contacts::name)
                .single_value()
                .assume_not_null(),
            contacts::table
                .filter(contacts::id.eq(threads::contact_id))
                .select(contacts::verified)
                .single_value()
                .assume_not_null(),
        )
    };
}
pub(crate) use thread_columns;

pub(crate) fn find(tx: &mut Tx<'_>, id: ThreadId) -> Result<Option<ThreadRow>> {
    Ok(threads::table.find(id).select(thread_columns!()).get_result(tx.conn()).optional()?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: ThreadId) -> Result<Option<ThreadRow>> {
    let query = threads::table.find(id).select(thread_columns!());
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_no_key_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

/// The visitor's newest thread.
pub(crate) fn latest_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<ThreadRow>> {
    let query = threads::table
        .filter(threads::visitor_id.eq(visitor))
        .order((threads::created_at.desc(), threads::id.desc()))
        .select(thread_columns!());
    Ok(Limited { query, rows: 1 }.get_result(tx.conn()).optional()?)
}

/// The visitor's open thread, if there is one.
pub(crate) fn open_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<ThreadId>> {
    let query = threads::table
        .filter(threads::visitor_id.eq(visitor))
        .filter(threads::status.eq(ThreadStatus::Open))
        .select(threads::id);
    Ok(query.get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ThreadRow) -> Result<()> {
    diesel::insert_into(threads::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// What a message or comment changes of its thread.
#[derive(AsChangeset)]
#[diesel(table_name = threads, treat_none_as_null = true)]
struct Summary<'a> {
    waiting: Waiting,
    last_seq: i64,
    last_message_seq: i64,
    last_entry_seq: i64,
    last_message_at: Timestamp,
    preview: &'a str,
    preview_author: AuthorKind,
    comment_preview: Option<&'a str>,
    participant_count: i32,
    team_read_seq: i64,
}

/// Writes what a message or comment changed. Leaves the other columns out, so that their indexes are not touched.
pub(crate) fn write_summary(tx: &mut Tx<'_>, locked: &Granted<ThreadRow>, row: &ThreadRow) -> Result<()> {
    let summary = Summary {
        waiting: row.waiting,
        last_seq: row.last_seq,
        last_message_seq: row.last_message_seq,
        last_entry_seq: row.last_entry_seq,
        last_message_at: row.last_message_at,
        preview: &row.preview,
        preview_author: row.preview_author,
        comment_preview: row.comment_preview.as_deref(),
        participant_count: row.participant_count,
        team_read_seq: row.team_read_seq,
    };
    // It returns something because PostgreSQL's connection keeps no other update.
    let _: ThreadId = on!(tx.conn(), conn => Cached(
        diesel::update(threads::table.find(locked.id)).set(summary).returning(threads::id)
    )
    .get_result(conn))?;
    Ok(())
}

/// What an activity changes of its thread.
#[derive(AsChangeset)]
#[diesel(table_name = threads, treat_none_as_null = true)]
struct State {
    status: ThreadStatus,
    owner_user_id: Option<UserId>,
    owner_team_id: Option<TeamId>,
    last_seq: i64,
    ended_by_contact: bool,
    closed_at: Option<Timestamp>,
}

/// Writes what an activity changed.
pub(crate) fn write_state(tx: &mut Tx<'_>, locked: &Granted<ThreadRow>, row: &ThreadRow) -> Result<()> {
    let state = State {
        status: row.status,
        owner_user_id: row.owner_user_id,
        owner_team_id: row.owner_team_id,
        last_seq: row.last_seq,
        ended_by_contact: row.ended_by_contact,
        closed_at: row.closed_at,
    };
    Cached(diesel::update(threads::table.find(locked.id)).set(state)).execute(tx.conn())?;
    Ok(())
}

/// Writes how far entries arrived at the contact.
pub(crate) fn write_receipt(tx: &mut Tx<'_>, locked: &Granted<ThreadRow>, row: &ThreadRow) -> Result<()> {
    let receipt = (
        threads::contact_delivered_seq.eq(row.contact_delivered_seq),
        threads::contact_read_seq.eq(row.contact_read_seq),
    );
    Cached(diesel::update(threads::table.find(locked.id)).set(receipt)).execute(tx.conn())?;
    Ok(())
}

/// Raises how far the team has read, if it was lower.
pub(crate) fn raise_team_read(tx: &mut Tx<'_>, thread: &Granted<ThreadRow>, seq: i64) -> Result<()> {
    let lower = threads::table.find(thread.id).filter(threads::team_read_seq.lt(seq));
    Cached(diesel::update(lower).set(threads::team_read_seq.eq(seq))).execute(tx.conn())?;
    Ok(())
}

/// Sets how far a user has read.
pub(crate) fn save_read_position(
    tx: &mut Tx<'_>,
    thread: &Granted<ThreadRow>,
    user: UserId,
    seq: i64,
) -> Result<()> {
    let row = (
        read_positions::thread_id.eq(thread.id),
        read_positions::user_id.eq(user),
        read_positions::seq.eq(seq),
    );
    // It returns what it wrote because only statements that return something are kept by PostgreSQL's connection.
    let _: i64 = on!(tx.conn(), conn => Cached(
        diesel::insert_into(read_positions::table)
            .values(row)
            .on_conflict((read_positions::thread_id, read_positions::user_id))
            .do_update()
            .set(read_positions::seq.eq(excluded(read_positions::seq)))
            .returning(read_positions::seq)
    )
    .get_result(conn))?;
    Ok(())
}

/// How far a user has read; 0 for not at all.
pub(crate) fn read_position(tx: &mut Tx<'_>, thread: ThreadId, user: UserId) -> Result<i64> {
    let found = read_positions::table.find((thread, user)).select(read_positions::seq).get_result(tx.conn());
    Ok(found.optional()?.unwrap_or(0))
}

/// Notes that somebody takes part; whether that is new.
pub(crate) fn add_participant(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    kind: AuthorKind,
    participant: i64,
) -> Result<bool> {
    let row = (
        participants::thread_id.eq(thread),
        participants::kind.eq(kind),
        participants::participant_id.eq(participant),
    );
    let added = on!(tx.conn(), conn => diesel::insert_into(participants::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(added > 0)
}

/// The users who take part.
pub(crate) fn participating_users(tx: &mut Tx<'_>, thread: ThreadId) -> Result<Vec<UserId>> {
    let query = participants::table
        .filter(participants::thread_id.eq(thread))
        .filter(participants::kind.eq(AuthorKind::User))
        .order(participants::participant_id)
        .select(participants::participant_id);
    let ids: Vec<i64> = query.load(tx.conn())?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// A contact's newest threads.
pub(crate) fn of_contact(tx: &mut Tx<'_>, contact: ContactId, limit: i64) -> Result<Vec<ThreadRow>> {
    let query = threads::table
        .filter(threads::contact_id.eq(contact))
        .order((threads::last_message_at.desc(), threads::id.desc()))
        .limit(limit)
        .select(thread_columns!());
    Ok(query.load(tx.conn())?)
}

/// Gives the threads of a contact that was merged away to the one that stays.
pub(crate) fn move_to_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    let moved = threads::table.filter(threads::contact_id.eq(from)).select(threads::id);
    diesel::update(participants::table)
        .filter(participants::thread_id.eq_any(moved))
        .filter(participants::kind.eq(AuthorKind::Contact))
        .filter(participants::participant_id.eq(from.0))
        .set(participants::participant_id.eq(into.0))
        .execute(tx.conn())?;
    diesel::update(threads::table.filter(threads::contact_id.eq(from)))
        .set(threads::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes everything out of a contact's threads that says something.
pub(crate) fn erase_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    diesel::update(threads::table.filter(threads::contact_id.eq(contact)))
        .set((
            threads::subject.eq(None::<String>),
            threads::preview.eq(""),
            threads::comment_preview.eq(None::<String>),
            threads::started_from.eq(None::<String>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Some of the open threads of an owner.
pub(crate) fn open_of_owner(tx: &mut Tx<'_>, owner: Owner, limit: i64) -> Result<Vec<ThreadId>> {
    let open = threads::table.filter(threads::status.eq(ThreadStatus::Open)).select(threads::id).limit(limit);
    Ok(match owner {
        Owner::User(id) => open.filter(threads::owner_user_id.eq(id)).load(tx.conn()),
        Owner::Team(id) => open.filter(threads::owner_team_id.eq(id)).load(tx.conn()),
    }?)
}

/// Whom threads belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Owner {
    User(UserId),
    Team(TeamId),
}
