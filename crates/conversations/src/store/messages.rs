//! Rows of messages, comments and activities.

use std::collections::HashMap;

use db::schema::{message_attachments, messages, threads};
use db::{Cached, Conn, Json, on};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::conversations::{Activity, AuthorKind, DeliveryState, Message, MessageKind, Thread};
use types::files::File;
use types::{ContactId, FileId, MessageId, ThreadId, Timestamp, UserId};

use super::threads::ThreadRow;

/// A row of `messages`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages, treat_none_as_default_value = false)]
pub(crate) struct MessageRow {
    pub(crate) id: MessageId,
    pub(crate) thread_id: ThreadId,
    pub(crate) seq: i64,
    pub(crate) kind: MessageKind,
    pub(crate) author: AuthorKind,
    pub(crate) author_user_id: Option<UserId>,
    pub(crate) author_name: String,
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) mentioned_user_ids: Option<Json<Vec<UserId>>>,
    pub(crate) activity: Option<Json<Activity>>,
    pub(crate) delivery: Option<DeliveryState>,
    pub(crate) delivery_error: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) created_at: Timestamp,
}

impl MessageRow {
    /// The entry as it goes over the wire. How far it came at the contact follows from the thread.
    pub(crate) fn into_wire(self, thread: &Thread, attachments: Vec<File>) -> Message {
        let delivery = self.delivery.map(|state| state.with_receipts(self.seq, thread));
        Message {
            id: self.id,
            thread_id: self.thread_id,
            seq: self.seq,
            kind: self.kind,
            author: self.author,
            author_user_id: self.author_user_id,
            author_name: self.author_name,
            html: self.html,
            text: self.text,
            attachments,
            mentioned_user_ids: self.mentioned_user_ids.map(|ids| ids.0).unwrap_or_default(),
            activity: self.activity.map(|activity| activity.0),
            delivery,
            delivery_error: self.delivery_error,
            client_id: self.client_id,
            created_at: self.created_at,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, thread: &Granted<ThreadRow>, row: &MessageRow) -> Result<()> {
    debug_assert_eq!(thread.id, row.thread_id);
    diesel::insert_into(messages::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn insert_attachments(tx: &mut Tx<'_>, message: MessageId, files: &[FileId]) -> Result<()> {
    let rows: Vec<_> = (0i32..)
        .zip(files)
        .map(|(position, file)| {
            (
                message_attachments::message_id.eq(message),
                message_attachments::file_id.eq(*file),
                message_attachments::position.eq(position),
            )
        })
        .collect();
    on!(tx.conn(), conn => diesel::insert_into(message_attachments::table).values(rows).execute(conn))?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<MessageRow>> {
    Ok(messages::table.find(id).select(MessageRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The entry that was sent under this name, to recognise it when it is sent again.
pub(crate) fn find_by_client_id(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    client_id: &str,
) -> Result<Option<MessageRow>> {
    let query = messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::client_id.eq(client_id))
        .select(MessageRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// The entries of a thread with numbers from `first` to `last`, oldest first.
pub(crate) fn in_range(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    (first, last): (i64, i64),
) -> Result<Vec<MessageRow>> {
    let query = messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::seq.between(first, last))
        .order(messages::seq)
        .select(MessageRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// The messages of a thread, leaving out comments and activities, with numbers in `first..=last`: the `limit` nearest to
/// its end, newest first, or nearest to its beginning, oldest first.
pub(crate) fn messages_only(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    (first, last): (i64, i64),
    newest_first: bool,
    limit: i64,
) -> Result<Vec<MessageRow>> {
    let query = messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::kind.eq(MessageKind::Message))
        .filter(messages::seq.between(first, last))
        .limit(limit)
        .select(MessageRow::as_select());
    Ok(if newest_first {
        query.order(messages::seq.desc()).load(tx.conn())
    } else {
        query.order(messages::seq.asc()).load(tx.conn())
    }?)
}

/// Messages and comments of a thread after a number that somebody other than `user` wrote, oldest first.
pub(crate) fn newer_by_others(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    after: i64,
    user: UserId,
    limit: i64,
) -> Result<Vec<MessageRow>> {
    let query = messages::table
        .filter(messages::thread_id.eq(thread))
        .filter(messages::seq.gt(after))
        .filter(messages::kind.ne(MessageKind::Activity))
        .filter(messages::author_user_id.is_null().or(messages::author_user_id.ne(user)))
        .order(messages::seq)
        .limit(limit)
        .select(MessageRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// The files of a thread's entries with numbers from `first` to `last`, in their order.
pub(crate) fn attachments_in_range(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    (first, last): (i64, i64),
) -> Result<HashMap<MessageId, Vec<FileId>>> {
    let query = message_attachments::table
        .inner_join(messages::table)
        .filter(messages::thread_id.eq(thread))
        .filter(messages::seq.between(first, last))
        .order((messages::seq, message_attachments::position))
        .select((message_attachments::message_id, message_attachments::file_id));
    let rows: Vec<(MessageId, FileId)> = query.load(tx.conn())?;
    let mut files: HashMap<MessageId, Vec<FileId>> = HashMap::new();
    for (message, file) in rows {
        files.entry(message).or_default().push(file);
    }
    Ok(files)
}

/// Writes how far a message has come.
pub(crate) fn set_delivery(
    tx: &mut Tx<'_>,
    message: &Granted<MessageRow>,
    state: DeliveryState,
    error: Option<&str>,
) -> Result<()> {
    let change = (messages::delivery.eq(state), messages::delivery_error.eq(error));
    Cached(diesel::update(messages::table.find(message.id)).set(change)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<MessageRow>> {
    let query = messages::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(MessageRow::as_select()).for_no_key_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(MessageRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

/// Takes everything out of the entries of a contact's threads that says something, and lets go of their files.
pub(crate) fn erase_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    let of_contact = || threads::table.filter(threads::contact_id.eq(contact)).select(threads::id);
    let attached = messages::table.filter(messages::thread_id.eq_any(of_contact())).select(messages::id);
    diesel::delete(message_attachments::table)
        .filter(message_attachments::message_id.eq_any(attached))
        .execute(tx.conn())?;
    diesel::update(messages::table.filter(messages::thread_id.eq_any(of_contact())))
        .set((
            messages::html.eq(""),
            messages::text.eq(""),
            messages::delivery_error.eq(None::<String>),
            messages::client_id.eq(None::<String>),
        ))
        .execute(tx.conn())?;
    diesel::update(messages::table.filter(messages::thread_id.eq_any(of_contact())))
        .filter(messages::author.eq(AuthorKind::Contact))
        .set(messages::author_name.eq(""))
        .execute(tx.conn())?;
    Ok(())
}
