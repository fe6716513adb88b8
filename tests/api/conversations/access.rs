use std::time::Duration;

use rapport_tests::test_on_both;
use types::Event;
use types::conversations::{
    CreateMessage, InboxPath, ListMessages, ListThreads, MessagePath, SaveInbox, ShowPresence,
};

use super::desk::{Desk, path};

test_on_both!(
    /// CONV-01, CONV-109: membership alone opens an inbox, whatever the role, and nothing else does.
    membership_opens_an_inbox,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let (vera, otto) = (app.viewer("Vera").await, app.agent("Otto").await);
        for user in [&vera, &otto] {
            assert_eq!(user.get_thread(&path(id)).await.unwrap_err().status(), Some(404));
            let query = ListThreads { inbox_id: Some(desk.inbox.id), ..ListThreads::default() };
            assert_eq!(user.list_threads(&query).await.unwrap_err().status(), Some(404));
        }
        let reply = CreateMessage {
            html: "<p>Hi</p>".to_owned(),
            attachment_ids: Vec::new(),
            client_id: None,
            seen_seq: None,
            send_anyway: true,
        };
        assert_eq!(otto.create_message(&path(id), &reply).await.unwrap_err().status(), Some(404));
        let members = vec![desk.ana.id(), vera.id(), otto.id()];
        let save = SaveInbox { name: "Sales".to_owned(), member_ids: members };
        let inbox = InboxPath { inbox_id: desk.inbox.id };
        app.super_admin().update_inbox(&inbox, &save).await.unwrap();
        for user in [&vera, &otto] {
            user.get_thread(&path(id)).await.unwrap();
        }
        otto.create_message(&path(id), &reply).await.unwrap();
        // Ben was taken out by the same change.
        assert_eq!(desk.ben.get_thread(&path(id)).await.unwrap_err().status(), Some(404));
        let taken = desk.ana.create_inbox(&save).await.unwrap_err();
        assert_eq!(taken.status(), Some(403));
        let taken = app.super_admin().create_inbox(&SaveInbox { name: "sales".to_owned(), ..save }).await;
        assert!(taken.unwrap_err().field("name").is_some());
        app.shows(&["CONV-01", "CONV-109"]);
    }
);

test_on_both!(
    /// INBOX-96, INBOX-97: a link to a message leads a colleague with access to it in its thread, and nobody else.
    a_link_leads_to_the_message,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Message 0").await;
        for number in 1..30 {
            visitor.says(&format!("Message {number}")).await;
        }
        let linked = desk.ana.entries(id).await[12].clone();
        let found = desk.ben.get_message(&MessagePath { message_id: linked.id }).await.unwrap();
        assert_eq!((found.thread_id, found.seq), (id, linked.seq));
        let around = ListMessages { around: Some(found.seq), limit: Some(5), ..ListMessages::default() };
        let page = desk.ben.list_messages(&path(id), &around).await.unwrap();
        assert!(page.items.iter().any(|entry| entry.id == linked.id));
        assert!(page.has_older && page.has_newer && page.items.len() <= 5);
        let otto = app.agent("Otto").await;
        let refused = otto.get_message(&MessagePath { message_id: linked.id }).await.unwrap_err();
        assert_eq!(refused.status(), Some(404));
        app.shows(&["INBOX-96", "INBOX-97"]);
    }
);

test_on_both!(
    /// PITFALL 30: colleagues see who looks at a conversation and who writes.
    presence_is_shown_to_colleagues,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let mut socket = desk.ben.listen(None).await;
        let present = ShowPresence { viewing: true, typing: true };
        desk.ana.show_presence(&path(id), &present).await.unwrap();
        let told = socket.next_event(|event| matches!(event, Event::ThreadPresence { .. })).await;
        let Event::ThreadPresence { presence } = told else { unreachable!() };
        assert!(presence.users.iter().any(|user| user.user_id == desk.ana.id() && user.typing));
        let seen = desk.ben.get_presence(&path(id)).await.unwrap();
        assert!(seen.users.iter().any(|user| user.user_id == desk.ana.id()));
    }
);

test_on_both!(
    /// PITFALL 30, 54: whoever looks says so seldom, and is gone at once with the last page that was open.
    presence_ends_with_the_last_socket,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let looking = ShowPresence { viewing: true, typing: false };
        let is_seen = async || {
            let seen = desk.ben.get_presence(&path(id)).await.unwrap();
            seen.users.iter().any(|user| user.user_id == desk.ana.id())
        };
        let (one, other) = (desk.ana.listen(None).await, desk.ana.listen(None).await);
        desk.ana.show_presence(&path(id), &looking).await.unwrap();
        app.clock().advance(60);
        assert!(is_seen().await);
        drop(one);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(is_seen().await, "another page is open");
        drop(other);
        for _ in 0..100 {
            if !is_seen().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the page is closed, and its user still looks at the conversation");
    }
);
