use rapport_tests::test_on_both;
use types::conversations::{
    AssignThread, ChannelKind, CreateComment, GetViewCounts, ListThreads, ReadThread, View, Waiting,
};
use types::page::PageQuery;

use super::desk::{Desk, path, thread, view};

test_on_both!(
    /// INBOX-01, 18, 20, 21, 23: only inboxes one may use are listed; each view holds what it says.
    views_hold_what_they_say,
    async |app| {
        let desk = Desk::open(app).await;
        app.inbox("Hidden", &[]).await;
        let all = PageQuery { cursor: None, limit: None };
        let inboxes = desk.ana.list_inboxes(&all).await.unwrap().items;
        assert_eq!(inboxes.iter().map(|inbox| inbox.id).collect::<Vec<_>>(), [desk.inbox.id]);
        let (_, first) = desk.visitor_says(app, "First").await;
        let (_, second) = desk.visitor_says(app, "Second").await;
        let (_, third) = desk.visitor_says(app, "Third").await;
        let assign = |user| AssignThread { user_id: Some(user), team_id: None };
        desk.ana.assign_thread(&path(second), &assign(desk.ana.id())).await.unwrap();
        desk.ana.assign_thread(&path(third), &assign(desk.ben.id())).await.unwrap();
        assert_eq!(view(&desk.ana, View::Unassigned).await, [first]);
        assert_eq!(view(&desk.ana, View::Mine).await, [second]);
        assert_eq!(view(&desk.ben, View::Mine).await, [third]);
        assert_eq!(view(&desk.ana, View::AllOpen).await, [third, second, first]);
        assert_eq!(view(&desk.ana, View::Chat).await, [third, second, first]);
        let counts = desk.ana.get_view_counts(&GetViewCounts { inbox_id: None }).await.unwrap().counts;
        let count = |wanted| counts.iter().find(|count| count.view == wanted).unwrap().count;
        assert_eq!((count(View::Unassigned), count(View::Mine), count(View::AllOpen)), (1, 1, 3));
        app.shows(&["INBOX-01", "INBOX-18", "INBOX-20", "INBOX-21", "INBOX-23"]);
    }
);

test_on_both!(
    /// INBOX-28, 41, 89 and CONV-124: what is closed moves to All closed; the list is sorted by receipt, newest first,
    /// page by page without gaps or doubles.
    lists_are_newest_first,
    async |app| {
        let desk = Desk::open(app).await;
        let mut visitors = Vec::new();
        for number in 0..5 {
            visitors.push(desk.visitor_says(app, &format!("Message {number}")).await);
        }
        // The oldest conversation becomes the newest by a new message.
        visitors[0].0.says("Are you there?").await;
        let wanted: Vec<_> = [0, 4, 3, 2, 1].map(|n| visitors[n].1).into();
        assert_eq!(view(&desk.ana, View::AllOpen).await, wanted);
        let mut paged = Vec::new();
        let mut query = ListThreads { limit: Some(2), ..ListThreads::default() };
        loop {
            let page = desk.ana.list_threads(&query).await.unwrap();
            paged.extend(page.items.into_iter().map(|item| item.thread.id));
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, wanted);
        for id in [wanted[2], wanted[1]] {
            desk.ana.close_thread(&path(id)).await.unwrap();
        }
        assert_eq!(view(&desk.ana, View::AllClosed).await, [wanted[1], wanted[2]]);
        assert!(!view(&desk.ana, View::AllOpen).await.contains(&wanted[1]));
        // Closing twice changes nothing; a new message of the contact opens it again.
        let closed = desk.ben.close_thread(&path(wanted[1])).await.unwrap();
        assert!(closed.closed_at.is_some());
        visitors[4].0.says("One more thing").await;
        assert_eq!(view(&desk.ana, View::AllOpen).await[0], wanted[1]);
        app.shows(&["INBOX-28", "INBOX-41", "INBOX-89", "CONV-124"]);
    }
);

