use rapport_tests::test_on_both;
use reqwest::Method;
use types::channels::{ListVisitorMessages, SaveVisitorReceipt};
use types::conversations::{DeliveryState, ThreadStatus};

test_on_both!(
    /// PITFALL 41: a visitor's token opens that visitor's conversation and nothing else, and nothing of it is cached.
    a_token_opens_one_conversation,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let thread_id = one.says("My secret").await.thread_id;
        let seen = other.list_visitor_messages(&ListVisitorMessages::default()).await.unwrap();
        assert!(seen.items.is_empty());
        assert!(other.get_visitor().await.unwrap().thread.is_none());
        for path in [format!("/v1/threads/{thread_id}"), format!("/v1/threads/{thread_id}/messages")] {
            let reply = app.raw(Method::GET, &path).bearer_auth(&other.session.token).send().await.unwrap();
            assert!(matches!(reply.status().as_u16(), 401 | 403 | 404), "{path}: {}", reply.status());
        }
        let reply = app.raw(Method::GET, "/v1/visitor/messages").bearer_auth(&one.session.token);
        let headers = reply.send().await.unwrap().headers().clone();
        let caching = headers["cache-control"].to_str().unwrap();
        assert!(caching.contains("no-store"), "{caching}");
        assert!(!headers.contains_key("set-cookie"));
        one.delete_visitor_session().await.unwrap();
        // A session is believed for a second without looking again.
        app.clock().advance(1);
        assert_eq!(one.get_visitor().await.unwrap_err().status(), Some(401));
    }
);

test_on_both!(
    /// Delivery of an answer as far as it is known: sent, delivered, read; numbers never go back.
    receipts_only_rise,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        let thread_id = visitor.says("Hello").await.thread_id;
        let admin = app.super_admin();
        let answer = admin.reply(thread_id, "<p>Yes?</p>").await;
        app.run_jobs().await;
        let state = || async { admin.entries(thread_id).await.pop().unwrap().delivery };
        assert_eq!(state().await, Some(DeliveryState::Sent));
        let receipt = |delivered_seq, read_seq| SaveVisitorReceipt { delivered_seq, read_seq };
        visitor.save_visitor_receipt(&receipt(answer.seq, 0)).await.unwrap();
        assert_eq!(state().await, Some(DeliveryState::Delivered));
        visitor.save_visitor_receipt(&receipt(answer.seq, answer.seq)).await.unwrap();
        visitor.save_visitor_receipt(&receipt(0, 0)).await.unwrap();
        assert_eq!(state().await, Some(DeliveryState::Read));
        assert_eq!(visitor.get_visitor().await.unwrap().thread.unwrap().unread, 0);
    }
);

test_on_both!(
    /// The visitor ends the conversation; what it says next starts another one.
    an_ended_conversation_stays_ended,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let visitor = app.visitor(&widget).await;
        let first = visitor.says("Hello").await.thread_id;
        visitor.end_visitor_conversation().await.unwrap();
        let path = types::conversations::ThreadPath { thread_id: first };
        let ended = app.super_admin().get_thread(&path).await.unwrap().thread;
        assert_eq!(ended.status, ThreadStatus::Closed);
        assert_ne!(visitor.says("Another matter").await.thread_id, first);
    }
);
