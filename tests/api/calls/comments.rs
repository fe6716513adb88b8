use rapport_tests::{TestApp, User, test_on_both};
use types::accounts::{ListMails, Notification, NotificationKind, ReadNotifications};
use types::calls::{CallComment, CallCommentPath, CreateCall, CreateCallComment, EditCallComment};
use types::page::PageQuery;
use types::{BuiltinRole, CallId, ErrorCode, Event, RecordAccess};

use super::desk::{call, path, request};
use crate::crm::desk::user_with;

fn comment(html: &str) -> CreateCallComment {
    CreateCallComment { html: html.to_owned(), at_ms: None, parent_id: None, mentioned_user_ids: Vec::new() }
}

fn edit(html: &str) -> EditCallComment {
    EditCallComment { html: html.to_owned(), mentioned_user_ids: Vec::new() }
}

fn of(comment: &CallComment) -> CallCommentPath {
    CallCommentPath { call_id: comment.call_id, comment_id: comment.id }
}

async fn say(by: &User, call: CallId, html: &str) -> CallComment {
    by.create_call_comment(&path(call), &comment(html)).await.unwrap()
}

async fn texts(by: &User, call: CallId) -> Vec<String> {
    let query = PageQuery { cursor: None, limit: None };
    let page = by.list_call_comments(&path(call), &query).await.unwrap();
    page.items.into_iter().map(|comment| comment.html).collect()
}

async fn told(app: &TestApp, user: &User) -> Vec<Notification> {
    app.run_jobs().await;
    user.list_notifications(&PageQuery { cursor: None, limit: None }).await.unwrap().items
}

test_on_both!(
    /// CALL-10: colleagues comment on a call, about the whole or a moment, answer each other, and change what they wrote.
    colleagues_comment_on_a_call,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let timed = CreateCall { duration_ms: Some(60_000), ..request(app, "Refund") };
        let made = ana.create_call(&timed).await.unwrap().id;
        let mut of_ben = ben.listen(None).await;
        let at = CreateCallComment { at_ms: Some(5000), ..comment("<p>Here <b>it</b> starts<img src=x></p>") };
        let first = ana.create_call_comment(&path(made), &at).await.unwrap();
        assert_eq!((first.html.as_str(), first.at_ms), ("<p>Here <b>it</b> starts</p>", Some(5000)));
        assert_eq!((first.author_id, first.author_name.as_str()), (Some(ana.id()), "Ana"));
        of_ben.next_event(|event| *event == Event::CallCommentsChanged { call_id: made }).await;
        let answer = CreateCallComment { parent_id: Some(first.id), ..comment("<p>True</p>") };
        let answer = ben.create_call_comment(&path(made), &answer).await.unwrap();
        assert_eq!(answer.parent_id, Some(first.id));
        assert_eq!(texts(&ben, made).await, ["<p>Here <b>it</b> starts</p>", "<p>True</p>"]);
        let edited = ben.edit_call_comment(&of(&answer), &edit("<p>Not true</p>")).await.unwrap();
        assert!(edited.edited_at.is_some());
        assert_eq!(ana.edit_call_comment(&of(&answer), &edit("x")).await.unwrap_err().status(), Some(409));
        assert_eq!(ana.delete_call_comment(&of(&answer)).await.unwrap_err().status(), Some(409));
        let answered = ana.delete_call_comment(&of(&first)).await.unwrap_err();
        assert_eq!(answered.code(), Some(ErrorCode::InUse));
        ben.delete_call_comment(&of(&answer)).await.unwrap();
        assert_eq!(texts(&ana, made).await.len(), 1);
        say(&ben, made, "<p>More</p>").await;
        app.super_admin().delete_call_comment(&of(&first)).await.unwrap();
        assert_eq!(texts(&ana, made).await, ["<p>More</p>"]);
        app.shows(&["CALL-10"]);
    }
);

