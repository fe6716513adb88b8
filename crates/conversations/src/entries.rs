//! Adding an entry to a thread: the one place that numbers entries and keeps the thread's row in step.

use accounts::content::Content;
use db::Json;
use platform::{Actor, Error, Granted, Result, Tx};
use types::conversations::{
    Activity, ActivityKind, AuthorKind, DeliveryState, Message, MessageKind, ThreadStatus, Waiting,
};
use types::files::File;
use types::{ContactId, Event, FieldError, FileId, MessageId, UserId};

use crate::access;
use crate::store::messages::MessageRow;
use crate::store::threads::ThreadRow;
use crate::store::{messages, people, threads};

/// Who writes an entry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Author {
    Contact { id: ContactId, name: String },
    User { id: UserId, name: String },
    System,
}

impl Author {
    /// Whoever acts in this transaction; a token writes as the user who made it.
    pub(crate) fn acting(tx: &mut Tx<'_>) -> Result<Self> {
        match tx.actor() {
            Actor::User(user) => Ok(Self::User { id: user.id, name: user.name.to_string() }),
            Actor::Token(token) => {
                let id = token.user_id;
                Ok(Self::User { id, name: people::user_name(tx, id)? })
            }
            Actor::System => Ok(Self::System),
            Actor::Visitor(_) | Actor::Anonymous { .. } => Err(Error::Unauthenticated),
        }
    }

    fn kind(&self) -> AuthorKind {
        match self {
            Self::Contact { .. } => AuthorKind::Contact,
            Self::User { .. } => AuthorKind::User,
            Self::System => AuthorKind::System,
        }
    }

    pub(crate) fn user_id(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Contact { name, .. } | Self::User { name, .. } => name,
            Self::System => "",
        }
    }

    /// The id it takes part under.
    fn participant(&self) -> Option<i64> {
        match self {
            Self::Contact { id, .. } => Some(id.0),
            Self::User { id, .. } => Some(id.0),
            Self::System => None,
        }
    }
}

/// An entry to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewEntry<'a> {
    pub(crate) kind: MessageKind,
    pub(crate) author: &'a Author,
    pub(crate) content: &'a Content,
    pub(crate) attachment_ids: &'a [FileId],
    pub(crate) mentioned_user_ids: &'a [UserId],
    pub(crate) activity: Option<Activity>,
    pub(crate) delivery: Option<DeliveryState>,
    pub(crate) client_id: Option<&'a str>,
}

/// Adds an entry as the next of its thread, writes the thread's row, and tells of both.
pub(crate) fn post(
    tx: &mut Tx<'_>,
    thread: &Granted<ThreadRow>,
    entry: NewEntry<'_>,
) -> Result<(Message, Granted<ThreadRow>)> {
    post_with(tx, thread, entry, |_| {})
}

/// The same for an activity that changes the thread: `change` is applied to its row.
fn post_with(
    tx: &mut Tx<'_>,
    thread: &Granted<ThreadRow>,
    entry: NewEntry<'_>,
    change: impl FnOnce(&mut ThreadRow),
) -> Result<(Message, Granted<ThreadRow>)> {
    let mut row = (**thread).clone();
    change(&mut row);
    row.last_seq += 1;
    let message = message_row(tx, &row, &entry);
    messages::insert(tx, thread, &message)?;
    let files = attach(tx, &row, message.id, entry.attachment_ids)?;
    if entry.kind == MessageKind::Activity {
        threads::write_state(tx, thread, &row)?;
    } else {
        if let Some(participant) = entry.author.participant()
            && threads::add_participant(tx, row.id, entry.author.kind(), participant)?
        {
            row.participant_count += 1;
        }
        summarise(&mut row, &entry, &files, message.created_at);
        threads::write_summary(tx, thread, &row)?;
    }
    let wire = row.to_wire();
    let message = message.into_wire(&wire, files);
    tx.emit(
        row.subject(),
        Event::MessageCreated { message: Box::new(message.clone()), thread: Box::new(wire) },
    )?;
    Ok((message, access::regrant(thread, row)))
}

fn message_row(tx: &Tx<'_>, thread: &ThreadRow, entry: &NewEntry<'_>) -> MessageRow {
    let mentioned = entry.mentioned_user_ids;
    MessageRow {
        id: tx.new_id(),
        thread_id: thread.id,
        seq: thread.last_seq,
        kind: entry.kind,
        author: entry.author.kind(),
        author_user_id: entry.author.user_id(),
        author_name: entry.author.name().to_owned(),
        html: entry.content.html().to_owned(),
        text: entry.content.text().to_owned(),
        mentioned_user_ids: (!mentioned.is_empty()).then(|| Json(mentioned.to_vec())),
        activity: entry.activity.clone().map(Json),
        delivery: entry.delivery,
        delivery_error: None,
        client_id: entry.client_id.map(str::to_owned),
        created_at: tx.now(),
    }
}

