use client::ClientError;
use rapport_tests::{TestApp, User, test_on_both};
use types::clips::{CreateClip, ListClips, UpdateClip};
use types::{CallId, Permission};

use super::desk::{clip, of, recorded, request};
use crate::calls::desk::{call, path};
use crate::calls::transcribed::{TALK, import, segments};

/// The fields that a clip was refused for, with the rules.
async fn refused(user: &User, call: CallId, request: &CreateClip) -> Vec<(String, String)> {
    match user.create_clip(&path(call), request).await.unwrap_err() {
        ClientError::Problem(problem) => {
            problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
        }
        other => panic!("{other}"),
    }
}

async fn titles(user: &User, query: &ListClips) -> Vec<String> {
    user.list_clips(query).await.unwrap().items.into_iter().map(|clip| clip.title).collect()
}

test_on_both!(
    /// CALL-35, 37, 44, 45: from the beginning to the end is the whole recording; a clip is called as its call unless told.
    a_clip_is_a_range_of_the_recording,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 9000).await;
        let whole = ana.create_clip(&path(call), &request(0, 10_000)).await.unwrap();
        assert!(whole.is_whole);
        assert_eq!((whole.title.as_str(), whole.call_title.as_str()), ("A call about wood", "A call about wood"));
        assert!(whole.url.ends_with(&format!("/calls/{call}?clip={}", whole.id)), "{}", whole.url);
        let named = CreateClip {
            title: Some(" The price ".to_owned()),
            message: Some("Listen to this.\nIt matters.".to_owned()),
            ..request(3000, 5000)
        };
        let part = ana.create_clip(&path(call), &named).await.unwrap();
        assert_eq!((part.is_whole, part.from_ms, part.until_ms), (false, 3000, 5000));
        assert_eq!((part.title.as_str(), part.message.as_deref()), ("The price", named.message.as_deref()));
        assert_eq!((part.created_by, part.cut.clone(), part.links.len()), (ana.id(), None, 0));
        assert_eq!(ana.get_clip(&of(part.id)).await.unwrap(), part);
        assert_eq!(titles(&ana, &ListClips::default()).await, ["The price", "A call about wood"]);
        let first = ListClips { limit: Some(1), call_id: Some(call), ..ListClips::default() };
        let page = ana.list_clips(&first).await.unwrap();
        let second = ListClips { cursor: page.next_cursor, ..first };
        assert_eq!(titles(&ana, &second).await, ["A call about wood"]);
        let others = ListClips { created_by: Some(app.super_admin().id()), ..ListClips::default() };
        assert!(titles(&ana, &others).await.is_empty());
        app.shows(&["CALL-35", "CALL-37", "CALL-44", "CALL-45"]);
    }
);

test_on_both!(
    /// CALL-36: a clip begins with a line of the transcript.
    a_clip_begins_with_a_line,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 9050).await;
        import(&ana, call, TALK).await;
        let line = segments(&ana, call).await.remove(1);
        let made = ana.create_clip(&path(call), &request(line.start_ms, 10_000)).await.unwrap();
        assert_eq!((made.from_ms, made.until_ms, made.is_whole), (4000, 10_000, false));
        app.shows(&["CALL-36"]);
    }
);

test_on_both!(
    /// Bad input: ends outside the recording, reversed, too near to each other; a rule that is broken is named.
    the_ends_of_a_clip_are_checked,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 9100).await;
        for (from, until, field, rule) in [
            (0, 10_001, "until_ms", "out_of_range"),
            (-1, 5000, "from_ms", "out_of_range"),
            (5000, 3000, "until_ms", "reversed"),
            (5000, 5000, "until_ms", "reversed"),
            (5000, 5999, "until_ms", "too_short"),
            (i64::MAX, i64::MAX, "from_ms", "out_of_range"),
            (i64::MIN, 4000, "from_ms", "out_of_range"),
        ] {
            let found = refused(&ana, call, &request(from, until)).await;
            assert!(found.contains(&(field.to_owned(), rule.to_owned())), "{from} to {until}: {found:?}");
        }
        let wordy = CreateClip {
            title: Some("x".repeat(201)),
            message: Some("x".repeat(2001)),
            ..request(0, 2000)
        };
        let fields: Vec<_> = refused(&ana, call, &wordy).await.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "message"]);
        let nowhere = CreateClip { folder_id: Some(types::ClipFolderId(7)), ..request(0, 2000) };
        assert_eq!(refused(&ana, call, &nowhere).await[0].0, "folder_id");
        assert!(titles(&ana, &ListClips::default()).await.is_empty());
    }
);

async fn status_of(user: &User, call: CallId) -> Option<u16> {
    user.create_clip(&path(call), &request(0, 2000)).await.unwrap_err().status()
}

async fn check_permission(app: &TestApp, call: CallId, of_ana: types::ClipId) {
    let (vera, program) = (app.viewer("Vera").await, [Permission::ReadCalls]);
    let program = app.token(app.super_admin(), &program).await;
    for somebody in [&vera, &program] {
        assert_eq!(status_of(somebody, call).await, Some(403));
        assert_eq!(somebody.get_clip(&of(of_ana)).await.unwrap().id, of_ana);
        let change = UpdateClip { title: "Mine".to_owned(), message: None, folder_id: None };
        assert_eq!(somebody.update_clip(&of(of_ana), &change).await.unwrap_err().status(), Some(403));
        assert_eq!(somebody.delete_clip(&of(of_ana)).await.unwrap_err().status(), Some(403));
    }
    let blind = app.token(app.super_admin(), &[Permission::UseCallIntelligence]).await;
    assert_eq!(status_of(&blind, call).await, Some(404));
    assert_eq!(blind.get_clip(&of(of_ana)).await.unwrap_err().status(), Some(404));
    assert_eq!(blind.list_clips(&ListClips::default()).await.unwrap_err().status(), Some(403));
}

test_on_both!(
    /// CALL-34: clips are made by those whose seat has conversation intelligence; others may look at them.
    sharing_takes_the_permission,
    async |app| {
        let ana = app.agent("Ana").await;
        let recorded = recorded(app, &ana, 9200).await;
        let of_ana = clip(&ana, recorded).await.id;
        check_permission(app, recorded, of_ana).await;
        let silent = call(app, &ana, "Nothing recorded").await.id;
        assert_eq!(status_of(&ana, silent).await, Some(409));
        app.shows(&["CALL-34"]);
    }
);

test_on_both!(
    /// What a clip is called and why it is shared can change; where it begins and ends cannot.
    a_clip_is_renamed,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 9300).await;
        let made = clip(&ana, call).await;
        let change = UpdateClip { title: "The price".to_owned(), message: None, folder_id: None };
        let changed = ana.update_clip(&of(made.id), &change).await.unwrap();
        assert_eq!((changed.title.as_str(), changed.from_ms, changed.until_ms), ("The price", 3000, 5000));
        let empty = UpdateClip { title: " ".to_owned(), ..change };
        assert_eq!(ana.update_clip(&of(made.id), &empty).await.unwrap_err().status(), Some(422));
        assert_eq!(ana.get_clip(&of(made.id)).await.unwrap().title, "The price");
    }
);
