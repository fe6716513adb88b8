//! Hostile and malformed requests on every operation.

use std::collections::BTreeMap;

use rapport_tests::{TestApp, test_on_both};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::document::{Operation, operations};

/// Bodies that no operation takes.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = [b"[".repeat(50_000), b"]".repeat(50_000)].concat();
    vec![
        ("nothing", Vec::new()),
        ("not JSON", b"{\"name\": ".to_vec()),
        ("not text", vec![0xff, 0xfe, 0x00, 0x01]),
        ("a number", b"7".to_vec()),
        ("a list", b"[]".to_vec()),
        ("deep", deep),
        ("an unknown field", json!({ "unknown_field": 1 }).to_string().into_bytes()),
        ("wrong types", wrong_types().to_string().into_bytes()),
        ("too large", vec![b' '; 2 * 1024 * 1024]),
    ]
}

/// Every field that some request has, with a type that none of them takes.
fn wrong_types() -> Value {
    let document = serde_json::to_value(server::openapi::document()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap().clone();
    let fields = schemas.values().filter_map(|schema| schema["properties"].as_object());
    let names = fields.flat_map(|fields| fields.keys().cloned());
    Value::Object(names.map(|name| (name, json!({ "a": [1.5, null] }))).collect())
}

/// Asks, and says what is wrong with the answer.
async fn fault(app: &TestApp, operation: &Operation, token: &str, what: &str, body: &[u8]) -> Option<String> {
    let method: Method = operation.method.parse().unwrap();
    let request = app.raw(method, &operation.filled(&BTreeMap::new())).bearer_auth(token);
    let sent = request.header(CONTENT_TYPE, "application/json").body(body.to_vec()).send().await;
    // A body beyond the limit may be cut off before all of it was sent.
    let Ok(reply) = sent else { return (what != "too large").then(|| format!("{}: no reply", operation.id)) };
    let status = reply.status();
    let is_problem = is_problem(reply.headers());
    let text = reply.text().await.unwrap_or_default();
    let told = format!("{} with {what}: {status} {text}", operation.id);
    if status.is_server_error()
        || (operation.bodies.contains(&"application/json".to_owned()) && status.is_success())
    {
        return Some(told);
    }
    (!status.is_success() && !is_problem).then_some(told)
}

fn is_problem(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json")
}

/// Operations whose reply is not a matter of bodies: they read none, and would end the session that asks.
const ENDS_THE_SESSION: [&str; 2] = ["delete_sessions", "delete_session"];

test_on_both!(
    /// H: oversized, wrong-typed, malformed and deeply nested bodies on every operation are refused, and never a 5xx.
    no_body_breaks_an_operation,
    async |app| {
        let inbox = app.inbox("Sales", &[]).await;
        let widget = app.widget(&inbox).await;
        let visitor = app.visitor(&widget).await;
        let mut faults = Vec::new();
        for operation in operations().values().filter(|o| !ENDS_THE_SESSION.contains(&o.id.as_str())) {
            let of_visitor = operation.path.starts_with("/v1/visitor/");
            let token = if of_visitor { &visitor.session.token } else { &app.super_admin().token };
            for (what, body) in bodies() {
                if operation.bodies.is_empty() && what != "not JSON" {
                    continue;
                }
                // Fields that are all optional make an empty object of unknown names the only refusal left.
                faults.extend(fault(app, operation, token, what, &body).await);
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
);

test_on_both!(
    /// Bad input gets an answer that names field and rule, and ids that are none are not found.
    a_refusal_names_the_field,
    async |app| {
        let token = &app.super_admin().token;
        let post = |path: &'static str, body: Value| app.raw(Method::POST, path).bearer_auth(token).json(&body);
        let reply = post("/v1/contacts", json!({ "name": "x".repeat(201), "email": "no" })).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Value = reply.json().await.unwrap();
        let fields: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| &e["field"]).collect();
        assert!(fields.contains(&&json!("name")) && fields.contains(&&json!("email")), "{problem}");
        let reply = post("/v1/contacts", json!({ "name": "A", "nam": 1 })).send().await.unwrap();
        assert!(reply.text().await.unwrap().contains("nam"));
        for path in ["/v1/threads/abc", "/v1/threads/99999999999999999999", "/v1/threads/-1", "/v1/threads/%00"] {
            let reply = app.raw(Method::GET, path).bearer_auth(token).send().await.unwrap();
            assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{path}");
        }
        for query in ["limit=0", "limit=x", "cursor=nonsense", "unknown=1", "limit=201"] {
            let path = format!("/v1/contacts?{query}");
            let reply = app.raw(Method::GET, &path).bearer_auth(token).send().await.unwrap();
            let status = reply.status().as_u16();
            assert!(matches!(status, 400 | 422), "{query}: {status} {}", reply.text().await.unwrap());
        }
    }
);
