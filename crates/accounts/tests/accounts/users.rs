use actix_web::http::{Method, StatusCode};
use futures_util::future::join_all;
use platform::Engine;
use serde_json::json;

use crate::start::{administrator, ask, member, node, on_both_engines, role};

on_both_engines! {
    deactivation_takes_everything_at_once
    of_fifty_who_take_the_last_administrators_away_one_is_refused
    nobody_rises_above_themselves
    teams_come_and_go
}

async fn deactivation_takes_everything_at_once(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (id, bob) = member(ctx, &admin, "bob@example.com", "administrator").await;
    let body = json!({ "name": "Sync", "scopes": ["read_threads"] });
    let made = ask(Method::POST, "/v1/api_tokens").token(&bob).body(body).of(ctx).await.ok();
    let secret = made.text("secret");
    assert!(secret.starts_with("rt_") && secret.len() == 46);
    let me = ask(Method::GET, "/v1/me").token(&secret).of(ctx).await.ok();
    assert_eq!(me.body["permissions"], json!(["read_threads"]));
    let forbidden = ask(Method::GET, "/v1/mails").token(&secret).of(ctx).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    ask(Method::POST, &format!("/v1/users/{id}/deactivate")).token(&admin).of(ctx).await.ok();
    for token in [&bob, &secret] {
        let me = ask(Method::GET, "/v1/me").token(token).of(ctx).await;
        assert_eq!(me.status, StatusCode::UNAUTHORIZED);
    }
    let body = json!({ "email": "bob@example.com", "password": crate::start::PASSWORD });
    let refused = ask(Method::POST, "/v1/sessions").body(body).of(ctx).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "deactivated"));
    let log = ask(Method::GET, "/v1/audit_entries?action=user.deact").token(&admin).of(ctx).await.ok();
    assert_eq!(log.body["items"][0]["subject_id"], id.as_str());
    assert_eq!(log.body["items"][0]["actor_name"], "Ann Admin");
}

async fn of_fifty_who_take_the_last_administrators_away_one_is_refused(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (ann, _) = administrator(ctx).await;
    let (bob_id, bob) = member(ctx, &ann, "bob@example.com", "super_administrator").await;
    let ann_id =
        ask(Method::GET, "/v1/me").token(&ann).of(ctx).await.body["user"]["id"].as_str().unwrap().to_owned();
    let agent = role(ctx, &ann, "agent").await;
    let demotions = (0..50).map(|number| {
        let (id, token) = if number % 2 == 0 { (&ann_id, &ann) } else { (&bob_id, &bob) };
        let (path, body) = (format!("/v1/users/{id}"), json!({ "role_id": agent }));
        async move { ask(Method::PATCH, &path).token(token).body(body).of(ctx).await.status }
    });
    let outcomes = join_all(demotions).await;
    assert!(outcomes.contains(&StatusCode::CONFLICT), "{outcomes:?}");
    let left = [(&ann, &ann_id), (&bob, &bob_id)].map(|(token, _)| token);
    let mut able = 0;
    for token in left {
        let me = ask(Method::GET, "/v1/me").token(token).of(ctx).await.ok();
        able += usize::from(me.body["permissions"].as_array().unwrap().contains(&json!("manage_roles")));
    }
    assert_eq!(able, 1);
}

async fn nobody_rises_above_themselves(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (ann, _) = administrator(ctx).await;
    let ann_id =
        ask(Method::GET, "/v1/me").token(&ann).of(ctx).await.body["user"]["id"].as_str().unwrap().to_owned();
    let (_, bob) = member(ctx, &ann, "bob@example.com", "administrator").await;
    let highest = role(ctx, &ann, "super_administrator").await;
    let body = json!({ "name": "Eve", "email": "eve@example.com", "role_id": highest });
    let invited = ask(Method::POST, "/v1/users").token(&bob).body(body).of(ctx).await;
    assert_eq!(invited.status, StatusCode::FORBIDDEN);
    for path in ["deactivate", "sign_out"] {
        let touched = ask(Method::POST, &format!("/v1/users/{ann_id}/{path}")).token(&bob).of(ctx).await;
        assert_eq!(touched.status, StatusCode::FORBIDDEN);
    }
    let body = json!({ "name": "All", "scopes": ["manage_roles"] });
    let token = ask(Method::POST, "/v1/api_tokens").token(&bob).body(body).of(ctx).await;
    assert_eq!(token.status, StatusCode::FORBIDDEN);
    // A reset link of somebody who may do more would be a way up.
    ask(Method::POST, "/v1/password_resets").body(json!({ "email": "ann@example.com" })).of(ctx).await.ok();
    ctx.run_jobs_until_idle().await.unwrap();
    let read = |token: String| async move {
        let mails = ask(Method::GET, "/v1/mails").token(&token).of(ctx).await.ok();
        mails.body["items"][0]["text"].as_str().unwrap().contains('#')
    };
    assert!(read(ann).await);
    assert!(!read(bob).await);
}

async fn teams_come_and_go(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (bob_id, _) = member(ctx, &admin, "bob@example.com", "agent").await;
    let save = |name: &str, members: &[&str]| json!({ "name": name, "member_ids": members });
    let team =
        ask(Method::POST, "/v1/teams").token(&admin).body(save("Support", &[&bob_id])).of(ctx).await.ok();
    let taken = ask(Method::POST, "/v1/teams").token(&admin).body(save("support", &[])).of(ctx).await;
    assert_eq!(taken.body["errors"][0]["code"], "taken");
    let unknown = ask(Method::POST, "/v1/teams").token(&admin).body(save("Other", &["1"])).of(ctx).await;
    assert_eq!(unknown.body["errors"][0]["field"], "member_ids");
    let path = format!("/v1/teams/{}", team.text("id"));
    let changed = ask(Method::PUT, &path).token(&admin).body(save("Help", &[])).of(ctx).await.ok();
    assert_eq!(changed.body["member_ids"], json!([]));
    ask(Method::DELETE, &path).token(&admin).of(ctx).await.ok();
    let gone = ask(Method::PUT, &path).token(&admin).body(save("Help", &[])).of(ctx).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    ask(Method::POST, "/v1/teams").token(&admin).body(save("Help", &[])).of(ctx).await.ok();
    let teams = ask(Method::GET, "/v1/teams").token(&admin).of(ctx).await.ok();
    assert_eq!(teams.body["items"].as_array().unwrap().len(), 1);
}
