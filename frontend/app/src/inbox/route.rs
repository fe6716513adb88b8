//! Addresses of the inbox: `/inbox/<inbox or "all">/<view>/<conversation>?message=<message>`, each part optional.

use leptos_router::params::ParamsMap;
use state::ListKey;
use types::conversations::View;
use types::{MessageId, ThreadId};

/// What an address of the inbox means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InboxRoute {
    /// The list.
    pub key: ListKey,
    /// The open conversation.
    pub thread: Option<ThreadId>,
    /// The message to jump to.
    pub message: Option<MessageId>,
}

impl InboxRoute {
    /// Reads an address. A part that is not understood counts as absent.
    pub fn read(params: &ParamsMap, query: &ParamsMap) -> Self {
        Self {
            key: ListKey {
                inbox: parsed(params.get("inbox")),
                view: parsed(params.get("view")).unwrap_or(View::AllOpen),
            },
            thread: parsed(params.get("thread")),
            message: parsed(query.get("message")),
        }
    }

    /// The address.
    pub fn path(&self) -> String {
        let inbox = self.key.inbox.map_or_else(|| "all".to_owned(), |inbox| inbox.to_string());
        let mut path = format!("/inbox/{inbox}/{}", self.key.view);
        if let Some(thread) = self.thread {
            path.push_str(&format!("/{thread}"));
        }
        if let Some(message) = self.message {
            path.push_str(&format!("?message={message}"));
        }
        path
    }

    /// The same list with another conversation open.
    pub fn with_thread(self, thread: Option<ThreadId>) -> Self {
        Self { thread, message: None, ..self }
    }
}

fn parsed<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
    text?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::InboxId;

    #[test]
    fn an_address_reads_as_it_was_written() {
        let key = ListKey { inbox: Some(InboxId(7)), view: View::Mine };
        let route = InboxRoute { key, thread: Some(ThreadId(12)), message: Some(MessageId(3)) };
        assert_eq!(route.path(), "/inbox/7/mine/12?message=3");
        let mut params = ParamsMap::new();
        for (name, value) in [("inbox", "7"), ("view", "mine"), ("thread", "12")] {
            params.insert(name, value.to_owned());
        }
        let mut query = ParamsMap::new();
        query.insert("message", "3".to_owned());
        assert_eq!(InboxRoute::read(&params, &query), route);
        let bare = InboxRoute::read(&ParamsMap::new(), &ParamsMap::new());
        assert_eq!(bare.path(), "/inbox/all/all_open");
    }
}
