use rapport_tests::{ClientError, TestApp, User, test_on_both};
use types::accounts::{SaveRole, UpdateUser, UserPath};
use types::calls::{CallNote, CreateCall, SaveCallNote};
use types::crm::{ListTimeline, ObjectKind, TimelineEvent};
use types::{CallId, ErrorCode, Event, Permission, RecordAccess};

use super::desk::{call, contact, path, request};
use super::transcribed::zoe;

fn note(html: &str, version: i64) -> SaveCallNote {
    SaveCallNote { html: html.to_owned(), version }
}

async fn write(by: &User, call: CallId, html: &str, version: i64) -> CallNote {
    by.save_call_note(&path(call), &note(html, version)).await.unwrap()
}

/// A user who may change calls, and not use transcripts.
async fn free_user(app: &TestApp) -> User {
    let role = SaveRole {
        name: "Free".to_owned(),
        permissions: [Permission::ReadCalls, Permission::EditCalls].into(),
        record_access: RecordAccess::Everything,
    };
    let role = app.super_admin().create_role(&role).await.unwrap();
    let user = app.agent("Otto").await;
    let change = UpdateUser { name: None, role_id: Some(role.id) };
    app.super_admin().update_user(&UserPath { user_id: user.id() }, &change).await.unwrap();
    user
}

test_on_both!(
    /// CALL-10, 20, 21, 24: a note is written and changed; what somebody has written meanwhile is not overwritten, and comes
    /// back with the refusal.
    a_note_is_written_together,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let made = call(app, &ana, "Refund").await.id;
        let empty = ben.get_call_note(&path(made)).await.unwrap();
        assert_eq!(empty, CallNote { html: String::new(), version: 0, updated_by: None, updated_at: None });
        let mut of_ben = ben.listen(None).await;
        let first = write(&ana, made, "<p>Wants a <b>refund</b><script>alert(1)</script></p>", 0).await;
        assert_eq!((first.html.as_str(), first.version), ("<p>Wants a <b>refund</b></p>", 1));
        assert_eq!(first.updated_by, Some(ana.id()));
        of_ben.next_event(|event| *event == Event::CallNoteChanged { call_id: made }).await;
        assert_eq!(ben.get_call_note(&path(made)).await.unwrap(), first);
        let second = write(&ben, made, "<p>Wants an apology</p>", 1).await;
        let refused = ana.save_call_note(&path(made), &note("<p>Mine</p>", 1)).await.unwrap_err();
        assert_eq!((refused.status(), refused.code()), (Some(409), Some(ErrorCode::NewerNote)));
        let ClientError::Problem(problem) = refused else { panic!("{refused}") };
        let newer: CallNote = serde_json::from_value(problem.extra.unwrap()["note"].clone()).unwrap();
        assert_eq!(newer, second);
        assert_eq!(write(&ana, made, "", 2).await.html, "");
        let long = "x".repeat(100_001);
        let refused = ana.save_call_note(&path(made), &note(&long, 3)).await.unwrap_err();
        assert!(refused.field("html").is_some());
        app.shows(&["CALL-20", "CALL-21", "CALL-24"]);
    }
);

test_on_both!(
    /// CALL-22, 23, 25: whoever may use transcripts links moments; links that are there survive what others write, who may
    /// make none.
    moments_are_linked_by_those_who_may,
    async |app| {
        let (ana, otto) = (app.agent("Ana").await, free_user(app).await);
        let timed = CreateCall { duration_ms: Some(90_000), ..request(app, "Refund") };
        let made = ana.create_call(&timed).await.unwrap().id;
        let link = |ms: i64| format!("<p>At <a data-at-ms=\"{ms}\">1:23</a></p>");
        let refused = otto.save_call_note(&path(made), &note(&link(83_000), 0)).await.unwrap_err();
        assert!(refused.field("html").unwrap().contains("use_call_intelligence"), "{refused:?}");
        let written = write(&ana, made, &link(83_000), 0).await;
        assert!(written.html.contains("data-at-ms=\"83000\""), "{}", written.html);
        let kept = write(&otto, made, &format!("{}<p>Called back</p>", written.html), 1).await;
        assert!(kept.html.contains("data-at-ms=\"83000\""), "{}", kept.html);
        let moved = otto.save_call_note(&path(made), &note(&link(84_000), 2)).await.unwrap_err();
        assert!(moved.field("html").is_some());
        let beyond = ana.save_call_note(&path(made), &note(&link(90_001), 2)).await.unwrap_err();
        assert!(beyond.field("html").unwrap().contains("90000"), "{beyond:?}");
        app.shows(&["CALL-22", "CALL-23", "CALL-25"]);
    }
);

test_on_both!(
    /// CALL-10: the timelines of what a call belongs to show its note as it is now.
    a_note_is_on_the_timeline,
    async |app| {
        let (ana, zoe) = (app.agent("Ana").await, zoe(app).await);
        let participants = vec![contact(zoe.id)];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap().id;
        let noted = async || {
            let query = ListTimeline { kind: ObjectKind::Contact, id: zoe.id.into(), cursor: None, limit: None };
            let entries = ana.list_timeline(&query).await.unwrap().items.into_iter();
            let previews = entries.filter_map(|entry| match entry.event {
                TimelineEvent::CallNoted { record, preview } => Some((record, preview, entry.user_id)),
                _ => None,
            });
            previews.collect::<Vec<_>>()
        };
        assert_eq!(noted().await, []);
        write(&ana, made, "<p>Wants a refund</p>", 0).await;
        write(&ana, made, "<p>Wants <i>two</i> refunds</p>", 1).await;
        assert_eq!(noted().await, [(made.into(), "Wants two refunds".to_owned(), Some(ana.id()))]);
        write(&ana, made, "", 2).await;
        assert_eq!(noted().await, []);
    }
);
