use rapport_tests::test_on_both;
use types::channels::CreateVisitorMessage;
use types::conversations::ThreadPath;

test_on_both!(
    /// CONV-145, SYS-32: whoever came by a campaign's link, whose fragment opens the chat, is known to have come by it.
    /// The fragment itself is not kept.
    a_campaign_is_known,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        for fragment in ["#hs-chat-open", "#rapport-open", ""] {
            let page = "https://shop.example/sale?utm_campaign=spring";
            let message = CreateVisitorMessage {
                text: "Is it still on sale?".to_owned(),
                attachment_ids: Vec::new(),
                client_id: "first".to_owned(),
                page_url: Some(format!("{page}{fragment}")),
            };
            let visitor = app.visitor(&widget).await;
            let thread_id = visitor.create_visitor_message(&message).await.unwrap().thread_id;
            let thread = app.super_admin().get_thread(&ThreadPath { thread_id }).await.unwrap().thread;
            assert_eq!(thread.started_from.as_deref(), Some(page));
        }
        app.shows(&["CONV-145", "SYS-32"]);
    }
);
