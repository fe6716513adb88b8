//! What the tests of conversations start from.

use rapport_tests::{TestApp, User, Visitor};
use types::ThreadId;
use types::channels::ChatWidget;
use types::conversations::{Inbox, ListThreads, Thread, ThreadPath, View};

/// An inbox that Ana and Ben work in, with a chat widget.
pub struct Desk {
    pub ana: User,
    pub ben: User,
    pub inbox: Inbox,
    pub widget: ChatWidget,
}

impl Desk {
    pub async fn open(app: &TestApp) -> Self {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let inbox = app.inbox("Sales", &[ana.id(), ben.id()]).await;
        let widget = app.widget(&inbox).await;
        Self { ana, ben, inbox, widget }
    }

    /// A new visitor who has said something.
    pub async fn visitor_says(&self, app: &TestApp, text: &str) -> (Visitor, ThreadId) {
        let visitor = app.visitor(&self.widget).await;
        let thread_id = visitor.says(text).await.thread_id;
        (visitor, thread_id)
    }
}

pub fn path(thread_id: ThreadId) -> ThreadPath {
    ThreadPath { thread_id }
}

/// The ids of a view, as the user sees it.
pub async fn view(user: &User, view: View) -> Vec<ThreadId> {
    let query = ListThreads { view: Some(view), ..ListThreads::default() };
    user.list_threads(&query).await.unwrap().items.into_iter().map(|item| item.thread.id).collect()
}

/// A thread as the user sees it.
pub async fn thread(user: &User, id: ThreadId) -> Thread {
    user.get_thread(&path(id)).await.unwrap().thread
}
