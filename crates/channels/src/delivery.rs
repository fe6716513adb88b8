//! What reaches visitors: the team's messages, and what changes about their conversation.
//!
//! Comments and activities are never passed on. A message of the team counts as sent from the start, because being
//! written into the visitor's event stream in the same transaction is how it is handed over; what cannot be handed over
//! is marked as failed.

use conversations::{ThreadRow, mark_delivery};
use platform::{Result, Tx};
use types::conversations::{AuthorKind, DeliveryState, Message, MessageKind};
use types::{Event, ThreadId, VisitorEvent, VisitorId};

use crate::visitors::store::{self, Reach};
use crate::visitors::view;

/// Passes on what a visitor may know of.
pub(crate) fn on_event(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::MessageCreated { message, thread } => match (message.kind, thread.visitor_id) {
            (MessageKind::Message, Some(visitor)) => deliver(tx, visitor, message, Attempt::First),
            // An assignment or a close is told by the conversation itself.
            (MessageKind::Activity, Some(visitor)) => show_thread(tx, visitor, thread.id, |_| true),
            (MessageKind::Comment, _) | (_, None) => Ok(()),
        },
        Event::MessageChanged { message } if is_to_be_sent_again(message) => {
            match store::visitor_of_thread(tx, message.thread_id)? {
                Some(visitor) => deliver(tx, visitor, message, Attempt::Again),
                None => Ok(()),
            }
        }
        Event::ThreadChanged { thread } => match thread.visitor_id {
            Some(visitor) => show_thread(tx, visitor, thread.id, |_| true),
            None => Ok(()),
        },
        Event::ThreadRead { thread_id, seq } => match store::visitor_of_thread(tx, *thread_id)? {
            // A visitor sees the furthest that anybody of the team has read.
            Some(visitor) => show_thread(tx, visitor, *thread_id, |thread| thread.team_read_seq == *seq),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Which time a message is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    First,
    Again,
}

/// Whether somebody asked for a failed message to be sent again.
fn is_to_be_sent_again(message: &Message) -> bool {
    message.kind == MessageKind::Message && message.delivery == Some(DeliveryState::Queued)
}

/// Hands a message to the visitor's browsers; one of the visitor's own to its other windows.
fn deliver(tx: &mut Tx<'_>, visitor: VisitorId, message: &Message, attempt: Attempt) -> Result<()> {
    let current = view::current_thread(tx, visitor)?.filter(|thread| thread.id == message.thread_id);
    if message.author != AuthorKind::Contact {
        let failure = match (store::reach(tx, visitor)?, &current) {
            (Reach::WidgetOff, _) => Some("The chat widget is off or was deleted."),
            (Reach::VisitorGone, _) => {
                Some("The visitor has left for good: the conversation cannot be continued.")
            }
            (Reach::Reachable, None) => Some("The visitor has ended this conversation."),
            (Reach::Reachable, Some(_)) => None,
        };
        if failure.is_some() {
            return mark_delivery(tx, message.id, DeliveryState::Failed, failure);
        }
        if attempt == Attempt::Again {
            mark_delivery(tx, message.id, DeliveryState::Sent, None)?;
        }
    }
    let Some(current) = current else { return Ok(()) };
    tx.about(current.contact_id);
    let sent = Message { delivery: Some(DeliveryState::Sent), ..message.clone() };
    let Some(shown) = view::message(&current, sent) else { return Ok(()) };
    let thread = view::thread(tx, &current)?;
    tx.emit_to_visitor(visitor, VisitorEvent::MessageCreated { message: Box::new(shown), thread })
}

/// Shows the visitor its conversation at hand as it is now, if this is it and it is news.
fn show_thread(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    id: ThreadId,
    is_news: impl FnOnce(&ThreadRow) -> bool,
) -> Result<()> {
    let current = view::current_thread(tx, visitor)?;
    let Some(current) = current.filter(|thread| thread.id == id && is_news(thread)) else { return Ok(()) };
    tx.about(current.contact_id);
    let thread = view::thread(tx, &current)?;
    tx.emit_to_visitor(visitor, VisitorEvent::ThreadChanged { thread })
}