test_on_both!(
    /// INBOX-42, 43, 45, 46, 48: what a row of the list shows.
    a_row_shows_the_conversation,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Where is my table?").await;
        let claim = types::channels::IdentifyVisitor {
            token: None,
            name: Some("Carla Customer".to_owned()),
            email: None,
        };
        visitor.identify_visitor(&claim).await.unwrap();
        let row = thread(&desk.ana, id).await;
        assert_eq!((row.contact_name.as_str(), row.participant_count), ("Carla Customer", 1));
        assert_eq!((row.preview.as_str(), row.subject.as_deref()), ("Where is my table?", None));
        assert_eq!(row.comment_preview, None);
        desk.ana.reply(id, "<p>It is on its way.</p>").await;
        let comment = CreateComment {
            html: "<p>Call the carrier</p>".to_owned(),
            mentioned_user_ids: Vec::new(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        desk.ben.create_comment(&path(id), &comment).await.unwrap();
        let row = thread(&desk.ana, id).await;
        assert_eq!(row.preview, "It is on its way.");
        assert_eq!(row.comment_preview.as_deref(), Some("Call the carrier"));
        let answer = &desk.ana.entries(id).await;
        let answer = answer.iter().find(|entry| entry.text == "It is on its way.").unwrap();
        assert_eq!(row.last_message_at, answer.created_at);
        assert!(row.participant_count >= 2, "{}", row.participant_count);
        app.shows(&["INBOX-42", "INBOX-43", "INBOX-45", "INBOX-46", "INBOX-48"]);
    }
);

test_on_both!(
    /// INBOX-47 and PITFALL 32: the channel of origin; unread follows from what was read, however often it is said.
    unread_follows_from_positions,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Hello").await;
        assert_eq!(thread(&desk.ana, id).await.channel, ChannelKind::Chat);
        let unread = || async {
            let counts = desk.ana.get_view_counts(&GetViewCounts { inbox_id: None }).await.unwrap().counts;
            counts.into_iter().find(|count| count.view == View::AllOpen).unwrap().unread
        };
        assert_eq!(unread().await, 1);
        let last = thread(&desk.ana, id).await.last_seq;
        for _ in 0..3 {
            desk.ana.read_thread(&path(id), &ReadThread { seq: last }).await.unwrap();
        }
        assert_eq!(unread().await, 0);
        visitor.says("More").await;
        assert_eq!(unread().await, 1);
        desk.ana.read_thread(&path(id), &ReadThread { seq: 0 }).await.unwrap();
        assert_eq!(desk.ana.get_thread(&path(id)).await.unwrap().read_seq, 0);
        desk.ana.close_thread(&path(id)).await.unwrap();
        assert_eq!(unread().await, 0);
        app.shows(&["INBOX-47"]);
    }
);

test_on_both!(
    /// INBOX-39: every standard view is offered with its count, also where it holds nothing, and opens.
    standard_views_are_always_there,
    async |app| {
        let desk = Desk::open(app).await;
        let counts = desk.ana.get_view_counts(&GetViewCounts { inbox_id: None }).await.unwrap().counts;
        let offered: Vec<_> = counts.iter().map(|count| (count.view, count.count)).collect();
        let standard = [View::Unassigned, View::Mine, View::AllOpen, View::Chat, View::AllClosed];
        assert_eq!(offered, standard.map(|view| (view, 0)));
        for wanted in standard {
            assert_eq!(view(&desk.ana, wanted).await, []);
        }
        app.shows(&["INBOX-39"]);
    }
);

test_on_both!(
    /// INBOX-44: a row tells whether an answer is due; what only colleagues see is none.
    a_row_tells_whose_turn_it_is,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Hello").await;
        assert_eq!(thread(&desk.ana, id).await.waiting, Waiting::ForReply);
        let comment = CreateComment {
            html: "<p>Who knows?</p>".to_owned(),
            mentioned_user_ids: Vec::new(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        desk.ana.create_comment(&path(id), &comment).await.unwrap();
        assert_eq!(thread(&desk.ben, id).await.waiting, Waiting::ForReply);
        desk.ana.reply(id, "<p>Good morning</p>").await;
        assert_eq!(thread(&desk.ben, id).await.waiting, Waiting::ForContact);
        visitor.says("And my order?").await;
        assert_eq!(thread(&desk.ben, id).await.waiting, Waiting::ForReply);
        app.shows(&["INBOX-44"]);
    }
);
