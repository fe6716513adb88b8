//! The sample conversation that the settings show.

use types::channels::{Visitor, VisitorIdentity, VisitorMessage, VisitorMessageAuthor, VisitorThread};
use types::conversations::{DeliveryState, ThreadStatus};
use types::{MessageId, ThreadId, Timestamp, VisitorId};
use visitor_kit::browser::clock::now;

use crate::chat::Chat;

impl Chat {
    /// Shows a short conversation that never took place.
    pub(crate) fn show_sample(self) {
        let name = self.text("preview_team");
        let thread = VisitorThread {
            id: ThreadId(1),
            status: ThreadStatus::Open,
            last_seq: 2,
            read_seq: 2,
            delivered_seq: 2,
            team_read_seq: 2,
            unread: 0,
            answered_by: Some(name.clone()),
        };
        let visitor = Visitor {
            id: VisitorId(1),
            name: None,
            identity: VisitorIdentity::Anonymous,
            thread: Some(thread),
        };
        let greeting = sample(1, Some(name), self.text("preview_message_team"), now().plus_seconds(-120));
        let question = sample(2, None, self.text("preview_message_visitor"), now().plus_seconds(-60));
        self.state.change(|state| {
            state.conversation.set_visitor(visitor);
            state.conversation.add_message(greeting);
            state.conversation.add_message(question);
        });
    }
}

fn sample(seq: i64, author_name: Option<String>, text: String, created_at: Timestamp) -> VisitorMessage {
    let author = match author_name {
        Some(_) => VisitorMessageAuthor::Team,
        None => VisitorMessageAuthor::Visitor,
    };
    VisitorMessage {
        id: MessageId(seq),
        thread_id: ThreadId(1),
        seq,
        author,
        author_name,
        html: text.clone(),
        text,
        attachments: Vec::new(),
        state: DeliveryState::Read,
        client_id: Some(seq.to_string()),
        created_at,
    }
}
