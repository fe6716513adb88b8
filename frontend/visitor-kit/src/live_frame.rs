//! What the server says over the live socket, and in reply to polling.
//!
//! [`types::event::ServerFrame`] and [`types::platform::Events`], as visitors get them.

use types::VisitorEvent;

use crate::json::{Json, Read};

/// A frame of the live socket.
#[derive(Clone, Debug, PartialEq)]
pub enum LiveFrame {
    /// Accepted; what follows comes after this position.
    Ready {
        /// The position.
        cursor: String,
        /// The server's release.
        version: String,
    },
    /// Something happened.
    Event {
        /// The place to resume from; nothing for what is never stored.
        cursor: Option<String>,
        /// What happened; nothing for what this bundle does not know: fetch again then.
        event: Option<VisitorEvent>,
    },
    /// The position is unknown or too old: fetch again, go on from this one.
    Reset {
        /// The position.
        cursor: String,
    },
    /// The session has ended.
    Ended,
    /// Anything else, such as a sign of life.
    Other,
}

/// Events since a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    /// The events, oldest first.
    pub items: Vec<Item>,
    /// Pass it as `since` for what comes next.
    pub cursor: String,
    /// Fetch again, go on from `cursor`.
    pub reset: bool,
}

impl Read for Poll {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { items: json.list("items")?, cursor: json.text("cursor")?, reset: json.flag("reset")? })
    }
}

/// One of the events; nothing in place of one that this bundle does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Item(pub Option<VisitorEvent>);

impl Read for Item {
    fn read(json: &Json) -> Option<Self> {
        Some(Self(json.object("event")))
    }
}

impl Read for VisitorEvent {
    fn read(json: &Json) -> Option<Self> {
        Some(match json.text("type")?.as_str() {
            "message_created" => Self::MessageCreated {
                message: Box::new(json.object("message")?),
                thread: json.object("thread")?,
            },
            "thread_changed" => Self::ThreadChanged { thread: json.object("thread")? },
            "visitor_changed" => Self::VisitorChanged { visitor: json.object("visitor")? },
            "team_typing" => Self::TeamTyping { name: json.text("name")?, typing: json.flag("typing")? },
            _ => return None,
        })
    }
}

impl LiveFrame {
    /// Reads a text frame. One that cannot be read is an event that is not known.
    pub fn read(text: &str) -> Self {
        let Some(json) = Json::parse(text) else { return Self::Event { cursor: None, event: None } };
        let cursor = json.text("cursor");
        match json.text("frame").as_deref() {
            Some("ready") => Self::Ready {
                cursor: cursor.unwrap_or_default(),
                version: json.text("version").unwrap_or_default(),
            },
            Some("event") => Self::Event { cursor, event: json.object("event") },
            Some("reset") => Self::Reset { cursor: cursor.unwrap_or_default() },
            Some("ended") => Self::Ended,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use types::event::{Envelope, ServerFrame};
    use types::platform::Events;

    use super::*;
    use crate::conversation::tests::{message, thread, visitor};
    use crate::json;

    fn events() -> Vec<VisitorEvent> {
        vec![
            VisitorEvent::MessageCreated { message: Box::new(message(3, false)), thread: thread(3) },
            VisitorEvent::ThreadChanged { thread: thread(4) },
            VisitorEvent::VisitorChanged { visitor: visitor(Some(thread(4))) },
            VisitorEvent::TeamTyping { name: "Ana".into(), typing: true },
        ]
    }

    #[test]
    fn every_event_reads_as_it_was_written() {
        for event in events() {
            let envelope = Envelope { cursor: Some("1.2".into()), event: event.clone() };
            let json = serde_json::to_string(&ServerFrame::Event(envelope)).unwrap();
            let frame = LiveFrame::Event { cursor: Some("1.2".into()), event: Some(event) };
            assert_eq!(LiveFrame::read(&json), frame, "{json}");
        }
    }

    #[test]
    fn every_frame_reads_as_it_was_written() {
        let read = |frame: ServerFrame| LiveFrame::read(&serde_json::to_string(&frame).unwrap());
        let (cursor, version) = ("1.2".to_owned(), "0.1.0".to_owned());
        assert_eq!(
            read(ServerFrame::Ready { cursor: cursor.clone(), version: version.clone() }),
            LiveFrame::Ready { cursor: cursor.clone(), version }
        );
        assert_eq!(read(ServerFrame::Reset { cursor: cursor.clone() }), LiveFrame::Reset { cursor });
        assert_eq!(read(ServerFrame::Ended { reason: "erased".into() }), LiveFrame::Ended);
        assert_eq!(read(ServerFrame::Pong), LiveFrame::Other);
    }

    #[test]
    fn what_is_not_known_is_fetched() {
        let unknown = LiveFrame::Event { cursor: Some("1.3".into()), event: None };
        assert_eq!(
            LiveFrame::read(r#"{"frame":"event","cursor":"1.3","event":{"type":"dance","x":1}}"#),
            unknown
        );
        assert_eq!(LiveFrame::read("<html>"), LiveFrame::Event { cursor: None, event: None });
    }

    #[test]
    fn a_poll_reads_as_it_was_written() {
        let items =
            events().into_iter().map(|event| Envelope { cursor: Some("1.1".into()), event }).collect();
        let json = serde_json::to_string(&Events { items, cursor: "1.9".to_owned(), reset: false }).unwrap();
        let poll: Poll = json::read(&json).unwrap();
        assert_eq!(poll.cursor, "1.9");
        assert_eq!(poll.items.into_iter().filter_map(|item| item.0).collect::<Vec<_>>(), events());
    }
}
