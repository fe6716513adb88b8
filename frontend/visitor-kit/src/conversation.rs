//! What the chat knows of the conversation.
//!
//! Replies and events change it in any order and any number of times: messages are kept by their number, so nothing
//! appears twice, and receipts never go back.

use types::channels::{
    SaveVisitorReceipt, Visitor, VisitorIdentity, VisitorMessage, VisitorMessageAuthor, VisitorMessagePage,
    VisitorThread,
};
use types::conversations::{DeliveryState, ThreadStatus};
use types::{MessageId, ThreadId, VisitorEvent};

/// One visitor's conversation with the team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    visitor: Option<Visitor>,
    messages: Vec<VisitorMessage>,
    has_older: bool,
    typing: Option<String>,
    sent_receipt: (i64, i64),
}

/// What an event means beyond the new state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// A message of the team that was not there before.
    pub arrived: Option<MessageId>,
    /// The name that this or another window of the visitor gave to a message that has now been stored.
    pub acknowledged: Option<String>,
    /// The conversation ended.
    pub ended: bool,
}

impl Conversation {
    /// What is known of the visitor; nothing before there is a session.
    pub fn visitor(&self) -> Option<&Visitor> {
        self.visitor.as_ref()
    }

    /// The conversation at hand; nothing before the first message and after the visitor has ended it.
    pub fn thread(&self) -> Option<&VisitorThread> {
        self.visitor.as_ref()?.thread.as_ref()
    }

    /// The messages that are here, by rising number.
    pub fn messages(&self) -> &[VisitorMessage] {
        &self.messages
    }

    /// The message with this id.
    pub fn message(&self, id: MessageId) -> Option<&VisitorMessage> {
        self.messages.iter().rev().find(|message| message.id == id)
    }

    /// Whether the server has older messages than those here.
    pub fn has_older(&self) -> bool {
        self.has_older
    }

    /// Who of the team is writing.
    pub fn typing(&self) -> Option<&str> {
        self.typing.as_deref()
    }

    /// Whether the visitor has ended the conversation whose messages are still here.
    pub fn is_ended(&self) -> bool {
        self.visitor.is_some() && self.thread().is_none() && !self.messages.is_empty()
    }

    /// Whether the team has closed the conversation. Another message opens it again.
    pub fn is_closed(&self) -> bool {
        self.thread().is_some_and(|thread| thread.status == ThreadStatus::Closed)
    }

