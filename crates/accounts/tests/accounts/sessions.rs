use actix_web::http::{Method, StatusCode};
use platform::Engine;
use serde_json::json;

use crate::start::{PASSWORD, administrator, ask, link_of, member, node, on_both_engines};

on_both_engines! {
    the_first_administrator_is_made_once
    sign_in_is_refused_and_limited
    a_refresh_token_rotates_with_grace
    signing_out_ends_the_access_token_at_once
    a_second_factor_is_asked_for_and_used_once
    a_password_is_reset_by_a_link_once
}

async fn the_first_administrator_is_made_once(engine: Engine) {
    let node = node(engine).await;
    let setup = ask(Method::GET, "/v1/setup").of(&node.ctx).await.ok();
    assert_eq!(setup.body["needs_administrator"], true);
    let (token, _) = administrator(&node.ctx).await;
    let me = ask(Method::GET, "/v1/me").token(&token).of(&node.ctx).await.ok();
    assert_eq!(me.body["user"]["email"], "ann@example.com");
    assert_eq!(me.body["permissions"].as_array().unwrap().len(), types::Permission::ALL.len());
    let again = json!({ "name": "B", "email": "b@x.com", "password": PASSWORD, "company_name": "X" });
    let again = ask(Method::POST, "/v1/setup").body(again).of(&node.ctx).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "already_set_up"));
}

async fn sign_in_is_refused_and_limited(engine: Engine) {
    let node = node(engine).await;
    administrator(&node.ctx).await;
    let sign_in = |email: &str, password: &str| {
        ask(Method::POST, "/v1/sessions").body(json!({ "email": email, "password": password }))
    };
    sign_in(" ANN@example.com", PASSWORD).of(&node.ctx).await.ok();
    for (email, password) in [("ann@example.com", "wrong password"), ("nobody@example.com", PASSWORD)] {
        let refused = sign_in(email, password).of(&node.ctx).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "wrong_credentials"));
    }
    for _ in 0..8 {
        sign_in("ann@example.com", "wrong password").of(&node.ctx).await;
    }
    let limited = sign_in("ann@example.com", PASSWORD).of(&node.ctx).await;
    assert_eq!(limited.code(), "rate_limited");
    node.ctx.clock().advance(15 * 60);
    sign_in("ann@example.com", PASSWORD).of(&node.ctx).await.ok();
}

async fn a_refresh_token_rotates_with_grace(engine: Engine) {
    let node = node(engine).await;
    let (_, first) = administrator(&node.ctx).await;
    let refresh = |cookie: String| {
        let ctx = node.ctx.clone();
        async move { ask(Method::POST, "/v1/sessions/refresh").cookie(&cookie).of(&ctx).await }
    };
    let tabs = futures_util::future::join_all((0..20).map(|_| refresh(first.clone()))).await;
    let mut successors: Vec<String> = tabs.into_iter().map(|tab| tab.ok().cookie.unwrap()).collect();
    successors.dedup();
    let [second] = successors.as_slice() else { panic!("{successors:?}") };
    let third = refresh(second.clone()).await.ok();
    let access = third.text("access_token");
    node.ctx.clock().advance(31);
    let stolen = refresh(first.clone()).await;
    assert_eq!((stolen.status, stolen.code()), (StatusCode::UNAUTHORIZED, "session_reused"));
    let ended = refresh(third.cookie.unwrap()).await;
    assert_eq!(ended.code(), "unauthenticated");
    let ended = ask(Method::GET, "/v1/me").token(&access).of(&node.ctx).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
}

async fn signing_out_ends_the_access_token_at_once(engine: Engine) {
    let node = node(engine).await;
    let (token, cookie) = administrator(&node.ctx).await;
    ask(Method::GET, "/v1/me").token(&token).of(&node.ctx).await.ok();
    let out = ask(Method::DELETE, "/v1/sessions/current").token(&token).of(&node.ctx).await.ok();
    assert_eq!(out.cookie.as_deref(), Some(""));
    let me = ask(Method::GET, "/v1/me").token(&token).of(&node.ctx).await;
    assert_eq!(me.status, StatusCode::UNAUTHORIZED);
    let refresh = ask(Method::POST, "/v1/sessions/refresh").cookie(&cookie).of(&node.ctx).await;
    assert_eq!(refresh.code(), "unauthenticated");
}

async fn a_second_factor_is_asked_for_and_used_once(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    node.ctx.clock().set(types::Timestamp(1_800_000_000_000_000));
    let (token, _) = administrator(ctx).await;
    let setup = ask(Method::POST, "/v1/me/totp").token(&token).of(ctx).await.ok();
    let secret = totp_rs::Secret::try_from_base32(setup.text("secret")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = |ahead: i64| totp.generate(u64::try_from(1_800_000_000 + ahead).unwrap()).to_string();
    let wrong = ask(Method::POST, "/v1/me/totp/confirm").token(&token).body(json!({ "code": "000000" }));
    assert_eq!(wrong.of(ctx).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let confirm = ask(Method::POST, "/v1/me/totp/confirm").token(&token).body(json!({ "code": code(0) }));
    let recovery = confirm.of(ctx).await.ok().body["codes"][0].as_str().unwrap().to_owned();
    let sign_in = |code: Option<String>| {
        let body = json!({ "email": "ann@example.com", "password": PASSWORD, "code": code });
        ask(Method::POST, "/v1/sessions").body(body)
    };
    assert_eq!(sign_in(None).of(ctx).await.code(), "second_factor_required");
    // The code of the confirmation was used up by it.
    assert_eq!(sign_in(Some(code(0))).of(ctx).await.code(), "wrong_second_factor");
    sign_in(Some(code(30))).of(ctx).await.ok();
    assert_eq!(sign_in(Some(code(30))).of(ctx).await.code(), "wrong_second_factor");
    sign_in(Some(recovery.clone())).of(ctx).await.ok();
    assert_eq!(sign_in(Some(recovery)).of(ctx).await.code(), "wrong_second_factor");
    let off = ask(Method::POST, "/v1/me/totp/disable").token(&token).body(json!({ "password": PASSWORD }));
    off.of(ctx).await.ok();
    sign_in(None).of(ctx).await.ok();
}

async fn a_password_is_reset_by_a_link_once(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (_, token) = member(ctx, &admin, "bob@example.com", "agent").await;
    for email in ["bob@example.com", "nobody@example.com"] {
        let asked = ask(Method::POST, "/v1/password_resets").body(json!({ "email": email })).of(ctx).await;
        assert_eq!(asked.status, StatusCode::NO_CONTENT);
    }
    ctx.run_jobs_until_idle().await.unwrap();
    let link = link_of(ctx, &admin, "bob@example.com").await;
    let complete = |password: &str| {
        let body = json!({ "token": link, "password": password });
        ask(Method::POST, "/v1/password_resets/complete").body(body)
    };
    assert_eq!(complete("short").of(ctx).await.body["errors"][0]["field"], "password");
    complete("another horse").of(ctx).await.ok();
    assert_eq!(complete("another horse").of(ctx).await.code(), "link_expired");
    let me = ask(Method::GET, "/v1/me").token(&token).of(ctx).await;
    assert_eq!(me.status, StatusCode::UNAUTHORIZED);
    let body = json!({ "email": "bob@example.com", "password": "another horse" });
    ask(Method::POST, "/v1/sessions").body(body).of(ctx).await.ok();
}
