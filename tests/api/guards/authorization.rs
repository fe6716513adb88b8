//! Who may do what: every operation of the document, asked by every kind of actor.

use std::collections::BTreeMap;

use rapport_tests::{TestApp, test_on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use types::Permission::{ReadCalls, ReadContacts};
use types::calls::CallPath;
use types::clips::CreateClip;
use types::{BuiltinRole, CallId, ClipId, Permission};

mod requests;
mod table;

use requests::{body, query};
use table::Access::{
    Anybody, Colleague, Cookie, InCall, Inbox, Needs, OfCall, Open, OwnOr, Signature, SignedIn, Visitor,
};
use table::{Access, TABLE};

use super::document::{Operation, operations};

/// Somebody who asks.
struct Asker {
    name: &'static str,
    token: Option<String>,
    kind: Kind,
}

enum Kind {
    Nobody,
    Visitor,
    User { permissions: Vec<Permission>, uses_inbox: bool, is_program: bool },
}

/// What must come back.
#[derive(Debug, PartialEq)]
enum Expected {
    Allowed,
    Unauthenticated,
    Forbidden,
    NotFound,
    /// Any of the refusals.
    Refused,
}

fn expected(access: Access, asker: &Asker) -> Expected {
    match (access, &asker.kind) {
        (Open, _) => Expected::Allowed,
        (_, Kind::Nobody) | (Cookie | Signature, _) => Expected::Unauthenticated,
        (Anybody, _) | (Visitor, Kind::Visitor) => Expected::Allowed,
        (_, Kind::Visitor) | (Visitor, _) => Expected::Refused,
        (Colleague, _) => Expected::Allowed,
        (SignedIn, Kind::User { is_program: false, .. }) => Expected::Allowed,
        (SignedIn, _) => Expected::Refused,
        (Needs(needed), Kind::User { permissions, .. }) if permissions.contains(&needed) => Expected::Allowed,
        (Needs(_), _) => Expected::Forbidden,
        (OwnOr(_), Kind::User { is_program: false, .. }) => Expected::Allowed,
        (OwnOr(needed), Kind::User { permissions, .. }) if permissions.contains(&needed) => Expected::Allowed,
        (OwnOr(_), _) => Expected::Forbidden,
        (OfCall(_) | InCall(_), Kind::User { permissions, .. }) if !permissions.contains(&ReadCalls) => {
            Expected::NotFound
        }
        (OfCall(needed) | InCall(needed), Kind::User { permissions, .. })
            if permissions.contains(&needed) =>
        {
            Expected::Allowed
        }
        (OfCall(_) | InCall(_), _) => Expected::Forbidden,
        (Inbox(_), Kind::User { uses_inbox: false, .. }) => Expected::NotFound,
        (Inbox(needed), Kind::User { permissions, .. }) if permissions.contains(&needed) => Expected::Allowed,
        (Inbox(_), _) => Expected::Forbidden,
    }
}

fn matches(expected: &Expected, status: u16, code: &str, in_inbox: bool) -> bool {
    let refusal = match (status, code) {
        (401, "unauthenticated") => Some(Expected::Unauthenticated),
        (403, "forbidden") => Some(Expected::Forbidden),
        (404, "not_found") => Some(Expected::NotFound),
        _ => None,
    };
    match expected {
        // A made-up id is not found by whoever may look for it.
        Expected::Allowed => match refusal {
            None => status < 500,
            Some(Expected::NotFound) => !in_inbox,
            Some(_) => false,
        },
        Expected::Refused => refusal.is_some(),
        exact => refusal.as_ref() == Some(exact),
    }
}

async fn askers(app: &TestApp, path: &mut BTreeMap<&'static str, String>) -> Vec<Asker> {
    let (viewer, agent) = (app.viewer("Vera").await, app.agent("Ana").await);
    let (outsider, admin) = (app.agent("Otto").await, app.user("Amy", BuiltinRole::Administrator).await);
    let inbox = app.inbox("Sales", &[viewer.id(), agent.id()]).await;
    let widget = app.widget(&inbox).await;
    let (visitor, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
    let said = visitor.says("Hello").await;
    let program = app.token(app.super_admin(), &[ReadContacts]).await;
    path.insert("inbox_id", inbox.id.to_string());
    path.insert("thread_id", said.thread_id.to_string());
    path.insert("message_id", said.id.to_string());
    let recorded = crate::calls::sound::recorded(app, app.super_admin(), 440).await.id;
    path.insert("call_id", recorded.to_string());
    path.insert("clip_id", clip(app, recorded).await.to_string());
    path.insert("list", "deal".to_owned());
    path.insert("agent_id", agent.id().to_string());
    let user = |name, user: &rapport_tests::User, role: BuiltinRole, uses_inbox| Asker {
        name,
        token: Some(user.token.clone()),
        kind: Kind::User {
            permissions: role.permissions().into_iter().collect(),
            uses_inbox,
            is_program: false,
        },
    };
    let of_visitor = |name, token: &str| Asker { name, token: Some(token.to_owned()), kind: Kind::Visitor };
    vec![
        Asker { name: "nobody", token: None, kind: Kind::Nobody },
        of_visitor("other visitor", &other.session.token),
        of_visitor("visitor", &visitor.session.token),
        Asker {
            name: "narrow token",
            token: Some(program.token.clone()),
            kind: Kind::User { permissions: vec![ReadContacts], uses_inbox: false, is_program: true },
        },
        user("viewer", &viewer, BuiltinRole::Viewer, true),
        user("agent outside", &outsider, BuiltinRole::Agent, false),
        user("agent", &agent, BuiltinRole::Agent, true),
        user("administrator", &admin, BuiltinRole::Administrator, true),
    ]
}

/// A clip of a call of the first administrator.
async fn clip(app: &TestApp, call_id: CallId) -> ClipId {
    let request = CreateClip {
        from_ms: 0,
        until_ms: 1000,
        title: None,
        message: None,
        folder_id: None,
        recipient_ids: Vec::new(),
    };
    app.super_admin().create_clip(&CallPath { call_id }, &request).await.unwrap().id
}

async fn ask(
    app: &TestApp,
    operation: &Operation,
    path: &BTreeMap<&'static str, String>,
    asker: &Asker,
) -> (u16, String) {
    let method: Method = operation.method.parse().unwrap();
    let mut request = app.raw(method, &format!("{}{}", operation.filled(path), query(&operation.id)));
    if let Some(token) = &asker.token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body(&operation.id, path) {
        request = request.json(&body);
    }
    if operation.bodies.contains(&"application/octet-stream".to_owned()) {
        let digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        request = request.header("Content-Digest", digest).body(Vec::new());
    }
    if operation.bodies.contains(&"multipart/form-data".to_owned()) {
        let part = Part::bytes(b"content".to_vec()).file_name("a.txt");
        request = request.multipart(Form::new().part("file", part));
    }
    let reply = request.send().await.unwrap();
    let status = reply.status().as_u16();
    let problem: Value = serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap_or_default();
    (status, problem["code"].as_str().unwrap_or_default().to_owned())
}

test_on_both!(
    /// Guard 2, and H: what an actor may not do is refused everywhere, and what may not be known of is not found.
    every_operation_asks_who_asks,
    async |app| {
        let operations = operations();
        let listed: BTreeMap<_, _> = TABLE.iter().copied().collect();
        let missing: Vec<_> = operations.keys().filter(|id| !listed.contains_key(id.as_str())).collect();
        assert!(missing.is_empty(), "operations without a rule: {missing:?}");
        assert_eq!(listed.len(), operations.len(), "a rule for an operation that does not exist");
        let mut path = BTreeMap::new();
        let askers = askers(app, &mut path).await;
        let mut faults = Vec::new();
        for (id, access) in TABLE {
            for asker in &askers {
                let expected = expected(*access, asker);
                let (status, code) = ask(app, &operations[*id], &path, asker).await;
                if !matches(&expected, status, &code, matches!(access, Inbox(_) | OfCall(_))) {
                    faults.push(format!("{id} by {}: {status} {code}, expected {expected:?}", asker.name));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
);
