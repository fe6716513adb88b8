use std::time::Duration;

use rapport_tests::test_on_both;
use state::{ListKey, State, apply, read_event};
use types::Event;
use types::conversations::{ListThreads, ThreadPath, View};
use types::platform::Since;

test_on_both!(
    /// PITFALL 28: what happened while a socket was cut comes when it is back: nothing missed, nothing twice, and polling
    /// tells the same.
    a_cut_socket_misses_nothing,
    async |app| {
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let visitor = app.visitor(&widget).await;
        let mut socket = ana.listen(None).await;
        visitor.says("Before").await;
        let is_message = |event: &Event| matches!(event, Event::MessageCreated { .. });
        socket.next_event(is_message).await;
        let polled_from = socket.cursor.clone();
        drop(socket);
        for number in 0..20 {
            visitor.says(&format!("Away {number}")).await;
        }
        let mut socket = ana.listen(Some(&polled_from)).await;
        let heard = socket.drain(Duration::from_millis(500)).await;
        assert!(!socket.reset);
        let texts = |events: &[Event]| -> Vec<String> {
            let text = |event: &Event| match event {
                Event::MessageCreated { message, .. } => Some(message.text.clone()),
                _ => None,
            };
            events.iter().filter_map(text).collect()
        };
        let wanted: Vec<_> = (0..20).map(|number| format!("Away {number}")).collect();
        assert_eq!(texts(&heard), wanted);
        let polled = ana.list_events(&Since { since: Some(polled_from) }).await.unwrap();
        let polled: Vec<_> = polled.items.into_iter().filter_map(|item| read_event(item.event)).collect();
        assert_eq!(texts(&polled), wanted);
    }
);

test_on_both!(
    /// A position of another log, or none at all, is answered with a reset and a position to go on from.
    an_unknown_position_starts_anew,
    async |app| {
        let admin = app.super_admin();
        let mut socket = admin.listen(Some("999.1")).await;
        socket.drain(Duration::from_millis(300)).await;
        assert!(socket.reset);
        let events = admin.list_events(&Since { since: Some("999.1".to_owned()) }).await.unwrap();
        assert!(events.reset && events.items.is_empty());
        let next = admin.list_events(&Since { since: Some(events.cursor) }).await.unwrap();
        assert!(!next.reset);
    }
);

test_on_both!(
    /// A sign-out cuts the socket within a second.
    a_sign_out_ends_the_socket,
    async |app| {
        let ana = app.agent("Ana").await;
        let mut socket = ana.listen(None).await;
        ana.delete_sessions().await.unwrap();
        assert!(socket.ends_within(Duration::from_secs(1)).await);
    }
);

test_on_both!(
    /// Applying what was emitted gives what fetching again gives: the app's own state against the server.
    applying_events_equals_fetching,
    async |app| {
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let thread_id = one.says("Hello").await.thread_id;
        let key = ListKey { inbox: None, view: View::AllOpen };
        let fetch = || async {
            let mut fetched = State { me: Some(ana.get_me().await.unwrap()), ..State::default() };
            let query = ListThreads { view: Some(View::AllOpen), ..ListThreads::default() };
            fetched.threads.start_list(key, ana.list_threads(&query).await.unwrap());
            fetched
        };
        let mut applied = fetch().await;
        let mut socket = ana.listen(None).await;
        other.says("Me too").await;
        ana.reply(thread_id, "<p>Good morning</p>").await;
        one.says("Thank you").await;
        ana.close_thread(&ThreadPath { thread_id }).await.unwrap();
        one.says("Not so fast").await;
        app.run_jobs().await;
        for event in socket.drain(Duration::from_millis(700)).await {
            apply(&mut applied, &event);
        }
        let rows = |state: &State| -> Vec<_> {
            state.threads.rows(state.my_id()).iter().map(|item| item.thread.clone()).collect()
        };
        assert_eq!(rows(&applied), rows(&fetch().await));
    }
);
