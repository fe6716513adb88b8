use rapport_tests::{TestApp, User, test_on_both};
use types::accounts::{ListMails, Mail, NotificationKind, SaveRole, UpdateUser, UserPath};
use types::calls::UpdateCall;
use types::clips::{ClipRefusal, CreateClip, ListClipRecipients, ListClips, ShareClip};
use types::page::PageQuery;
use types::{CallId, Permission, RecordAccess, UserId};

use crate::calls::desk::path;
use crate::clips::desk::{clip, of, recorded, request};

/// A user who may not read the calls of others.
async fn without_recordings(app: &TestApp, name: &str) -> User {
    let role = SaveRole {
        name: "Chat only".to_owned(),
        permissions: [Permission::ReadThreads, Permission::UseCallIntelligence].into(),
        record_access: RecordAccess::Everything,
    };
    let role = app.super_admin().create_role(&role).await.unwrap();
    let user = app.agent(name).await;
    let change = UpdateUser { name: None, role_id: Some(role.id) };
    app.super_admin().update_user(&UserPath { user_id: user.id() }, &change).await.unwrap();
    user
}

/// Why a clip of a call cannot be sent to each user.
async fn refusals(user: &User, call: CallId, search: Option<&str>) -> Vec<(String, Option<ClipRefusal>)> {
    let query = ListClipRecipients { search: search.map(str::to_owned), ..ListClipRecipients::default() };
    let page = user.list_clip_recipients(&path(call), &query).await.unwrap();
    page.items.into_iter().map(|one| (one.name, one.refusal)).collect()
}

async fn mails(app: &TestApp, to: &str) -> Vec<Mail> {
    let all = app.super_admin().list_mails(&ListMails::default()).await.unwrap().items;
    all.into_iter().filter(|mail| mail.to == to && mail.purpose == "clip").collect()
}

/// Makes a call private.
async fn hide(user: &User, call: CallId) {
    let now = user.get_call(&path(call)).await.unwrap();
    let private = UpdateCall {
        title: now.title,
        direction: now.direction,
        started_at: now.started_at,
        duration_ms: now.duration_ms,
        owner_id: now.owner_id,
        outcome: now.outcome,
        private: true,
    };
    user.update_call(&path(call), &private).await.unwrap();
}

test_on_both!(
    /// CALL-40, 41: users who may not view the recording are listed with the reason, and a clip is sent to none of them.
    who_may_not_view_a_call_is_sent_no_clip,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Benjamin").await);
        let chat = without_recordings(app, "Carla").await;
        let call = recorded(app, &ana, 8000).await;
        let listed = refusals(&ana, call, None).await;
        let found = |name: &str| listed.iter().find(|(listed, _)| listed == name).unwrap().1;
        assert_eq!((found("Ana"), found("Benjamin")), (None, None));
        assert_eq!(found("Carla"), Some(ClipRefusal::NoRecordings));
        assert_eq!(refusals(&ana, call, Some("BENJA")).await, [("Benjamin".to_owned(), None)]);
        let both = CreateClip { recipient_ids: vec![ben.id(), chat.id()], ..request(3000, 5000) };
        let refused = ana.create_clip(&path(call), &both).await.unwrap_err();
        assert!(refused.to_string().contains("recipient_ids"), "{refused}");
        assert!(ana.list_clips(&ListClips::default()).await.unwrap().items.is_empty());
        let made = clip(&ana, call).await;
        hide(&ana, call).await;
        assert_eq!(refusals(&ana, call, Some("ben")).await[0].1, Some(ClipRefusal::CallHidden));
        for recipient_ids in [vec![ben.id()], vec![UserId(5)], Vec::new()] {
            let share = ShareClip { recipient_ids };
            assert_eq!(ana.share_clip(&of(made.id), &share).await.unwrap_err().status(), Some(422));
        }
        assert_eq!(ben.get_clip(&of(made.id)).await.unwrap_err().status(), Some(404));
        assert!(mails(app, &ben.profile.email).await.is_empty());
        app.shows(&["CALL-40", "CALL-41"]);
    }
);

test_on_both!(
    /// CALL-38, 39, 43, 46: whoever is chosen gets a mail with the message and the link, and a notification in the app.
    a_shared_clip_is_mailed,
    async |app| {
        let (ana, vera) = (app.agent("Ana").await, app.viewer("Vera").await);
        let call = recorded(app, &ana, 8100).await;
        let share = CreateClip {
            title: Some("The price".to_owned()),
            message: Some("She asks twice.".to_owned()),
            recipient_ids: vec![vera.id(), vera.id(), ana.id()],
            ..request(3000, 5000)
        };
        let made = ana.create_clip(&path(call), &share).await.unwrap();
        let mut both = vec![ana.id(), vera.id()];
        both.sort_unstable();
        assert_eq!(made.recipient_ids, both);
        let mails = mails(app, &vera.profile.email).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.contains("Ana") && mails[0].subject.contains("The price"), "{mails:?}");
        for part in ["She asks twice.", &made.url, "0:03–0:05"] {
            assert!(mails[0].text.contains(part), "{part}: {}", mails[0].text);
        }
        let told = vera.list_notifications(&PageQuery::default()).await.unwrap().items;
        assert_eq!((told[0].kind, told[0].clip_id), (NotificationKind::ClipShared, Some(made.id)));
        assert_eq!((told[0].call_id, told[0].preview.as_str()), (Some(call), "She asks twice."));
        assert!(ana.list_notifications(&PageQuery::default()).await.unwrap().items.is_empty());
        let again = ShareClip { recipient_ids: vec![vera.id()] };
        assert_eq!(ana.share_clip(&of(made.id), &again).await.unwrap().recipient_ids, both);
        let sent_to = ListClips { recipient_id: Some(vera.id()), ..ListClips::default() };
        assert_eq!(vera.list_clips(&sent_to).await.unwrap().items.len(), 1);
        app.shows(&["CALL-38", "CALL-39", "CALL-43", "CALL-46"]);
    }
);

test_on_both!(
    /// CALL-47, 48: the link of a clip can be copied; whoever sees a clip may play the whole recording; the clip only says where to begin.
    a_colleague_may_play_the_whole_recording,
    async |app| {
        let (ana, vera) = (app.agent("Ana").await, app.viewer("Vera").await);
        let call = recorded(app, &ana, 8200).await;
        let share = CreateClip { recipient_ids: vec![vera.id()], ..request(3000, 5000) };
        let made = ana.create_clip(&path(call), &share).await.unwrap();
        assert!(made.url.ends_with(&format!("/calls/{call}?clip={}", made.id)), "{}", made.url);
        let seen = vera.get_clip(&of(made.id)).await.unwrap();
        assert_eq!((seen.from_ms, seen.until_ms), (3000, 5000));
        let whole = vera.create_recording_link(&path(call)).await.unwrap();
        let answer = app.raw(reqwest::Method::GET, &whole.url).send().await.unwrap();
        assert_eq!(answer.content_length(), Some(crate::clips::desk::rising(8200).len() as u64));
        app.shows(&["CALL-47", "CALL-48"]);
    }
);
