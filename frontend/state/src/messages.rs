//! The entries of the open conversation, and what the user has sent and the server has not confirmed.

use types::conversations::{Message, MessageKind, MessagePage, ThreadParticipant, ThreadPresence};
use types::files::File;
use types::{MessageId, ThreadId, Timestamp, UserId};

/// A reply or comment on its way to the server.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingMessage {
    /// The name it is recognised by when it arrives.
    pub client_id: String,
    /// Reply or comment.
    pub kind: MessageKind,
    /// The content as it was written.
    pub html: String,
    /// The same as plain text, which is what the bubble shows.
    pub text: String,
    /// The files that go with it.
    pub attachments: Vec<File>,
    /// The users a comment mentions.
    pub mentioned_user_ids: Vec<UserId>,
    /// The last number the writer had seen.
    pub seen_seq: i64,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Why it did not arrive; it can be sent again.
    pub failed: Option<String>,
}

/// The conversation that is open: one unbroken stretch of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenThread {
    /// The conversation.
    pub id: ThreadId,
    /// The entries by rising number.
    pub messages: Vec<Message>,
    /// Whether there are older ones that are not loaded.
    pub has_older: bool,
    /// Whether there are newer ones that are not loaded.
    pub has_newer: bool,
    /// Who takes part.
    pub participants: Vec<ThreadParticipant>,
    /// What the user has sent and the server has not confirmed, in the order of sending.
    pub pending: Vec<PendingMessage>,
    /// Who looks at it or writes in it.
    pub presence: Option<ThreadPresence>,
    /// The number the user had read when it was opened: the line "New" is below it.
    pub unread_after: i64,
}

impl OpenThread {
    /// A conversation of which a first part has come.
    pub fn new(
        id: ThreadId,
        unread_after: i64,
        participants: Vec<ThreadParticipant>,
        page: MessagePage,
    ) -> Self {
        let MessagePage { items, has_older, has_newer } = page;
        let (pending, presence) = (Vec::new(), None);
        Self { id, messages: items, has_older, has_newer, participants, pending, presence, unread_after }
    }

    /// The number of the last entry that is loaded; 0 for none.
    pub fn last_seq(&self) -> i64 {
        self.messages.last().map_or(0, |message| message.seq)
    }

    /// The number of the first entry that is loaded.
    pub fn first_seq(&self) -> Option<i64> {
        self.messages.first().map(|message| message.seq)
    }

    /// An entry by its id.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// Takes the page before the first entry.
    pub fn prepend(&mut self, page: MessagePage) {
        self.has_older = page.has_older;
        for message in page.items {
            self.put(message);
        }
    }

    /// Takes the page after the last entry.
    pub fn append(&mut self, page: MessagePage) {
        self.has_newer = page.has_newer;
        for message in page.items {
            self.put(message);
        }
    }

    /// Takes entries that the server named in full, such as those of a refused reply.
    pub fn put(&mut self, message: Message) {
        if let Some(client_id) = &message.client_id {
            self.pending.retain(|pending| pending.client_id != *client_id);
        }
        match self.messages.binary_search_by_key(&message.seq, |known| known.seq) {
            Ok(place) => self.messages[place] = message,
            Err(place) => self.messages.insert(place, message),
        }
    }

    /// Takes a new entry of an event. One beyond an unloaded stretch is left for the next page.
    pub(crate) fn add(&mut self, message: &Message) {
        if self.has_newer && message.seq > self.last_seq() {
            return;
        }
        self.put(message.clone());
        self.join(message);
    }

    /// Takes the new state of an entry that is loaded.
    pub(crate) fn change(&mut self, message: &Message) {
        if let Some(known) = self.messages.iter_mut().find(|known| known.id == message.id) {
            known.clone_from(message);
        }
    }

    /// A user takes part from the first reply or comment on.
    fn join(&mut self, message: &Message) {
        let Some(user_id) = message.author_user_id.filter(|_| message.kind != MessageKind::Activity) else {
            return;
        };
        if !self.participants.iter().any(|p| p.user_id == Some(user_id)) {
            self.participants.push(ThreadParticipant {
                kind: message.author,
                user_id: Some(user_id),
                contact_id: None,
                name: message.author_name.clone(),
            });
        }
    }
}
