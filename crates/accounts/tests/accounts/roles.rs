use actix_web::http::{Method, StatusCode};
use platform::Engine;
use serde_json::json;

use crate::start::{administrator, ask, member, node, on_both_engines, role};

on_both_engines! { a_custom_role_holds_at_once_and_goes_when_unused }

async fn a_custom_role_holds_at_once_and_goes_when_unused(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (bob_id, bob) = member(ctx, &admin, "bob@example.com", "viewer").await;
    let save = |permissions: &[&str]| json!({ "name": "Auditor", "permissions": permissions });
    let made = ask(Method::POST, "/v1/roles").token(&admin).body(save(&["read_audit"])).of(ctx).await.ok();
    let (path, role_id) = (format!("/v1/roles/{}", made.text("id")), made.text("id"));
    let user = format!("/v1/users/{bob_id}");
    ask(Method::PATCH, &user).token(&admin).body(json!({ "role_id": role_id })).of(ctx).await.ok();
    ask(Method::GET, "/v1/audit_entries").token(&bob).of(ctx).await.ok();
    ask(Method::PUT, &path).token(&admin).body(save(&["manage_jobs"])).of(ctx).await.ok();
    let refused = ask(Method::GET, "/v1/audit_entries").token(&bob).of(ctx).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    ask(Method::GET, "/v1/jobs").token(&bob).of(ctx).await.ok();
    assert_eq!(ask(Method::DELETE, &path).token(&admin).of(ctx).await.code(), "in_use");
    let viewer = role(ctx, &admin, "viewer").await;
    ask(Method::PATCH, &user).token(&admin).body(json!({ "role_id": viewer })).of(ctx).await.ok();
    ask(Method::DELETE, &path).token(&admin).of(ctx).await.ok();
    let builtin = ask(Method::DELETE, &format!("/v1/roles/{viewer}")).token(&admin).of(ctx).await;
    assert_eq!(builtin.code(), "builtin_role");
}
