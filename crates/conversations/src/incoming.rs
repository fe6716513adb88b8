//! What contacts write, handed in by their channel.

use accounts::content::Content;
use platform::{Granted, Key, Result, Tx};
use types::accounts::NotificationKind;
use types::conversations::{
    AuthorKind, ChannelKind, ListMessages, Message, MessageKind, MessagePage, ThreadStatus, Waiting,
};
use types::crm::TimelineEvent;
use types::{ContactId, Event, FileId, InboxId, VisitorId, WidgetId};

use crate::entries::{self, Author, NewEntry};
use crate::messages::Part;
use crate::store::inboxes;
use crate::store::messages as message_store;
use crate::store::threads::{self, ThreadRow};
use crate::{access, notices};

/// A message of a contact.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The inbox that the channel brings its threads to.
    pub inbox_id: InboxId,
    /// The channel.
    pub channel: ChannelKind,
    /// The chat widget it came through.
    pub widget_id: Option<WidgetId>,
    /// The visitor who wrote it.
    pub visitor_id: VisitorId,
    /// The visitor's contact.
    pub contact_id: ContactId,
    /// The contact's name at this time.
    pub author_name: String,
    /// What was written.
    pub content: Content,
    /// Files the visitor uploaded before.
    pub attachment_ids: Vec<FileId>,
    /// The sender's name for it: the same name again returns the first message.
    pub client_id: Option<String>,
    /// The page of the site it was written on.
    pub started_from: Option<String>,
}

/// What became of a message that came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The message.
    pub message: Message,
    /// Its thread, as it is now.
    pub thread: ThreadRow,
}

/// Adds a visitor's message to its thread: the open one; else the latest, which opens again; else, or when the contact
/// ended that one, a new thread.
///
/// However many first messages arrive at once, they make one thread.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) naming `text`, `attachment_ids` or `client_id`.
pub fn receive_message(tx: &mut Tx<'_>, incoming: &Incoming) -> Result<Received> {
    entries::check(tx, "text", &incoming.content, &incoming.attachment_ids, incoming.client_id.as_deref())?;
    tx.about(incoming.contact_id);
    tx.lock(Key::Visitor(incoming.visitor_id))?;
    let author = Author::Contact { id: incoming.contact_id, name: incoming.author_name.clone() };
    let latest = match threads::latest_of_visitor(tx, incoming.visitor_id)? {
        Some(found) => Some(access::lock_thread_of_visitor(tx, found.id)?),
        None => None,
    };
    let latest = match latest {
        Some(thread) => {
            if let Some(message) = entries::sent_before(tx, &thread, incoming.client_id.as_deref())? {
                return Ok(Received { message, thread: thread.into_inner() });
            }
            (!thread.ended_by_contact).then_some(thread)
        }
        None => None,
    };
    let (thread, kind) = match latest {
        Some(thread) if thread.status == ThreadStatus::Closed => {
            (entries::reopen(tx, &thread, &author)?, NotificationKind::MessageReceived)
        }
        Some(thread) => (thread, NotificationKind::MessageReceived),
        None => (start_thread(tx, incoming)?, NotificationKind::ConversationStarted),
    };
    let (message, thread) = entries::post(
        tx,
        &thread,
        NewEntry {
            kind: MessageKind::Message,
            author: &author,
            content: &incoming.content,
            attachment_ids: &incoming.attachment_ids,
            mentioned_user_ids: &[],
            activity: None,
            delivery: None,
            client_id: incoming.client_id.as_deref(),
        },
    )?;
    let members = inboxes::members(tx, thread.inbox_id)?;
    notices::notify(tx, &members, &thread, kind, (&author, Some(&message)))?;
    Ok(Received { message, thread: thread.into_inner() })
}

fn start_thread(tx: &mut Tx<'_>, incoming: &Incoming) -> Result<Granted<ThreadRow>> {
    let contact = crm::contacts::find(tx, incoming.contact_id)?;
    let now = tx.now();
    let row = ThreadRow {
        id: tx.new_id(),
        inbox_id: incoming.inbox_id,
        channel: incoming.channel,
        widget_id: incoming.widget_id,
        visitor_id: Some(incoming.visitor_id),
        started_from: incoming.started_from.clone(),
        contact_id: contact.id,
        subject: None,
        status: ThreadStatus::Open,
        owner_user_id: None,
        owner_team_id: None,
        waiting: Waiting::ForReply,
        last_seq: 0,
        last_message_seq: 0,
        last_entry_seq: 0,
        last_message_at: now,
        preview: String::new(),
        preview_author: AuthorKind::Contact,
        comment_preview: None,
        participant_count: 0,
        contact_delivered_seq: 0,
        contact_read_seq: 0,
        team_read_seq: 0,
        ended_by_contact: false,
        created_at: now,
        closed_at: None,
        contact_name: contact.name,
        contact_verified: contact.verified,
    };
    threads::insert(tx, &row)?;
    let started = TimelineEvent::ConversationStarted { thread_id: row.id, inbox_id: row.inbox_id };
    crm::timeline::record(tx, row.contact_id, started)?;
    tx.emit(row.subject(), Event::ThreadCreated { thread: Box::new(row.to_wire()) })?;
    Ok(access::grant_new_thread(row))
}

/// The visitor's newest thread, whatever its state.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses.
pub fn latest_thread(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<ThreadRow>> {
    threads::latest_of_visitor(tx, visitor)
}

/// The part of a thread that its contact may see: messages, never comments or activities. The channel has checked that
/// the thread is the contact's.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `limit`, or for more than one of `before`, `after` and `around`.
pub fn list_for_contact(tx: &mut Tx<'_>, thread: &ThreadRow, query: &ListMessages) -> Result<MessagePage> {
    let (part, limit) = Part::of(query)?;
    let newest_first = !matches!(part, Part::After(_));
    let range = match part {
        Part::Newest => (1, i64::MAX),
        Part::Before(seq) => (1, seq.saturating_sub(1)),
        Part::After(seq) => (seq.saturating_add(1), i64::MAX),
        Part::Around(seq) => (1, seq.saturating_add(limit / 2)),
    };
    let mut rows = message_store::messages_only(tx, thread.id, range, newest_first, limit)?;
    rows.sort_unstable_by_key(|row| row.seq);
    let (first, last) = match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => (first.seq, last.seq),
        _ => return Ok(MessagePage { items: Vec::new(), has_older: false, has_newer: false }),
    };
    let has_older = !message_store::messages_only(tx, thread.id, (1, first - 1), true, 1)?.is_empty();
    let mut items = entries::messages_to_wire(tx, thread, rows)?;
    for item in &mut items {
        // Why a delivery failed is told to the team alone.
        item.delivery_error = None;
    }
    Ok(MessagePage { items, has_older, has_newer: last < thread.last_message_seq })
}
