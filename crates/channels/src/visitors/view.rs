//! A visitor and its conversation as the visitor sees them.

use conversations::ThreadRow;
use platform::{Result, Tx};
use types::VisitorId;
use types::channels::{Visitor, VisitorIdentity, VisitorMessage, VisitorMessageAuthor, VisitorThread};
use types::conversations::{AuthorKind, DeliveryState, Message, MessageKind};

use super::store::{self, VisitorRow};

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
    Ok(conversations::latest_thread(tx, visitor)?.filter(|thread| !thread.ended_by_contact))
}

/// A conversation.
pub(crate) fn thread(tx: &mut Tx<'_>, row: &ThreadRow) -> Result<VisitorThread> {
    let unread = if row.last_message_seq > row.contact_read_seq {
        store::count_unread(tx, row.id, row.contact_read_seq)?
    } else {
        0
    };
    let answered_by = match row.owner_user_id {
        Some(owner) => store::user_name(tx, owner)?,
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

/// A message; nothing for what a visitor never sees: comments, activities, and what has not left.
pub(crate) fn message(thread: &ThreadRow, message: Message) -> Option<VisitorMessage> {
    let visible = match message.kind {
        MessageKind::Message => {
            !matches!(message.delivery, Some(DeliveryState::Failed | DeliveryState::Queued))
        }
        MessageKind::Comment | MessageKind::Activity => false,
    };
    let author = match message.author {
        AuthorKind::Contact => VisitorMessageAuthor::Visitor,
        AuthorKind::User | AuthorKind::System => VisitorMessageAuthor::Team,
    };
    visible.then(|| VisitorMessage {
        id: message.id,
        thread_id: message.thread_id,
        seq: message.seq,
        author,
        author_name: (author == VisitorMessageAuthor::Team).then_some(message.author_name),
        html: message.html,
        text: message.text,
        attachments: message.attachments,
        state: state(author, message.seq, thread),
        client_id: message.client_id.filter(|_| author == VisitorMessageAuthor::Visitor),
        created_at: message.created_at,
    })
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
    use types::conversations::{ChannelKind, ThreadStatus, Waiting};
    use types::{ContactId, InboxId, MessageId, ThreadId, Timestamp, UserId};

    fn thread() -> ThreadRow {
        ThreadRow {
            id: ThreadId(1),
            inbox_id: InboxId(1),
            channel: ChannelKind::Chat,
            widget_id: None,
            visitor_id: Some(VisitorId(1)),
            started_from: None,
            contact_id: ContactId(1),
            subject: None,
            status: ThreadStatus::Open,
            owner_user_id: None,
            owner_team_id: None,
            waiting: Waiting::ForReply,
            last_seq: 9,
            last_message_seq: 9,
            last_entry_seq: 9,
            last_message_at: Timestamp(0),
            preview: String::new(),
            preview_author: AuthorKind::Contact,
            comment_preview: None,
            participant_count: 2,
            contact_delivered_seq: 7,
            contact_read_seq: 5,
            team_read_seq: 6,
            ended_by_contact: false,
            created_at: Timestamp(0),
            closed_at: None,
            contact_name: "Visitor 0001".to_owned(),
            contact_verified: false,
        }
    }

    fn stored(kind: MessageKind, author: AuthorKind, seq: i64) -> Message {
        Message {
            id: MessageId(seq),
            thread_id: ThreadId(1),
            seq,
            kind,
            author,
            author_user_id: (author == AuthorKind::User).then_some(UserId(1)),
            author_name: "Somebody".to_owned(),
            html: String::new(),
            text: String::new(),
            attachments: Vec::new(),
            mentioned_user_ids: Vec::new(),
            activity: None,
            delivery: None,
            delivery_error: None,
            client_id: Some("c".to_owned()),
            created_at: Timestamp(0),
        }
    }

    fn shown(author: AuthorKind, seq: i64) -> VisitorMessage {
        message(&thread(), stored(MessageKind::Message, author, seq)).unwrap()
    }

    #[test]
    fn receipts_decide_how_far_a_message_has_come() {
        assert_eq!(shown(AuthorKind::Contact, 6).state, DeliveryState::Read);
        assert_eq!(shown(AuthorKind::Contact, 7).state, DeliveryState::Sent);
        assert_eq!(shown(AuthorKind::User, 5).state, DeliveryState::Read);
        assert_eq!(shown(AuthorKind::User, 7).state, DeliveryState::Delivered);
        assert_eq!(shown(AuthorKind::User, 8).state, DeliveryState::Sent);
    }

    #[test]
    fn a_message_shows_only_what_concerns_the_visitor() {
        let own = shown(AuthorKind::Contact, 1);
        assert_eq!((own.author_name, own.client_id.as_deref()), (None, Some("c")));
        let team = shown(AuthorKind::User, 2);
        assert_eq!((team.author_name.as_deref(), team.client_id), (Some("Somebody"), None));
    }

    #[test]
    fn comments_activities_and_what_did_not_leave_are_never_shown() {
        for kind in [MessageKind::Comment, MessageKind::Activity] {
            for author in [AuthorKind::Contact, AuthorKind::User, AuthorKind::System] {
                assert_eq!(message(&thread(), stored(kind, author, 1)), None, "{kind} {author}");
            }
        }
        for delivery in [DeliveryState::Failed, DeliveryState::Queued] {
            let mut failed = stored(MessageKind::Message, AuthorKind::User, 1);
            failed.delivery = Some(delivery);
            assert_eq!(message(&thread(), failed), None);
        }
    }
}