test_on_both!(
    /// What breaks a rule is named, and nothing is written.
    a_comment_that_cannot_be_is_refused,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let timed = CreateCall { duration_ms: Some(60_000), ..request(app, "Refund") };
        let made = ana.create_call(&timed).await.unwrap().id;
        let other = call(app, &ana, "Other").await.id;
        let first = say(&ana, made, "<p>One</p>").await;
        let answer = CreateCallComment { parent_id: Some(first.id), ..comment("<p>Two</p>") };
        let answered = ben.create_call_comment(&path(made), &answer).await.unwrap();
        let to_answer = CreateCallComment { parent_id: Some(answered.id), ..answer.clone() };
        let timed_answer = CreateCallComment { at_ms: Some(1), ..answer.clone() };
        let late = CreateCallComment { at_ms: Some(60_001), ..comment("<p>x</p>") };
        for (call_id, request, field) in [
            (made, comment("<p> </p>"), "html"),
            (made, late, "at_ms"),
            (made, timed_answer, "at_ms"),
            (made, to_answer, "parent_id"),
            (other, answer, "parent_id"),
        ] {
            let refused = ben.create_call_comment(&path(call_id), &request).await.unwrap_err();
            assert!(refused.field(field).is_some(), "{field}: {refused:?}");
        }
        assert_eq!(texts(&ana, made).await.len(), 2);
        let viewer = app.user("Vera", BuiltinRole::Viewer).await;
        let refused = viewer.create_call_comment(&path(made), &comment("<p>x</p>")).await.unwrap_err();
        assert_eq!(refused.status(), Some(403));
    }
);

test_on_both!(
    /// CALL-16: who is mentioned is notified in the app, once, and by mail when away; nobody is who may not see the call.
    who_is_mentioned_is_notified,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let narrow = user_with(app, "Nora", RecordAccess::Own).await;
        let made = call(app, &ana, "Refund").await.id;
        let mention = CreateCallComment {
            mentioned_user_ids: vec![ben.id(), ben.id(), ana.id()],
            ..comment("<p>@Ben please look</p>")
        };
        let said = ana.create_call_comment(&path(made), &mention).await.unwrap();
        let of_ben = told(app, &ben).await;
        let [notice] = of_ben.as_slice() else { panic!("{of_ben:?}") };
        assert_eq!((notice.kind, notice.thread_id), (NotificationKind::Mentioned, None));
        assert_eq!((notice.call_id, notice.comment_id), (Some(made), Some(said.id)));
        assert_eq!((notice.from_name.as_str(), notice.preview.as_str()), ("Ana", "@Ben please look"));
        assert_eq!(told(app, &ana).await, []);
        let again = EditCallComment { mentioned_user_ids: vec![ben.id()], ..edit("<p>@Ben look here</p>") };
        ana.edit_call_comment(&of(&said), &again).await.unwrap();
        assert_eq!(told(app, &ben).await.len(), 1);
        let hidden = CreateCallComment { mentioned_user_ids: vec![narrow.id()], ..comment("<p>@Nora</p>") };
        let refused = ana.create_call_comment(&path(made), &hidden).await.unwrap_err();
        assert!(refused.field("mentioned_user_ids").unwrap().contains("may not see the call"), "{refused:?}");

        app.clock().advance(240);
        app.run_jobs().await;
        let mails = app.super_admin().list_mails(&ListMails::default()).await.unwrap().items;
        let [mail] = mails.as_slice() else { panic!("{mails:?}") };
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("ben@example.org", "Ana mentioned you"));

        let of_call = ReadNotifications { up_to: None, thread_id: None, call_id: Some(made) };
        ben.read_notifications(&of_call).await.unwrap();
        assert_eq!(ben.count_unread_notifications().await.unwrap().count, 0);
        app.super_admin().delete_call(&path(made)).await.unwrap();
        assert_eq!(told(app, &ben).await, []);
        app.shows(&["CALL-16"]);
    }
);
