//! The conversation as it is shown: a heading for each day, and messages in groups of the same writer.

use types::channels::VisitorMessageAuthor;
use types::files::File;
use types::{MessageId, Timestamp};

use crate::conversation::Conversation;
use crate::outbox::{Outbox, Outgoing};

/// Messages of one writer that follow within this time form a group, in seconds.
const GROUP_SECONDS: i64 = 300;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A day begins.
    Day {
        /// The day's number, as the caller counts days.
        day: i32,
        /// An instant of the day.
        at: Timestamp,
    },
    /// A message.
    Message(MessageRow),
}

impl Row {
    /// What tells rows apart. A message keeps its key when the server acknowledges it.
    pub fn key(&self) -> String {
        match self {
            Self::Day { day, .. } => ["day", &day.to_string()].concat(),
            Self::Message(row) => row.key.clone(),
        }
    }
}

/// A message as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageRow {
    /// What tells it apart: the name that the chat gave it, or its id.
    pub key: String,
    /// The id, once the server has given one.
    pub id: Option<MessageId>,
    /// Whether the visitor wrote it.
    pub mine: bool,
    /// Who of the team wrote it.
    pub author_name: Option<String>,
    /// The content as plain text.
    pub text: String,
    /// The content as HTML made safe by the server; empty for what has not been there.
    pub html: String,
    /// The files that come with it.
    pub attachments: Vec<File>,
    /// When it was written.
    pub at: Timestamp,
    /// Whether it goes on with a group.
    pub continues: bool,
}

/// The lines, oldest first, with what waits to be sent at the end. `day_of` numbers the visitor's local days.
pub fn rows(conversation: &Conversation, outbox: &Outbox, day_of: impl Fn(Timestamp) -> i32) -> Vec<Row> {
    let stored = conversation.messages();
    let is_stored = |waiting: &&Outgoing| {
        !stored.iter().rev().any(|message| message.client_id.as_deref() == Some(&*waiting.client_id))
    };
    let stored_rows = stored.iter().map(|message| MessageRow {
        key: message.client_id.clone().unwrap_or_else(|| message.id.to_string()),
        id: Some(message.id),
        mine: message.author == VisitorMessageAuthor::Visitor,
        author_name: message.author_name.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
        attachments: message.attachments.clone(),
        at: message.created_at,
        continues: false,
    });
    let waiting_rows = outbox.messages().iter().filter(is_stored).map(|waiting| MessageRow {
        key: waiting.client_id.clone(),
        id: None,
        mine: true,
        author_name: None,
        text: waiting.text.clone(),
        html: String::new(),
        attachments: waiting.attachments.clone(),
        at: waiting.created_at,
        continues: false,
    });
    let mut rows = Vec::with_capacity(stored.len() + 8);
    let mut last_day = None;
    for mut row in stored_rows.chain(waiting_rows) {
        let day = day_of(row.at);
        if last_day.is_none_or(|last| day > last) {
            rows.push(Row::Day { day, at: row.at });
            last_day = Some(day);
        } else if let Some(Row::Message(before)) = rows.last() {
            row.continues = before.mine == row.mine
                && before.author_name == row.author_name
                && row.at.seconds_since(before.at) < GROUP_SECONDS;
        }
        rows.push(Row::Message(row));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::tests::{message, visitor};
    use crate::store::MemoryStore;

    fn shown(rows: &[Row]) -> Vec<String> {
        let show = |row: &Row| match row {
            Row::Day { day, .. } => format!("day {day}"),
            Row::Message(row) => format!("{}{}", row.key, if row.continues { "+" } else { "" }),
        };
        rows.iter().map(show).collect()
    }

    fn outgoing(client_id: &str, minute: i64) -> Outgoing {
        Outgoing {
            client_id: client_id.to_owned(),
            text: "Hello".to_owned(),
            attachments: Vec::new(),
            page_url: None,
            created_at: Timestamp(minute * 60 * Timestamp::SECOND),
            refusal: None,
        }
    }

    #[test]
    fn days_and_groups_structure_the_conversation() {
        let mut conversation = Conversation::default();
        conversation.set_visitor(visitor(None));
        // `message` puts each at the minute of its number.
        for (seq, mine) in [(1, true), (2, true), (3, false), (9, false), (12, false)] {
            conversation.add_message(message(seq, mine));
        }
        let ten_minutes = |at: Timestamp| (at.0 / Timestamp::SECOND / 600) as i32;
        let rows = rows(&conversation, &Outbox::default(), ten_minutes);
        assert_eq!(shown(&rows), ["day 0", "c1", "c2+", "103", "109", "day 1", "112"]);
    }

    #[test]
    fn what_waits_stands_last_and_keeps_its_key() {
        let (store, mut outbox) = (MemoryStore::default(), Outbox::default());
        let mut conversation = Conversation::default();
        conversation.set_visitor(visitor(None));
        conversation.add_message(message(1, true));
        outbox.add(outgoing("c3", 2), &store);
        assert_eq!(shown(&rows(&conversation, &outbox, |_| 0)), ["day 0", "c1", "c3+"]);
        // The event may come before the reply: still one row.
        conversation.add_message(message(3, true));
        assert_eq!(shown(&rows(&conversation, &outbox, |_| 0)), ["day 0", "c1", "c3+"]);
    }
}