    /// Whether nothing is known of who the visitor is.
    pub fn is_anonymous(&self) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.identity == VisitorIdentity::Anonymous)
    }

    /// The number of the last message here; 0 for none.
    pub fn last_seq(&self) -> i64 {
        self.messages.last().map_or(0, |message| message.seq)
    }

    /// The number of the first message here, to ask for older ones.
    pub fn first_seq(&self) -> Option<i64> {
        self.messages.first().map(|message| message.seq)
    }

    /// The conversation that the messages here belong to.
    pub fn shown_thread(&self) -> Option<ThreadId> {
        self.messages.first().map(|message| message.thread_id)
    }

    /// Forgets what was shown, for a new conversation of the same visitor.
    pub fn start_again(&mut self) {
        self.messages.clear();
        self.has_older = false;
        self.typing = None;
        self.sent_receipt = (0, 0);
    }

    /// Takes what the server knows of the visitor. Messages of another conversation than its are forgotten, unless it
    /// was just ended: then they stay for reading.
    pub fn set_visitor(&mut self, visitor: Visitor) {
        let thread = visitor.thread.as_ref().map(|thread| thread.id);
        if thread.is_some() && self.shown_thread().is_some_and(|shown| Some(shown) != thread) {
            self.start_again();
        }
        self.visitor = Some(visitor);
    }

    /// Takes the newest messages, or those after the ones that are here.
    pub fn add_newer(&mut self, page: VisitorMessagePage) {
        if self.messages.is_empty() {
            self.has_older = page.has_older;
        }
        self.add_all(page);
    }

    /// Takes messages from before the ones that are here.
    pub fn add_older(&mut self, page: VisitorMessagePage) {
        self.has_older = page.has_older;
        self.add_all(page);
    }

    fn add_all(&mut self, page: VisitorMessagePage) {
        for message in page.items {
            self.add_message(message);
        }
    }

    /// Takes a message; answers whether it is new.
    pub fn add_message(&mut self, message: VisitorMessage) -> bool {
        if self.shown_thread().is_some_and(|shown| shown != message.thread_id) {
            self.start_again();
        }
        let place = self.messages.partition_point(|known| known.seq < message.seq);
        match self.messages.get_mut(place) {
            Some(known) if known.seq == message.seq => {
                *known = message;
                false
            }
            _ => {
                self.messages.insert(place, message);
                true
            }
        }
    }

    /// Takes a message of the visitor that the server has just stored. Its conversation goes on, even where the server
    /// has not told of it yet.
    pub fn add_stored(&mut self, message: VisitorMessage) {
        let (id, last_seq) = (message.thread_id, message.seq);
        self.add_message(message);
        let Some(visitor) = self.visitor.as_mut() else { return };
        if visitor.thread.as_ref().is_none_or(|thread| thread.id != id) {
            visitor.thread = Some(begun(id, last_seq));
        }
    }

    /// Takes an event.
    pub fn apply(&mut self, event: VisitorEvent) -> Effect {
        let mut effect = Effect::default();
        match event {
            VisitorEvent::MessageCreated { message, thread } => {
                effect.acknowledged.clone_from(&message.client_id);
                let (id, by_team) = (message.id, message.author == VisitorMessageAuthor::Team);
                let is_new = self.add_message(*message);
                if by_team {
                    self.typing = None;
                    effect.arrived = is_new.then_some(id);
                }
                self.set_thread(thread);
            }
            VisitorEvent::ThreadChanged { thread } => self.set_thread(thread),
            VisitorEvent::VisitorChanged { visitor } => {
                effect.ended = self.thread().is_some() && visitor.thread.is_none();
                self.set_visitor(visitor);
            }
            VisitorEvent::TeamTyping { name, typing } => self.typing = typing.then_some(name),
        }
        effect
    }

    /// Nobody has shown to be writing for a while.
    pub fn stop_typing(&mut self) {
        self.typing = None;
    }

    fn set_thread(&mut self, mut thread: VisitorThread) {
        let Some(visitor) = self.visitor.as_mut() else { return };
        if let Some(known) = visitor.thread.as_ref().filter(|known| known.id == thread.id) {
            thread.read_seq = thread.read_seq.max(known.read_seq);
        }
        visitor.thread = Some(thread);
    }

    /// The receipt to send now, or nothing when the server knows it all. `seen`: the chat is open before the visitor.
    pub fn receipt(&self, seen: bool) -> Option<SaveVisitorReceipt> {
        let thread = self.thread()?;
        let last = self.last_seq();
        let delivered_seq = last.max(thread.delivered_seq).max(self.sent_receipt.0);
        let read_before = thread.read_seq.max(self.sent_receipt.1);
        let read_seq = if seen { delivered_seq } else { read_before };
        let told = (thread.delivered_seq.max(self.sent_receipt.0), read_before);
        let of_team = |above: i64| {
            let mut newer = self.messages.iter().rev().take_while(|message| message.seq > above);
            newer.any(|message| message.author == VisitorMessageAuthor::Team)
        };
        let is_news = of_team(told.0) || (read_seq > told.1 && of_team(told.1));
        is_news.then_some(SaveVisitorReceipt { delivered_seq, read_seq })
    }

    /// Notes a receipt as sent.
    pub fn note_receipt(&mut self, receipt: &SaveVisitorReceipt) {
        let (delivered, read) = self.sent_receipt;
        self.sent_receipt = (delivered.max(receipt.delivered_seq), read.max(receipt.read_seq));
    }

    /// How many of the team's messages the visitor has not read. None when `seen`, as they are before the visitor.
    pub fn unread(&self, seen: bool) -> u32 {
        let Some(thread) = self.thread().filter(|_| !seen) else { return 0 };
        let read = thread.read_seq.max(self.sent_receipt.1);
        let here = self.messages.iter().rev().take_while(|message| message.seq > read);
        let here = here.filter(|message| message.author == VisitorMessageAuthor::Team).count();
        // Unread messages that are not here are known to the server alone; what it counted may have been read since.
        let counted = if thread.read_seq == read { thread.unread } else { 0 };
        u32::try_from(counted).unwrap_or(0).max(here as u32)
    }

    /// The last message of the visitor and how far it has come.
    pub fn last_own(&self) -> Option<(&VisitorMessage, DeliveryState)> {
        let own =
            self.messages.iter().rev().find(|message| message.author == VisitorMessageAuthor::Visitor)?;
        let read = self.thread().is_some_and(|thread| thread.team_read_seq >= own.seq);
        Some((own, if read { DeliveryState::Read } else { own.state }))
    }
}

