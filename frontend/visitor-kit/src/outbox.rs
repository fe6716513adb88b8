//! Messages on their way to the server.
//!
//! Each has a name of the chat's choosing and is kept under it until the server has acknowledged it, across
//! reloads. It is sent again under the same name, and the server stores a name once: nothing is lost, nothing doubled.
//! Every message is kept as a text of its own, so that two windows of the same visitor do not overwrite each other.

use types::Timestamp;
use types::channels::CreateVisitorMessage;
use types::files::File;

use crate::json::{self, Json, Object, Read, Write};
use crate::store::Store;

/// What the names of kept messages start with.
const PREFIX: &str = "out-";

/// A message that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Its name, and what it is kept under.
    pub client_id: String,
    /// What was written.
    pub text: String,
    /// Files uploaded before.
    pub attachments: Vec<File>,
    /// The page the visitor was on.
    pub page_url: Option<String>,
    /// When it was written, by the browser's clock.
    pub created_at: Timestamp,
    /// Why the server refused it; the visitor may try again.
    pub refusal: Option<String>,
}

impl Read for Outgoing {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            client_id: json.text("client_id")?,
            text: json.text("text")?,
            attachments: json.list("attachments")?,
            page_url: json.text("page_url"),
            created_at: Timestamp(json.number("created_at")?),
            refusal: json.text("refusal"),
        })
    }
}

impl Write for Outgoing {
    fn write(&self, object: &mut Object) {
        object.text("client_id", &self.client_id);
        object.text("text", &self.text);
        object.list("attachments", &self.attachments);
        object.optional("page_url", self.page_url.as_deref());
        object.number("created_at", self.created_at.0);
        object.optional("refusal", self.refusal.as_deref());
    }
}

impl Outgoing {
    /// The request that sends it.
    pub fn request(&self) -> CreateVisitorMessage {
        CreateVisitorMessage {
            text: self.text.clone(),
            attachment_ids: self.attachments.iter().map(|file| file.id).collect(),
            client_id: self.client_id.clone(),
            page_url: self.page_url.clone(),
        }
    }
}

/// The messages on their way, in the order they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    waiting: Vec<Outgoing>,
}

impl Outbox {
    /// What an earlier page of this browser has left. What cannot be read is forgotten.
    pub fn restore(store: &dyn Store) -> Self {
        let mut waiting: Vec<Outgoing> = Vec::new();
        for name in store.names().iter().filter(|name| name.starts_with(PREFIX)) {
            let kept = store.get(name).and_then(|json| json::read::<Outgoing>(&json));
            match kept {
                Some(message) => {
                    let place = waiting.partition_point(|earlier| earlier.created_at <= message.created_at);
                    waiting.insert(place, message);
                }
                None => store.remove(name),
            }
        }
        Self { waiting }
    }

    /// Every message that is not acknowledged, refused ones too.
    pub fn messages(&self) -> &[Outgoing] {
        &self.waiting
    }

    /// The message with this name.
    pub fn message(&self, client_id: &str) -> Option<&Outgoing> {
        self.waiting.iter().find(|message| message.client_id == client_id)
    }

    /// The message to send next.
    pub fn next(&self) -> Option<&Outgoing> {
        self.waiting.iter().find(|message| message.refusal.is_none())
    }

    /// Adds a message and keeps it.
    pub fn add(&mut self, message: Outgoing, store: &dyn Store) {
        keep(&message, store);
        self.waiting.push(message);
    }

    /// Forgets a message that the server has stored; answers whether it waited here.
    pub fn acknowledge(&mut self, client_id: &str, store: &dyn Store) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|message| message.client_id != client_id);
        store.remove(&[PREFIX, client_id].concat());
        self.waiting.len() < before
    }

    /// Notes why the server refused a message; with nothing, it is sent again.
    pub fn set_refusal(&mut self, client_id: &str, refusal: Option<String>, store: &dyn Store) {
        if let Some(message) = self.waiting.iter_mut().find(|message| message.client_id == client_id) {
            message.refusal = refusal;
            keep(message, store);
        }
    }

    /// Forgets everything: the visitor is another one now.
    pub fn clear(&mut self, store: &dyn Store) {
        for message in self.waiting.drain(..) {
            store.remove(&[PREFIX, &message.client_id].concat());
        }
    }
}

fn keep(message: &Outgoing, store: &dyn Store) {
    store.set(&[PREFIX, &message.client_id].concat(), &json::write(message));
}

#[cfg(test)]
mod tests {
    use types::FileId;

    use super::*;
    use crate::store::MemoryStore;

    #[test]
    fn files_are_kept_with_the_message() {
        let store = MemoryStore::default();
        let file = File {
            id: FileId(5),
            name: "plan.png".into(),
            content_type: String::new(),
            size: 1234,
            is_image: true,
            url: "/v1/files/5/content?signature=x".into(),
            created_at: Timestamp(0),
        };
        let mut outbox = Outbox::default();
        outbox.add(
            Outgoing { attachments: vec![file], page_url: Some("https://x".into()), ..outgoing("a", 1) },
            &store,
        );
        assert_eq!(Outbox::restore(&store), outbox);
    }

    fn outgoing(client_id: &str, second: i64) -> Outgoing {
        Outgoing {
            client_id: client_id.to_owned(),
            text: "Hello".to_owned(),
            attachments: Vec::new(),
            page_url: None,
            created_at: Timestamp(second * Timestamp::SECOND),
            refusal: None,
        }
    }

    #[test]
    fn a_message_outlives_the_page_until_it_is_acknowledged() {
        let store = MemoryStore::default();
        let mut outbox = Outbox::default();
        outbox.add(outgoing("b", 1), &store);
        outbox.add(outgoing("a", 2), &store);
        let mut restored = Outbox::restore(&store);
        assert_eq!(restored, outbox);
        assert_eq!(restored.next().unwrap().client_id, "b");
        assert!(restored.acknowledge("b", &store));
        assert!(!restored.acknowledge("b", &store));
        assert_eq!(Outbox::restore(&store).next().unwrap().client_id, "a");
    }

    #[test]
    fn two_windows_do_not_overwrite_each_other() {
        let store = MemoryStore::default();
        let (mut one, mut two) = (Outbox::default(), Outbox::default());
        one.add(outgoing("a", 1), &store);
        two.add(outgoing("b", 2), &store);
        one.acknowledge("a", &store);
        assert_eq!(Outbox::restore(&store), two);
    }

    #[test]
    fn a_refused_message_waits_for_the_visitor() {
        let store = MemoryStore::default();
        let mut outbox = Outbox::default();
        outbox.add(outgoing("a", 1), &store);
        outbox.add(outgoing("b", 2), &store);
        outbox.set_refusal("a", Some("too long".into()), &store);
        assert_eq!(outbox.next().unwrap().client_id, "b");
        outbox.set_refusal("a", None, &store);
        assert_eq!(Outbox::restore(&store).next().unwrap().client_id, "a");
    }

    #[test]
    fn another_visitor_finds_nothing_and_damage_is_forgotten() {
        let store = MemoryStore::default();
        store.set("out-x", "{");
        store.set("token", "rv_1");
        let mut outbox = Outbox::restore(&store);
        assert_eq!(outbox, Outbox::default());
        outbox.add(outgoing("a", 1), &store);
        outbox.clear(&store);
        assert_eq!(store.names(), ["token"]);
    }
}
