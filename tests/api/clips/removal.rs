use diesel::prelude::*;
use diesel::sql_types::BigInt;
use rapport_tests::{TestApp, test_on_both, until};
use types::accounts::ListMails;
use types::calls::{CreateCall, UpdateCallSettings};
use types::clips::{ClipLinkPath, CreateClip, NewClipLink};
use types::crm::{ContactPath, EraseContact};
use types::page::PageQuery;
use types::{CallId, ClipId};

use super::desk::{clip, cut, link, of, open, plain, recorded, request, rising, secret, status};
use crate::calls::desk::{self, path};
use crate::calls::sound::upload;
use crate::calls::transcribed::zoe;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many rows the tables of clips hold, and how many files.
fn left(app: &TestApp) -> (i64, usize) {
    let mut conn = db::testing::connect(app.database().settings()).unwrap();
    let tables = ["clips", "clip_shares", "clip_cuts", "clip_links", "clip_views"];
    let count = |table: &str| {
        let count = diesel::sql_query(format!("SELECT COUNT(*) AS count FROM {table}"));
        count.get_result::<Count>(&mut conn).unwrap().count
    };
    let rows = tables.map(count).iter().sum();
    let files = std::fs::read_dir(app.files().join("clips")).map_or(0, |files| files.count());
    (rows, files)
}

async fn wait_until_gone(app: &TestApp) {
    until("the clip is gone", async || left(app) == (0, 0)).await;
}

/// A clip of a call that was sent to a colleague and opened by somebody outside; its link and the address it plays at.
async fn shared(app: &TestApp, call: CallId) -> (ClipId, NewClipLink, String) {
    let admin = app.super_admin();
    let vera = app.viewer("Vera").await;
    let share = CreateClip { recipient_ids: vec![vera.id()], ..request(3000, 5000) };
    let made = admin.create_clip(&path(call), &share).await.unwrap();
    let link = link(admin, made.id, &plain()).await;
    let media = open(app, &link).await.media_url;
    assert_eq!(left(app), (5, 1));
    assert_eq!(vera.list_notifications(&PageQuery::default()).await.unwrap().items.len(), 1);
    (made.id, link, media)
}

/// Nothing is left of a clip, neither for colleagues nor for people outside.
async fn check_gone(app: &TestApp, clip: ClipId, link: &NewClipLink, media: &str) {
    wait_until_gone(app).await;
    assert_eq!(app.super_admin().get_clip(&of(clip)).await.unwrap_err().status(), Some(404));
    assert_eq!(app.anonymous().get_shared_clip(&secret(link)).await.unwrap_err().status(), Some(404));
    assert_eq!(status(app, media).await, 404);
    let mails = app.super_admin().list_mails(&ListMails::default()).await.unwrap().items;
    assert!(mails.iter().all(|mail| mail.purpose != "clip"), "{mails:?}");
    let mut conn = db::testing::connect(app.database().settings()).unwrap();
    let told = diesel::sql_query("SELECT COUNT(*) AS count FROM notifications WHERE clip_id IS NOT NULL");
    assert_eq!(told.get_result::<Count>(&mut conn).unwrap().count, 0);
}

test_on_both!(
    /// A clip that is deleted goes with its link, its file and the mails it was sent by.
    a_deleted_clip_leaves_nothing,
    async |app| {
        let call = recorded(app, app.super_admin(), 3000).await;
        let (clip, link, media) = shared(app, call).await;
        app.super_admin().delete_clip(&of(clip)).await.unwrap();
        check_gone(app, clip, &link, &media).await;
        assert_eq!(app.super_admin().get_call(&path(call)).await.unwrap().id, call);
    }
);

test_on_both!(
    /// A clip goes with its call.
    a_deleted_call_takes_its_clips_along,
    async |app| {
        let call = recorded(app, app.super_admin(), 3100).await;
        let (clip, link, media) = shared(app, call).await;
        app.super_admin().delete_call(&path(call)).await.unwrap();
        check_gone(app, clip, &link, &media).await;
    }
);

test_on_both!(
    /// A clip goes with its call when that has been kept for as long as the settings say, with its link and its file.
    age_takes_clips_along,
    async |app| {
        let admin = app.super_admin();
        let call = recorded(app, admin, 3150).await;
        let (clip, link, media) = shared(app, call).await;
        let keep = UpdateCallSettings {
            recording: true,
            intelligence: true,
            language: None,
            transcript_votes: true,
            retention_days: Some(1),
            law_checked: true,
        };
        admin.update_call_settings(&keep).await.unwrap();
        let now = app.clock().now();
        app.clock().set(now.plus_seconds(25 * 3600));
        wait_until_gone(app).await;
        app.clock().reset();
        check_gone(app, clip, &link, &media).await;
        assert_eq!(admin.get_call(&path(call)).await.unwrap_err().status(), Some(404));
    }
);

test_on_both!(
    /// A clip goes when the contact is erased who is heard in it.
    an_erased_contact_takes_clips_along,
    async |app| {
        let admin = app.super_admin();
        let zoe = zoe(app).await;
        let call = CreateCall { participants: vec![desk::contact(zoe.id)], ..desk::request(app, "Refund") };
        let call = admin.create_call(&call).await.unwrap().id;
        upload(admin, call, &rising(3200)).await;
        let (clip, link, media) = shared(app, call).await;
        let erase = EraseContact { confirm_name: zoe.name.clone() };
        admin.erase_contact(&ContactPath { contact_id: zoe.id }, &erase).await.unwrap();
        check_gone(app, clip, &link, &media).await;
    }
);

test_on_both!(
    /// The file of a clip goes once no link opens it any more, and comes again with the next link.
    a_cut_that_no_link_opens_goes,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 3300).await;
        let made = clip(&ana, call).await;
        let first = link(&ana, made.id, &plain()).await;
        let path = ClipLinkPath { clip_id: made.id, clip_link_id: first.link.id };
        ana.revoke_clip_link(&path).await.unwrap();
        let now = app.clock().now();
        app.clock().set(now.plus_seconds(3601));
        until("the cut is gone", async || left(app).1 == 0).await;
        app.clock().reset();
        assert_eq!(ana.get_clip(&of(made.id)).await.unwrap().cut, None);
        let second = link(&ana, made.id, &plain()).await;
        assert!(cut(&ana, made.id).await.cut.is_some());
        assert_eq!(status(app, &open(app, &second).await.media_url).await, 200);
    }
);