/// A conversation that the visitor has just begun: nobody has read or answered anything.
fn begun(id: ThreadId, last_seq: i64) -> VisitorThread {
    VisitorThread {
        id,
        status: ThreadStatus::Open,
        last_seq,
        read_seq: 0,
        delivered_seq: 0,
        team_read_seq: 0,
        unread: 0,
        answered_by: None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use types::{Timestamp, VisitorId};

    use super::*;

    pub(crate) fn thread(last_seq: i64) -> VisitorThread {
        begun(ThreadId(7), last_seq)
    }

    pub(crate) fn visitor(thread: Option<VisitorThread>) -> Visitor {
        Visitor { id: VisitorId(1), name: None, identity: VisitorIdentity::Anonymous, thread }
    }

    pub(crate) fn message(seq: i64, mine: bool) -> VisitorMessage {
        VisitorMessage {
            id: MessageId(100 + seq),
            thread_id: ThreadId(7),
            seq,
            author: if mine { VisitorMessageAuthor::Visitor } else { VisitorMessageAuthor::Team },
            author_name: (!mine).then(|| "Ana".to_owned()),
            html: format!("<p>{seq}</p>"),
            text: seq.to_string(),
            attachments: Vec::new(),
            state: DeliveryState::Sent,
            client_id: mine.then(|| format!("c{seq}")),
            created_at: Timestamp(seq * 60 * Timestamp::SECOND),
        }
    }

    fn page(seqs: &[i64], has_older: bool) -> VisitorMessagePage {
        let items = seqs.iter().map(|&seq| message(seq, seq % 2 == 1)).collect();
        VisitorMessagePage { items, has_older, has_newer: false }
    }

    fn conversation() -> Conversation {
        let mut conversation = Conversation::default();
        conversation.set_visitor(visitor(Some(thread(4))));
        conversation.add_newer(page(&[3, 4], true));
        conversation
    }

    fn seqs(conversation: &Conversation) -> Vec<i64> {
        conversation.messages().iter().map(|message| message.seq).collect()
    }

    #[test]
    fn a_stored_message_starts_a_conversation_that_has_not_ended() {
        let mut conversation = Conversation::default();
        conversation.set_visitor(visitor(None));
        conversation.add_stored(message(1, true));
        assert!(!conversation.is_ended());
        assert_eq!(conversation.thread().map(|thread| (thread.id, thread.last_seq)), Some((ThreadId(7), 1)));
        // What the server tells of the conversation stays.
        conversation.set_visitor(visitor(Some(VisitorThread { team_read_seq: 1, ..thread(1) })));
        conversation.add_stored(message(2, true));
        assert_eq!(conversation.thread().map(|thread| thread.team_read_seq), Some(1));
        conversation.set_visitor(visitor(None));
        assert!(conversation.is_ended());
    }

    #[test]
    fn messages_come_in_any_order_and_any_number_of_times() {
        let mut conversation = conversation();
        let event =
            |seq| VisitorEvent::MessageCreated { message: Box::new(message(seq, false)), thread: thread(8) };
        assert_eq!(conversation.apply(event(8)).arrived, Some(MessageId(108)));
        assert_eq!(conversation.apply(event(6)).arrived, Some(MessageId(106)));
        assert_eq!(conversation.apply(event(8)).arrived, None);
        conversation.add_older(page(&[1, 2], false));
        assert_eq!(seqs(&conversation), [1, 2, 3, 4, 6, 8]);
        assert!(!conversation.has_older());
    }

    #[test]
    fn a_newer_page_does_not_say_what_is_older() {
        let mut conversation = conversation();
        conversation.add_newer(page(&[5, 6], false));
        assert!(conversation.has_older());
    }

    #[test]
    fn own_messages_are_acknowledged_by_events_too() {
        let mut conversation = conversation();
        let event = VisitorEvent::MessageCreated { message: Box::new(message(5, true)), thread: thread(5) };
        let effect = conversation.apply(event);
        assert_eq!((effect.acknowledged.as_deref(), effect.arrived), (Some("c5"), None));
    }

    #[test]
    fn messages_of_another_conversation_replace_those_shown() {
        let mut conversation = conversation();
        conversation.add_message(VisitorMessage { thread_id: ThreadId(9), ..message(1, true) });
        assert_eq!(seqs(&conversation), [1]);
    }

    #[test]
    fn an_ended_conversation_stays_readable() {
        let mut conversation = conversation();
        let effect = conversation.apply(VisitorEvent::VisitorChanged { visitor: visitor(None) });
        assert!(effect.ended && conversation.is_ended());
        assert_eq!(seqs(&conversation), [3, 4]);
        conversation.start_again();
        assert!(!conversation.is_ended());
    }

    #[test]
    fn receipts_say_what_arrived_and_what_was_seen() {
        let mut conversation = conversation();
        assert_eq!(conversation.unread(false), 1);
        let arrived = conversation.receipt(false).unwrap();
        assert_eq!((arrived.delivered_seq, arrived.read_seq), (4, 0));
        conversation.note_receipt(&arrived);
        assert_eq!(conversation.receipt(false), None);
        let seen = conversation.receipt(true).unwrap();
        assert_eq!((seen.delivered_seq, seen.read_seq), (4, 4));
        conversation.note_receipt(&seen);
        assert_eq!((conversation.receipt(true), conversation.unread(false)), (None, 0));
        // The visitor's own messages need no receipt.
        conversation.add_message(message(5, true));
        assert_eq!(conversation.receipt(true), None);
    }

    #[test]
    fn what_another_window_has_read_is_read() {
        let mut conversation = conversation();
        conversation
            .apply(VisitorEvent::ThreadChanged { thread: VisitorThread { read_seq: 4, ..thread(4) } });
        assert_eq!(conversation.unread(false), 0);
        // An older state of the thread does not bring the unread ones back.
        conversation.apply(VisitorEvent::ThreadChanged { thread: thread(4) });
        assert_eq!(conversation.unread(false), 0);
    }

    #[test]
    fn the_last_own_message_shows_how_far_it_came() {
        let mut conversation = conversation();
        assert_eq!(conversation.last_own().unwrap().1, DeliveryState::Sent);
        conversation
            .apply(VisitorEvent::ThreadChanged { thread: VisitorThread { team_read_seq: 3, ..thread(4) } });
        assert_eq!(conversation.last_own().unwrap().1, DeliveryState::Read);
    }

    #[test]
    fn typing_ends_with_the_message() {
        let mut conversation = conversation();
        conversation.apply(VisitorEvent::TeamTyping { name: "Ana".into(), typing: true });
        assert_eq!(conversation.typing(), Some("Ana"));
        conversation
            .apply(VisitorEvent::MessageCreated { message: Box::new(message(6, false)), thread: thread(6) });
        assert_eq!(conversation.typing(), None);
    }
}
