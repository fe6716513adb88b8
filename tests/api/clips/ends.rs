use rapport_tests::{TestApp, User, test_on_both};
use reqwest::Method;
use serde_json::Value;
use types::accounts::UserPath;
use types::calls::UpdateCall;
use types::clips::{ClipLinkPath, ClipLinkState, CreateClipLink, NewClipLink, UpdateClipSettings};
use types::{CallId, ClipId};

use super::desk::{clip, link, of, open, plain, recorded, secret, status};
use crate::calls::desk::path;

const DAY: i64 = 24 * 60 * 60;

/// What every address of a link answers, and how it says the link has ended.
async fn answers(app: &TestApp, link: &NewClipLink, media: &str) -> Vec<(u16, Option<String>)> {
    let token = secret(link).token;
    let facts = format!("/v1/shared_clips/{token}");
    let mut answers = Vec::new();
    for (method, url) in [
        (Method::GET, facts.clone()),
        (Method::POST, format!("{facts}/open")),
        (Method::GET, media.to_owned()),
        (Method::GET, media.replace("/content?", "/transcript?")),
    ] {
        let request = app.raw(method.clone(), &url);
        let request = if method == Method::POST { request.json(&serde_json::json!({})) } else { request };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let problem: Value = answer.json().await.unwrap_or_default();
        answers.push((status, problem["extra"]["state"].as_str().map(str::to_owned)));
    }
    answers
}

async fn state(user: &User, clip: ClipId) -> ClipLinkState {
    user.get_clip(&of(clip)).await.unwrap().links[0].state
}

fn gone(state: &str) -> Vec<(u16, Option<String>)> {
    vec![(410, Some(state.to_owned())); 4]
}

test_on_both!(
    /// Bad input: a link after it was revoked opens nothing, also for whoever was playing.
    a_revoked_link_opens_nothing,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 5000).await;
        let made = clip(&ana, call).await;
        let (ended, other) = (link(&ana, made.id, &plain()).await, link(&ana, made.id, &plain()).await);
        let media = open(app, &ended).await.media_url;
        assert_eq!(status(app, &media).await, 200);
        let path = ClipLinkPath { clip_id: made.id, clip_link_id: ended.link.id };
        ana.revoke_clip_link(&path).await.unwrap();
        ana.revoke_clip_link(&path).await.unwrap();
        assert_eq!(answers(app, &ended, &media).await, gone("revoked"));
        let page = app.raw(Method::GET, &format!("/clip/{}", secret(&ended).token)).send().await.unwrap();
        assert_eq!(page.status(), 410);
        assert!(page.text().await.unwrap().contains("This link has ended"));
        assert_eq!(status(app, &open(app, &other).await.media_url).await, 200);
        let states: Vec<_> = ana.get_clip(&of(made.id)).await.unwrap().links.iter().map(|link| link.state).collect();
        assert_eq!(states, [ClipLinkState::Active, ClipLinkState::Revoked]);
    }
);

test_on_both!(
    /// Bad input: a link after its time; and the times that a link may have.
    an_expired_link_opens_nothing,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 5100).await;
        let made = clip(&ana, call).await;
        let now = app.clock().now();
        let until = |seconds| CreateClipLink { expires_at: Some(now.plus_seconds(seconds)), ..plain() };
        for bad in [-1, 91 * DAY] {
            let refused = ana.create_clip_link(&of(made.id), &until(bad)).await.unwrap_err();
            assert!(refused.status() == Some(422) && refused.to_string().contains("expires_at"), "{refused}");
        }
        let by_default = link(&ana, made.id, &plain()).await.link.expires_at;
        assert!(by_default.seconds_since(now).abs_diff(14 * DAY) < 60);
        let short = link(&ana, made.id, &until(3600)).await;
        let media = open(app, &short).await.media_url;
        app.clock().set(now.plus_seconds(3601));
        assert_eq!(answers(app, &short, &media).await, gone("expired"));
        let page = app.raw(Method::GET, &format!("/clip/{}", secret(&short).token)).send().await.unwrap();
        assert_eq!(page.status(), 410);
        assert!(page.text().await.unwrap().contains("This link has expired"));
        app.clock().reset();
    }
);

test_on_both!(
    /// Bad input: an opened link with its parameters changed. No parameter names a range, so none reaches beyond it.
    a_changed_address_names_nothing,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 5200).await;
        let (one, two) = (clip(&ana, call).await, clip(&ana, call).await);
        let (link_one, link_two) = (link(&ana, one.id, &plain()).await, link(&ana, two.id, &plain()).await);
        let media = open(app, &link_one).await.media_url;
        let signed = media.split_once('?').unwrap().1;
        let (path, token) = (media.split_once('?').unwrap().0, secret(&link_one).token);
        let later = signed.replacen("expires=1", "expires=2", 1);
        let of_other = path.replace(&token, &secret(&link_two).token);
        for (url, expected) in [
            (format!("{path}?{later}"), 404),
            (format!("{path}?{}", signed.replacen("signature=", "signature=A", 1)), 404),
            (format!("{of_other}?{signed}"), 404),
            (format!("{path}?{signed}&from_ms=0&until_ms=10000"), 422),
            (path.to_owned(), 422),
            (media.clone(), 200),
        ] {
            assert_eq!(status(app, &url).await, expected, "{url}");
        }
        app.clock().set(app.clock().now().plus_seconds(2 + 3600 + 60));
        assert_eq!(status(app, &media).await, 404, "an opening lasts for an hour beyond the clip");
        app.clock().reset();
    }
);

async fn allow_links(app: &TestApp, links: bool) {
    let settings = UpdateClipSettings { links, default_days: 14, most_days: 90, color: "#0B6E4F".to_owned() };
    app.super_admin().update_clip_settings(&settings).await.unwrap();
}

/// Has a call be somebody else's, and private.
async fn take_away(app: &TestApp, call: CallId) {
    let admin = app.super_admin();
    let now = admin.get_call(&path(call)).await.unwrap();
    let taken = UpdateCall {
        title: now.title,
        direction: now.direction,
        started_at: now.started_at,
        duration_ms: now.duration_ms,
        owner_id: Some(admin.id()),
        outcome: now.outcome,
        private: true,
    };
    admin.update_call(&path(call), &taken).await.unwrap();
}

test_on_both!(
    /// A link rests as long as whoever made it may not share the call, or nothing is shared with people outside.
    a_link_ends_with_the_right_to_share,
    async |app| {
        let (ana, admin) = (app.agent("Ana").await, app.super_admin());
        let call = recorded(app, &ana, 5300).await;
        let made = clip(&ana, call).await;
        let shared = link(&ana, made.id, &plain()).await;
        let media = open(app, &shared).await.media_url;
        allow_links(app, false).await;
        assert_eq!(answers(app, &shared, &media).await, gone("suspended"));
        assert_eq!(ana.create_clip_link(&of(made.id), &plain()).await.unwrap_err().status(), Some(409));
        allow_links(app, true).await;
        assert_eq!(status(app, &media).await, 200);
        assert_eq!(app.anonymous().get_shared_clip(&secret(&shared)).await.unwrap().color, "#0b6e4f");
        admin.deactivate_user(&UserPath { user_id: ana.id() }).await.unwrap();
        assert_eq!(answers(app, &shared, &media).await, gone("suspended"));
        assert_eq!(state(admin, made.id).await, ClipLinkState::Suspended);
        admin.reactivate_user(&UserPath { user_id: ana.id() }).await.unwrap();
        assert_eq!(status(app, &media).await, 200);
        take_away(app, call).await;
        assert_eq!(answers(app, &shared, &media).await, gone("suspended"));
    }
);
