//! The rows of visitors and their sessions, and what else a visitor's view of its conversation needs.

use db::schema::{chat_widgets, contacts, messages, threads, users, visitor_sessions, visitors};
use db::{Limited, on};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Granted, Result, Tx, VisitorActor};
use types::channels::VisitorIdentity;
use types::conversations::{AuthorKind, DeliveryState, MessageKind};
use types::{ContactId, ThreadId, Timestamp, UserId, VisitorId, VisitorSessionId, WidgetId};

/// A visitor.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = visitors)]
pub(crate) struct VisitorRow {
    pub(crate) id: VisitorId,
    pub(crate) widget_id: WidgetId,
    /// The contact, or the id that is reserved for it until there is something to keep.
    pub(crate) contact_id: ContactId,
    pub(crate) identity: VisitorIdentity,
    pub(crate) identity_subject: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
}

/// A visitor's session.
#[derive(Debug, Insertable)]
#[diesel(table_name = visitor_sessions)]
pub(crate) struct SessionRow {
    pub(crate) id: VisitorSessionId,
    pub(crate) visitor_id: VisitorId,
    pub(crate) token_hash: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Timestamp,
}

/// A visitor.
pub(crate) fn find(tx: &mut Tx<'_>, id: VisitorId) -> Result<Option<VisitorRow>> {
    Ok(visitors::table.find(id).select(VisitorRow::as_select()).get_result(tx.conn()).optional()?)
}

/// Adds a visitor with its first session.
pub(crate) fn insert(tx: &mut Tx<'_>, visitor: &VisitorRow, session: &SessionRow) -> Result<()> {
    on!(tx.conn(), conn => diesel::insert_into(visitors::table).values(visitor).execute(conn))?;
    on!(tx.conn(), conn => diesel::insert_into(visitor_sessions::table).values(session).execute(conn))?;
    Ok(())
}

