//! How the types of the wire are read from JSON and written to it. Tests hold both equal to what serde does.

use types::channels::{
    CreateVisitorMessage, CreateVisitorSession, IdentifyVisitor, SaveVisitorReceipt, ShowVisitorTyping,
    Visitor, VisitorIdentity, VisitorMessage, VisitorMessageAuthor, VisitorMessagePage, VisitorSessionReply,
    VisitorThread,
};
use types::conversations::{DeliveryState, ThreadStatus};
use types::event::ClientFrame;
use types::files::File;
use types::{FileId, MessageId, ThreadId, VisitorId};

use crate::json::{Json, Object, Read, Write};

impl Read for VisitorSessionReply {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { token: json.text("token")?, visitor: json.object("visitor")? })
    }
}

impl Read for Visitor {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            id: VisitorId(json.id("id")?),
            name: json.text("name"),
            identity: match json.text("identity")?.as_str() {
                "verified" => VisitorIdentity::Verified,
                "unverified" => VisitorIdentity::Unverified,
                _ => VisitorIdentity::Anonymous,
            },
            thread: json.object("thread"),
        })
    }
}

impl Read for VisitorThread {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            id: ThreadId(json.id("id")?),
            status: match json.text("status")?.as_str() {
                "closed" => ThreadStatus::Closed,
                _ => ThreadStatus::Open,
            },
            last_seq: json.number("last_seq")?,
            read_seq: json.number("read_seq")?,
            delivered_seq: json.number("delivered_seq")?,
            team_read_seq: json.number("team_read_seq")?,
            unread: json.number("unread")?,
            answered_by: json.text("answered_by"),
        })
    }
}

impl Read for VisitorMessage {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            id: MessageId(json.id("id")?),
            thread_id: ThreadId(json.id("thread_id")?),
            seq: json.number("seq")?,
            author: match json.text("author")?.as_str() {
                "visitor" => VisitorMessageAuthor::Visitor,
                _ => VisitorMessageAuthor::Team,
            },
            author_name: json.text("author_name"),
            html: json.text("html")?,
            text: json.text("text")?,
            attachments: json.list("attachments")?,
            state: match json.text("state")?.as_str() {
                "queued" => DeliveryState::Queued,
                "delivered" => DeliveryState::Delivered,
                "read" => DeliveryState::Read,
                "failed" => DeliveryState::Failed,
                _ => DeliveryState::Sent,
            },
            client_id: json.text("client_id"),
            created_at: json.time("created_at")?,
        })
    }
}

impl Read for VisitorMessagePage {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            items: json.list("items")?,
            has_older: json.flag("has_older")?,
            has_newer: json.flag("has_newer")?,
        })
    }
}

impl Read for File {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            id: FileId(json.id("id")?),
            name: json.text("name")?,
            // Not kept with a message that waits, as nothing depends on them here.
            content_type: json.text("content_type").unwrap_or_default(),
            created_at: json.time("created_at").unwrap_or_default(),
            size: json.number("size")?,
            is_image: json.flag("is_image")?,
            url: json.text("url")?,
        })
    }
}

impl Write for File {
    fn write(&self, object: &mut Object) {
        object.text("id", &self.id.to_string());
        object.text("name", &self.name);
        object.number("size", self.size);
        object.flag("is_image", self.is_image);
        object.text("url", &self.url);
    }
}

impl Write for CreateVisitorSession {
    fn write(&self, object: &mut Object) {
        object.text("widget_id", &self.widget_id.to_string());
        object.optional("language", self.language.as_deref());
        object.optional("time_zone", self.time_zone.as_deref());
    }
}

impl Write for CreateVisitorMessage {
    fn write(&self, object: &mut Object) {
        object.text("text", &self.text);
        object.ids("attachment_ids", &self.attachment_ids);
        object.text("client_id", &self.client_id);
        object.optional("page_url", self.page_url.as_deref());
    }
}

impl Write for SaveVisitorReceipt {
    fn write(&self, object: &mut Object) {
        object.number("delivered_seq", self.delivered_seq);
        object.number("read_seq", self.read_seq);
    }
}

impl Write for ShowVisitorTyping {
    fn write(&self, object: &mut Object) {
        object.flag("typing", self.typing);
    }
}

impl Write for IdentifyVisitor {
    fn write(&self, object: &mut Object) {
        object.optional("token", self.token.as_deref());
        object.optional("name", self.name.as_deref());
        object.optional("email", self.email.as_deref());
    }
}

impl Write for ClientFrame {
    fn write(&self, object: &mut Object) {
        match self {
            Self::Authenticate { token } => {
                object.text("frame", "authenticate");
                object.text("token", token);
            }
            Self::Ping => object.text("frame", "ping"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use types::{Timestamp, WidgetId};

    use super::*;
    use crate::conversation::tests::{message, thread, visitor};
    use crate::json;

    fn assert_reads<T: Read + Serialize + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(json::read::<T>(&serde_json::to_string(value).unwrap()).as_ref(), Some(value));
    }

    fn assert_writes<T: Write + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(&serde_json::from_str::<T>(&json::write(value)).unwrap(), value);
    }

    #[test]
    fn serde_reads_what_is_written() {
        let session =
            CreateVisitorSession { widget_id: WidgetId(5), language: Some("fr-CH".into()), time_zone: None };
        assert_writes(&session);
        assert_writes(&CreateVisitorMessage {
            text: "\"Bonjour\"\n".into(),
            attachment_ids: vec![FileId(1), FileId(2)],
            client_id: "c".into(),
            page_url: Some("https://example.org/".into()),
        });
        assert_writes(&SaveVisitorReceipt { delivered_seq: 4, read_seq: 3 });
        assert_writes(&ShowVisitorTyping { typing: true });
        assert_writes(&IdentifyVisitor { token: None, name: Some("Lucie".into()), email: None });
        assert_writes(&ClientFrame::Authenticate { token: "rv_1".into() });
        assert_writes(&ClientFrame::Ping);
    }

    #[test]
    fn what_serde_writes_is_read() {
        let file = File {
            id: FileId(5),
            name: "plan.png".into(),
            content_type: "image/png".into(),
            size: 1234,
            is_image: true,
            url: "/v1/files/5/content?signature=x".into(),
            created_at: Timestamp(1_772_443_800_250_000),
        };
        let thread = VisitorThread {
            status: ThreadStatus::Closed,
            read_seq: 1,
            delivered_seq: 2,
            team_read_seq: 3,
            unread: 4,
            answered_by: Some("Ana".into()),
            ..thread(9)
        };
        let known = Visitor { name: Some("Lucie".into()), ..visitor(Some(thread)) };
        assert_reads(&file);
        assert_reads(&visitor(None));
        assert_reads(&VisitorSessionReply { token: "rv_1".into(), visitor: known.clone() });
        let items = vec![VisitorMessage { attachments: vec![file], ..message(1, true) }, message(2, false)];
        assert_reads(&VisitorMessagePage { items, has_older: true, has_newer: false });
        for &identity in VisitorIdentity::ALL {
            assert_reads(&Visitor { identity, ..known.clone() });
        }
        for &state in DeliveryState::ALL {
            assert_reads(&VisitorMessage { state, ..message(1, true) });
        }
    }

    #[test]
    fn what_misses_something_is_not_read() {
        assert_eq!(
            json::read::<VisitorMessagePage>(r#"{"items":[{"id":"1"}],"has_older":false,"has_newer":false}"#),
            None
        );
        assert_eq!(json::read::<Visitor>("[]"), None);
        assert_eq!(json::read::<Visitor>("<html>"), None);
    }
}
