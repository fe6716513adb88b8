//! Limits on how often something may be done.

use rapport_tests::{PASSWORD, TestApp, test_on_both};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

/// The status of a reply; one that says "too often" also says how long to wait, in seconds.
async fn status(reply: Response) -> StatusCode {
    let status = reply.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let seconds = reply.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let seconds: u64 = seconds.expect("Retry-After").parse().unwrap();
        assert!((1..=3600).contains(&seconds), "{seconds}");
        let problem: Value = reply.json().await.unwrap();
        assert_eq!(problem["code"], "rate_limited");
    }
    status
}

async fn post(app: &TestApp, path: &str, token: Option<&str>, body: Value) -> StatusCode {
    let mut request = app.raw(Method::POST, path).json(&body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    status(request.send().await.unwrap()).await
}

test_on_both!(
    /// C: guessing passwords ends with 429 for the account, even when the next guess is right, until the time is over.
    guessing_a_password_is_limited,
    async |app| {
        app.restart(|config| config.limits.failed_sign_ins = 3).await;
        app.agent("Ana").await;
        app.clock().advance(1);
        let attempt = async |password: &str| {
            post(app, "/v1/sessions", None, json!({ "email": "ana@example.org", "password": password })).await
        };
        for _ in 0..3 {
            assert_eq!(attempt("a wrong guess").await, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(attempt(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
        app.clock().advance(16 * 60);
        assert_eq!(attempt(PASSWORD).await, StatusCode::CREATED);
    }
);

test_on_both!(
    /// DESIGN, sessions: an address starts so many visitor sessions a minute, a visitor sends so many messages.
    visitors_are_limited,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        app.restart(|config| {
            config.limits.visitor_sessions_per_minute = 2;
            config.limits.visitor_messages_per_minute = 2;
        })
        .await;
        // The clock stands still, so that nothing is given back meanwhile.
        app.clock().advance(1);
        let start = async || {
            post(app, "/v1/visitor_sessions", None, json!({ "widget_id": widget.id.to_string() })).await
        };
        let say = async |token: &str, id: &str| {
            let message = json!({ "text": "Hello", "client_id": id });
            post(app, "/v1/visitor/messages", Some(token), message).await
        };
        let (created, too_many) = (StatusCode::CREATED, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!([start().await, start().await, start().await], [created, created, too_many]);
        let token = &one.session.token;
        let sent = [say(token, "1").await, say(token, "2").await, say(token, "3").await];
        assert_eq!(sent, [created, created, too_many]);
        assert_eq!(say(&other.session.token, "1").await, created);
        app.clock().advance(60);
        assert_eq!([start().await, say(token, "3").await], [created, created]);
    }
);