/// Saves which contact a visitor is and how that is known.
pub(crate) fn save_identity(
    tx: &mut Tx<'_>,
    visitor: &Granted<VisitorRow>,
    changed: &VisitorRow,
) -> Result<()> {
    diesel::update(visitors::table.find(visitor.id))
        .set((
            visitors::contact_id.eq(changed.contact_id),
            visitors::identity.eq(changed.identity),
            visitors::identity_subject.eq(&changed.identity_subject),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The actor that a session's token proves, and when it was last used; nothing when the session has ended, was not used
/// since `oldest_use`, or its widget is off or deleted.
pub(crate) fn find_session(
    tx: &mut Tx<'_>,
    token_hash: &str,
    oldest_use: Timestamp,
) -> Result<Option<(VisitorActor, Timestamp)>> {
    let row: Option<(VisitorId, VisitorSessionId, WidgetId, ContactId, Timestamp)> = visitor_sessions::table
        .inner_join(visitors::table.inner_join(chat_widgets::table))
        .filter(visitor_sessions::token_hash.eq(token_hash))
        .filter(visitor_sessions::ended_at.is_null())
        .filter(visitor_sessions::last_used_at.ge(oldest_use))
        .filter(chat_widgets::enabled)
        .filter(chat_widgets::deleted_at.is_null())
        .select((
            visitors::id,
            visitor_sessions::id,
            visitors::widget_id,
            visitors::contact_id,
            visitor_sessions::last_used_at,
        ))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(|(id, session_id, widget_id, contact_id, last_used_at)| {
        (VisitorActor { id, session_id, widget_id, contact_id }, last_used_at)
    }))
}

/// Notes that a session was used and its visitor seen.
pub(crate) fn note_use(tx: &mut Tx<'_>, visitor: VisitorActor) -> Result<()> {
    let now = tx.now();
    diesel::update(visitor_sessions::table.find(visitor.session_id))
        .set(visitor_sessions::last_used_at.eq(now))
        .execute(tx.conn())?;
    diesel::update(visitors::table.find(visitor.id))
        .set(visitors::last_seen_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a session.
pub(crate) fn end_session(
    tx: &mut Tx<'_>,
    visitor: &Granted<VisitorRow>,
    id: VisitorSessionId,
) -> Result<()> {
    let now = tx.now();
    diesel::update(visitor_sessions::table.find(id))
        .filter(visitor_sessions::visitor_id.eq(visitor.id))
        .set(visitor_sessions::ended_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// The name of a contact, once it has been made.
pub(crate) fn contact_name(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<String>> {
    Ok(contacts::table.find(id).select(contacts::name).get_result(tx.conn()).optional()?)
}

/// Gives the visitors of one contact to another.
pub(crate) fn move_to_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    diesel::update(visitors::table.filter(visitors::contact_id.eq(from)))
        .set(visitors::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes the visitors of a contact with their sessions, and names them.
pub(crate) fn delete_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<VisitorId>> {
    let ids: Vec<VisitorId> =
        visitors::table.filter(visitors::contact_id.eq(contact)).select(visitors::id).load(tx.conn())?;
    for id in &ids {
        diesel::delete(visitor_sessions::table.filter(visitor_sessions::visitor_id.eq(id)))
            .execute(tx.conn())?;
        diesel::delete(visitors::table.find(id)).execute(tx.conn())?;
    }
    Ok(ids)
}

/// The visitor that a thread is held with.
pub(crate) fn visitor_of_thread(tx: &mut Tx<'_>, thread: ThreadId) -> Result<Option<VisitorId>> {
    let visitor: Option<Option<VisitorId>> =
        threads::table.find(thread).select(threads::visitor_id).get_result(tx.conn()).optional()?;
    Ok(visitor.flatten())
}

/// The name of a user.
pub(crate) fn user_name(tx: &mut Tx<'_>, user: UserId) -> Result<Option<String>> {
    Ok(users::table.find(user).select(users::name).get_result(tx.conn()).optional()?)
}

/// How many of the team's messages a visitor has not read.
pub(crate) fn count_unread(tx: &mut Tx<'_>, thread: ThreadId, read_seq: i64) -> Result<i64> {
    Ok(messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::seq.gt(read_seq))
        .filter(messages::kind.eq(MessageKind::Message))
        .filter(messages::author.eq(AuthorKind::User))
        .filter(messages::delivery.ne(DeliveryState::Failed).or(messages::delivery.is_null()))
        .count()
        .get_result(tx.conn())?)
}

/// The name of the last user who wrote to the visitor.
pub(crate) fn last_answerer(tx: &mut Tx<'_>, thread: ThreadId) -> Result<Option<String>> {
    let query = messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::kind.eq(MessageKind::Message))
        .filter(messages::author.eq(AuthorKind::User))
        .order(messages::seq.desc())
        .select(messages::author_name);
    Ok(Limited { query, rows: 1 }.get_result(tx.conn()).optional()?)
}

/// Whether messages can reach a visitor: its widget is on, and it has a session.
pub(crate) fn reach(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Reach> {
    let widget_on: Option<bool> = visitors::table
        .inner_join(chat_widgets::table)
        .filter(visitors::id.eq(visitor))
        .select(chat_widgets::enabled.and(chat_widgets::deleted_at.is_null()))
        .get_result(tx.conn())
        .optional()?;
    match widget_on {
        None => return Ok(Reach::VisitorGone),
        Some(false) => return Ok(Reach::WidgetOff),
        Some(true) => {}
    }
    let session = visitor_sessions::table
        .filter(visitor_sessions::visitor_id.eq(visitor))
        .filter(visitor_sessions::ended_at.is_null());
    let has_session: bool = diesel::select(exists(session)).get_result(tx.conn())?;
    Ok(if has_session { Reach::Reachable } else { Reach::VisitorGone })
}

/// Whether messages can reach a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// They can.
    Reachable,
    /// The widget is off or deleted.
    WidgetOff,
    /// The visitor was erased or has ended its session.
    VisitorGone,
}
