use rapport_tests::{Client, test_on_both};
use types::ErrorCode;
use types::channels::ListVisitorMessages;
use types::conversations::{CreateComment, CreateMessage, MessageKind, MessagePath};

use super::desk::{Desk, path, thread};

fn reply(html: &str, seen_seq: Option<i64>) -> CreateMessage {
    CreateMessage {
        html: html.to_owned(),
        attachment_ids: Vec::new(),
        client_id: None,
        seen_seq,
        send_anyway: false,
    }
}

fn comment(html: &str) -> CreateComment {
    CreateComment {
        html: html.to_owned(),
        mentioned_user_ids: Vec::new(),
        attachment_ids: Vec::new(),
        client_id: None,
    }
}

test_on_both!(
    /// INBOX-69, 70, 73 and CONV-114, 123: an answer reaches the visitor, a comment never does, and the thread opens
    /// with all of it.
    answers_reach_the_visitor_and_comments_do_not,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Hello").await;
        desk.ana.create_message(&path(id), &reply("<p>Good <b>morning</b></p>", None)).await.unwrap();
        desk.ben.create_comment(&path(id), &comment("<p>A difficult one</p>")).await.unwrap();
        let seen = visitor.list_visitor_messages(&ListVisitorMessages::default()).await.unwrap().items;
        let texts: Vec<_> = seen.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(texts, ["Hello", "Good morning"]);
        let entries = desk.ana.entries(id).await;
        let kinds: Vec<_> = entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [MessageKind::Message, MessageKind::Message, MessageKind::Comment]);
        let detail = desk.ana.get_thread(&path(id)).await.unwrap();
        assert!(detail.participants.len() >= 2, "{:?}", detail.participants);
        let empty = desk.ana.create_message(&path(id), &reply(" ", None)).await.unwrap_err();
        assert!(empty.field("html").is_some(), "{empty:?}");
        app.shows(&["INBOX-69", "INBOX-70", "INBOX-73", "CONV-114", "CONV-123"]);
    }
);

test_on_both!(
    /// PITFALL 30: a reply to a state of the thread that is past is refused with what is new, and sent anyway when asked.
    a_stale_reply_is_held_back_once,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "Hello").await;
        let seen = Some(thread(&desk.ana, id).await.last_seq);
        visitor.says("Forget it, I found it").await;
        let refused = desk.ana.create_message(&path(id), &reply("<p>Look here</p>", seen)).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::NewerMessages));
        let rapport_tests::ClientError::Problem(problem) = refused else { panic!("{refused:?}") };
        assert_eq!(problem.status, 409);
        assert_eq!(problem.extra.unwrap()["messages"][0]["text"], "Forget it, I found it");
        let anyway = CreateMessage { send_anyway: true, ..reply("<p>Look here</p>", seen) };
        desk.ana.create_message(&path(id), &anyway).await.unwrap();
        // What a colleague wrote counts too, and one's own does not.
        let seen = Some(thread(&desk.ben, id).await.last_seq);
        desk.ana.create_comment(&path(id), &comment("<p>Done</p>")).await.unwrap();
        let refused = desk.ben.create_message(&path(id), &reply("<p>Thanks</p>", seen)).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::NewerMessages));
        desk.ana.create_message(&path(id), &reply("<p>Thanks</p>", seen)).await.unwrap();
    }
);

test_on_both!(
    /// A request that is repeated is carried out once, by its key and by the client's own name for the message.
    a_repeated_answer_is_sent_once,
    async |app| {
        let desk = Desk::open(app).await;
        let (_, id) = desk.visitor_says(app, "Hello").await;
        let keyed: Client<_> = desk.ana.with_idempotency_key("answer-1");
        let first = keyed.create_message(&path(id), &reply("<p>Once</p>", None)).await.unwrap();
        let again = keyed.create_message(&path(id), &reply("<p>Once</p>", None)).await.unwrap();
        assert_eq!(first, again);
        let other = keyed.create_message(&path(id), &reply("<p>Other</p>", None)).await.unwrap_err();
        assert_eq!(other.code(), Some(ErrorCode::IdempotencyKeyReused));
        let named = CreateMessage { client_id: Some("tab-1".to_owned()), ..reply("<p>Named</p>", None) };
        let one = desk.ana.create_message(&path(id), &named).await.unwrap();
        let two = desk.ana.create_message(&path(id), &named).await.unwrap();
        assert_eq!(one.id, two.id);
        assert_eq!(desk.ana.entries(id).await.len(), 3);
    }
);

test_on_both!(
    /// CONV-121 and H: a link stays a link; script in a message does not stay at all.
    html_is_made_safe,
    async |app| {
        let desk = Desk::open(app).await;
        let (visitor, id) = desk.visitor_says(app, "<img src=x onerror=alert(1)>").await;
        let hostile = "<p>See <a href=\"https://example.org/a\">this</a></p><script>alert(1)</script>\
            <svg onload=alert(1)></svg><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a>\
            <iframe src=\"https://evil.example\"></iframe><p style=\"position:fixed\" onclick=\"x()\">y</p>";
        let answer = desk.ana.create_message(&path(id), &reply(hostile, None)).await.unwrap();
        assert!(answer.html.contains("href=\"https://example.org/a\""), "{}", answer.html);
        let seen = visitor.list_visitor_messages(&ListVisitorMessages::default()).await.unwrap().items;
        for html in [&answer.html, &seen[0].html, &seen[1].html] {
            for part in ["<script", "<svg", "<iframe", "<img", "onclick", "javascript:", "style="] {
                assert!(!html.contains(part), "{part}: {html}");
            }
        }
        assert_eq!(seen[0].text, "<img src=x onerror=alert(1)>");
        let same = desk.ana.get_message(&MessagePath { message_id: answer.id }).await.unwrap();
        assert_eq!(same.html, answer.html);
        app.shows(&["CONV-121"]);
    }
);
