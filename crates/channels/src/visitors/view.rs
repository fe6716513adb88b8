//! A visitor and its conversation as the visitor sees them.

use platform::{Result, Tx};
use types::VisitorId;
use types::channels::{Visitor, VisitorIdentity, VisitorMessage, VisitorMessageAuthor, VisitorThread};
use types::conversations::{AuthorKind, DeliveryState};
use types::files::File;

use super::store::{self, MessageRow, ThreadRow, VisitorRow};

/// What a visitor knows of itself.
pub(crate) fn visitor(tx: &mut Tx<'_>, row: &VisitorRow) -> Result<Visitor> {
    // The name of an anonymous visitor's contact is one that Rapport made up.
    let name = match row.identity {
        VisitorIdentity::Anonymous => None,
        VisitorIdentity::Unverified | VisitorIdentity::Verified => store::contact_name(tx, row.contact_id)?,
    };
    let thread = match current_thread(tx, row.id)? {
        Some(found) => Some(thread(tx, &found)?),
        None => None,
    };
    Ok(Visitor { id: row.id, name, identity: row.identity, thread })
}

/// The conversation at hand: the latest, unless the visitor has ended it.
pub(crate) fn current_thread(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Option<ThreadRow>> {
    Ok(store::latest_thread(tx, visitor)?.filter(|thread| !thread.ended_by_contact))
}

/// A conversation.
pub(crate) fn thread(tx: &mut Tx<'_>, row: &ThreadRow) -> Result<VisitorThread> {
    let unread = if row.last_message_seq > row.contact_read_seq {
        store::count_unread(tx, row.id, row.contact_read_seq)?
    } else {
        0
    };
    let answered_by = match &row.owner_name {
        Some(owner) => Some(owner.clone()),
        None => store::last_answerer(tx, row.id)?,
    };
    Ok(VisitorThread {
        id: row.id,
        status: row.status,
        last_seq: row.last_message_seq,
        read_seq: row.contact_read_seq,
        delivered_seq: row.contact_delivered_seq,
        team_read_seq: row.team_read_seq,
        unread,
        answered_by,
    })
}

/// A message.
pub(crate) fn message(thread: &ThreadRow, row: MessageRow, attachments: Vec<File>) -> VisitorMessage {
    let author = match row.author {
        AuthorKind::Contact => VisitorMessageAuthor::Visitor,
        AuthorKind::User | AuthorKind::System => VisitorMessageAuthor::Team,
    };
    VisitorMessage {
        id: row.id,
        thread_id: thread.id,
        seq: row.seq,
        author,
        author_name: (author == VisitorMessageAuthor::Team).then_some(row.author_name),
        html: row.html,
        text: row.text,
        attachments,
        state: state(author, row.seq, thread),
        client_id: row.client_id.filter(|_| author == VisitorMessageAuthor::Visitor),
        created_at: row.created_at,
    }
}

/// How far a message has come: the visitor's own to the team, the team's to the visitor.
fn state(author: VisitorMessageAuthor, seq: i64, thread: &ThreadRow) -> DeliveryState {
    match author {
        VisitorMessageAuthor::Visitor if seq <= thread.team_read_seq => DeliveryState::Read,
        VisitorMessageAuthor::Team if seq <= thread.contact_read_seq => DeliveryState::Read,
        VisitorMessageAuthor::Team if seq <= thread.contact_delivered_seq => DeliveryState::Delivered,
        VisitorMessageAuthor::Visitor | VisitorMessageAuthor::Team => DeliveryState::Sent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::conversations::ThreadStatus;
    use types::{InboxId, MessageId, ThreadId, Timestamp};

    fn thread() -> ThreadRow {
        ThreadRow {
            id: ThreadId(1),
            inbox_id: InboxId(1),
            status: ThreadStatus::Open,
            last_message_seq: 9,
            contact_delivered_seq: 7,
            contact_read_seq: 5,
            team_read_seq: 6,
            ended_by_contact: false,
            visitor_id: Some(VisitorId(1)),
            owner_name: None,
        }
    }

    fn stored(author: AuthorKind, seq: i64) -> MessageRow {
        MessageRow {
            id: MessageId(seq),
            seq,
            author,
            author_name: "Somebody".to_owned(),
            html: String::new(),
            text: String::new(),
            client_id: Some("c".to_owned()),
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn receipts_decide_how_far_a_message_has_come() {
        let state = |author, seq| message(&thread(), stored(author, seq), Vec::new()).state;
        assert_eq!(state(AuthorKind::Contact, 6), DeliveryState::Read);
        assert_eq!(state(AuthorKind::Contact, 7), DeliveryState::Sent);
        assert_eq!(state(AuthorKind::User, 5), DeliveryState::Read);
        assert_eq!(state(AuthorKind::User, 7), DeliveryState::Delivered);
        assert_eq!(state(AuthorKind::User, 8), DeliveryState::Sent);
    }

    #[test]
    fn a_message_shows_only_what_concerns_the_visitor() {
        let own = message(&thread(), stored(AuthorKind::Contact, 1), Vec::new());
        assert_eq!((own.author_name, own.client_id.as_deref()), (None, Some("c")));
        let team = message(&thread(), stored(AuthorKind::User, 2), Vec::new());
        assert_eq!((team.author_name.as_deref(), team.client_id), (Some("Somebody"), None));
    }
}