/// Takes the entry into what a row of the list shows.
fn summarise(row: &mut ThreadRow, entry: &NewEntry<'_>, files: &[File], at: types::Timestamp) {
    row.last_entry_seq = row.last_seq;
    let preview = entry.content.preview(files);
    if entry.kind == MessageKind::Comment {
        row.comment_preview = Some(preview);
        return;
    }
    row.last_message_seq = row.last_seq;
    row.last_message_at = at;
    row.preview = preview;
    row.preview_author = entry.author.kind();
    row.comment_preview = None;
    row.waiting = match entry.author {
        Author::Contact { .. } => Waiting::ForReply,
        _ => Waiting::ForContact,
    };
    if entry.author.user_id().is_some() {
        row.team_read_seq = row.last_seq;
    }
}

fn attach(tx: &mut Tx<'_>, row: &ThreadRow, message: MessageId, files: &[FileId]) -> Result<Vec<File>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let attached = accounts::files::attach(tx, files, Some(row.contact_id))?;
    messages::insert_attachments(tx, message, files)?;
    Ok(attached)
}

/// Adds an activity and applies what it tells of.
pub(crate) fn post_activity(
    tx: &mut Tx<'_>,
    thread: &Granted<ThreadRow>,
    author: &Author,
    activity: Activity,
    change: impl FnOnce(&mut ThreadRow),
) -> Result<Granted<ThreadRow>> {
    let entry = NewEntry {
        kind: MessageKind::Activity,
        author,
        content: &Content::default(),
        attachment_ids: &[],
        mentioned_user_ids: &[],
        activity: Some(activity),
        delivery: None,
        client_id: None,
    };
    post_with(tx, thread, entry, change).map(|(_, row)| row)
}

/// An activity that tells no more than its kind.
pub(crate) fn activity(kind: ActivityKind) -> Activity {
    Activity { kind, user_id: None, team_id: None, name: None }
}

/// Opens a closed thread again. The caller holds the lock on what its visitor does.
pub(crate) fn reopen(
    tx: &mut Tx<'_>,
    thread: &Granted<ThreadRow>,
    author: &Author,
) -> Result<Granted<ThreadRow>> {
    post_activity(tx, thread, author, activity(ActivityKind::Reopened), |row| {
        row.status = ThreadStatus::Open;
        row.closed_at = None;
        row.ended_by_contact = false;
    })
}

/// The entry that was added under the same name before, if there is one.
pub(crate) fn sent_before(
    tx: &mut Tx<'_>,
    thread: &ThreadRow,
    client_id: Option<&str>,
) -> Result<Option<Message>> {
    let Some(client_id) = client_id else { return Ok(None) };
    match messages::find_by_client_id(tx, thread.id, client_id)? {
        Some(row) => messages_to_wire(tx, thread, vec![row]).map(|mut found| found.pop()),
        None => Ok(None),
    }
}

/// Rows of one thread, by rising number and without gaps wider than a page, with their files.
pub(crate) fn messages_to_wire(
    tx: &mut Tx<'_>,
    thread: &ThreadRow,
    rows: Vec<MessageRow>,
) -> Result<Vec<Message>> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let ids = messages::attachments_in_range(tx, thread.id, (first.seq, last.seq))?;
    let all: Vec<FileId> = ids.values().flatten().copied().collect();
    let files = if all.is_empty() { Default::default() } else { accounts::files::load(tx, &all)? };
    let wire = thread.to_wire();
    let of = |id: MessageId| ids.get(&id).into_iter().flatten().filter_map(|file| files.get(file).cloned());
    Ok(rows
        .into_iter()
        .map(|row| {
            let attached = of(row.id).collect();
            row.into_wire(&wire, attached)
        })
        .collect())
}

/// Checks what every message and comment must keep to.
pub(crate) fn check(
    tx: &Tx<'_>,
    content_field: &str,
    content: &Content,
    attachment_ids: &[FileId],
    client_id: Option<&str>,
) -> Result<()> {
    let limits = &tx.ctx().config().limits;
    let mut errors = Vec::new();
    let mut refuse = |field: &str, code: &str, detail: String| {
        errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), detail });
    };
    if content.is_empty() && attachment_ids.is_empty() {
        refuse(content_field, "required", "must not be empty without attachments".to_owned());
    }
    if content.text().chars().count() > limits.message_characters {
        let detail = format!("must have at most {} characters", limits.message_characters);
        refuse(content_field, "too_long", detail);
    }
    if attachment_ids.len() > limits.attachments_per_message {
        let detail = format!("must have at most {} files", limits.attachments_per_message);
        refuse("attachment_ids", "too_long", detail);
    }
    if client_id.is_some_and(|id| !(1..=64).contains(&id.chars().count())) {
        refuse("client_id", "too_long", "must have 1 to 64 characters".to_owned());
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
