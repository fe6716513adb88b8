//! Connections that do not keep up, or are away for long.

use std::time::Duration;

use futures_util::SinkExt;
use rapport_tests::{TestApp, User, test_on_both, until};
use state::{ListKey, State, apply};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};
use types::conversations::{CreateComment, ListThreads, ThreadPath, View};
use types::event::ClientFrame;
use types::{Event, ThreadId};

/// A socket that has said who it is and takes few bytes before somebody reads.
async fn narrow_socket(app: &TestApp, who: &User) -> WebSocketStream<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let address = app.base().trim_start_matches("http://");
    let stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let (mut stream, _) = client_async(format!("ws://{address}/v1/live"), stream).await.unwrap();
    let frame = ClientFrame::Authenticate { token: who.token.clone() };
    stream.send(Message::text(serde_json::to_string(&frame).unwrap())).await.unwrap();
    until("the socket is known", async || app.ctx().live().connections() == 1).await;
    stream
}

/// Comments so much that no buffer of the system holds it.
async fn flood(who: &User, thread_id: ThreadId) {
    let html = format!("<p>{}</p>", "flood ".repeat(8_000));
    for _ in 0..120 {
        let comment = CreateComment {
            html: html.clone(),
            mentioned_user_ids: Vec::new(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        who.create_comment(&ThreadPath { thread_id }, &comment).await.unwrap();
    }
}

test_on_both!(
    /// B: a socket whose client reads nothing at all is cut by the server, and what waited for it is gone with it.
    a_client_that_never_reads_is_cut,
    async |app| {
        app.restart(|config| config.server.unread_seconds = 2).await;
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let thread_id = app.visitor(&widget).await.says("Hello").await.thread_id;
        let unread = narrow_socket(app, &ana).await;
        flood(app.super_admin(), thread_id).await;
        until("the socket is cut", async || app.ctx().live().connections() == 0).await;
        drop(unread);
    }
);

test_on_both!(
    /// B: a reader that is too slow is cut, resumes where it was, and has heard everything once.
    a_slow_reader_resumes_and_loses_nothing,
    async |app| {
        app.restart(|config| config.events.connection_backlog = 8).await;
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let visitor = app.visitor(&widget).await;
        let mut socket = ana.listen(None).await;
        let thread_id = visitor.says("Hello").await.thread_id;
        socket.next_event(|event| matches!(event, Event::MessageCreated { .. })).await;
        // More than the system's buffers and the backlog hold, while nobody reads.
        flood(app.super_admin(), thread_id).await;
        let mut seqs = Vec::new();
        let mut connections = 0;
        while seqs.len() < 120 {
            connections += 1;
            assert!(connections < 100, "it does not come to an end: {}", seqs.len());
            for event in socket.drain(Duration::from_millis(500)).await {
                if let Event::MessageCreated { message, .. } = event {
                    seqs.push(message.seq);
                }
            }
            let cursor = socket.cursor.clone();
            socket = ana.listen(Some(&cursor)).await;
            assert!(!socket.reset);
        }
        assert_eq!(seqs, (2..=121).collect::<Vec<_>>());
        assert!(connections > 1, "it was never cut");
    }
);

test_on_both!(
    /// H, PITFALL 28: cut for ten minutes while much happens; what was kept, with what comes at the resume, equals what a
    /// fresh client fetches.
    ten_minutes_without_a_socket_leave_no_difference,
    async |app| {
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let path = ThreadPath { thread_id: one.says("Hello").await.thread_id };
        let key = ListKey { inbox: None, view: View::AllOpen };
        let fetch = async || {
            let mut fetched = State { me: Some(ana.get_me().await.unwrap()), ..State::default() };
            let query = ListThreads { view: Some(View::AllOpen), ..ListThreads::default() };
            fetched.threads.start_list(key, ana.list_threads(&query).await.unwrap());
            fetched
        };
        let mut kept = fetch().await;
        let socket = ana.listen(None).await;
        let cursor = socket.cursor.clone();
        drop(socket);
        for minute in 0..10 {
            app.clock().advance(60);
            one.says(&format!("One {minute}")).await;
            other.says(&format!("Other {minute}")).await;
            if minute % 3 == 0 {
                ana.close_thread(&path).await.unwrap();
            }
            ana.reply(path.thread_id, &format!("<p>Answer {minute}</p>")).await;
        }
        app.visitor(&widget).await.says("Somebody new").await;
        app.run_jobs().await;
        let mut socket = ana.listen(Some(&cursor)).await;
        for event in socket.drain(Duration::from_secs(1)).await {
            apply(&mut kept, &event);
        }
        assert!(!socket.reset);
        let rows = |state: &State| -> Vec<_> {
            state.threads.rows(state.my_id()).iter().map(|item| item.thread.clone()).collect()
        };
        assert_eq!(rows(&kept), rows(&fetch().await));
        assert_eq!(rows(&kept).len(), 3);
    }
);
