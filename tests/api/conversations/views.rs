use rapport_tests::test_on_both;
use types::conversations::{GetViewCounts, ListThreads, View};

test_on_both!(
    /// INBOX-18, 21, 23.
    a_new_conversation_is_listed, async |app| {
        let ana = app.agent("Ana").await;
        let inbox = app.inbox("Sales", &[ana.id()]).await;
        let widget = app.widget(&inbox).await;
        let visitor = app.visitor(&widget).await;
        let said = visitor.says("Hello").await;
        for view in [View::Unassigned, View::AllOpen, View::Chat] {
            let query = ListThreads { view: Some(view), ..ListThreads::default() };
            let page = ana.list_threads(&query).await.unwrap();
            assert_eq!(page.items[0].thread.id, said.thread_id);
        }
        ana.get_view_counts(&GetViewCounts { inbox_id: None }).await.unwrap();
    }
);
