use jsonwebtoken::{EncodingKey, Header, encode};
use rapport_tests::{TestApp, test_on_both};
use serde_json::json;
use types::ErrorCode;
use types::channels::{ChatWidget, IdentifyVisitor, UpdateChatWidget, VisitorIdentity, WidgetPath};
use types::crm::{CreateContact, ListContacts};

fn claim(name: &str, email: &str) -> IdentifyVisitor {
    IdentifyVisitor { token: None, name: Some(name.to_owned()), email: Some(email.to_owned()) }
}

fn signed(app: &TestApp, secret: &str, subject: &str, email: &str) -> IdentifyVisitor {
    let expires = app.clock().now().0 / 1_000_000 + 600;
    let claims = json!({ "sub": subject, "exp": expires, "email": email, "name": "Carla Customer" });
    let key = EncodingKey::from_secret(secret.as_bytes());
    let token = encode(&Header::default(), &claims, &key).unwrap();
    IdentifyVisitor { token: Some(token), name: None, email: None }
}

async fn contacts_named(app: &TestApp, start: &str) -> usize {
    let query = ListContacts { q: Some(start.to_owned()), ..ListContacts::default() };
    app.super_admin().list_contacts(&query).await.unwrap().items.len()
}

async fn widget_of(app: &TestApp) -> ChatWidget {
    app.widget(&app.inbox("Sales", &[]).await).await
}

test_on_both!(
    /// PITFALL 40: who only claims to be somebody is unverified and becomes nobody else.
    an_unsigned_identity_merges_into_nothing,
    async |app| {
        let widget = widget_of(app).await;
        let known = CreateContact {
            name: "Carla Customer".to_owned(),
            email: Some("carla@example.org".to_owned()),
            ..CreateContact::default()
        };
        let known = app.super_admin().create_contact(&known).await.unwrap();
        let visitor = app.visitor(&widget).await;
        let thread_id = visitor.says("Hello").await.thread_id;
        let seen = visitor.identify_visitor(&claim("Carla Customer", "carla@example.org")).await.unwrap();
        assert_eq!(seen.identity, VisitorIdentity::Unverified);
        let path = types::conversations::ThreadPath { thread_id };
        let thread = app.super_admin().get_thread(&path).await.unwrap().thread;
        assert_ne!(thread.contact_id, known.id);
        assert!(!thread.contact_verified);
        assert_eq!(contacts_named(app, "Carla").await, 2);
        let unchanged = types::crm::ContactPath { contact_id: known.id };
        assert_eq!(app.super_admin().get_contact(&unchanged).await.unwrap(), known);
    }
);

test_on_both!(
    /// PITFALL 40: a signed identity is that contact in every browser; a forged, foreign or renewed signature is not.
    a_signed_identity_is_the_same_contact_everywhere,
    async |app| {
        let widget = widget_of(app).await;
        let at = WidgetPath { widget_id: widget.id };
        let secret = app.super_admin().renew_identity_secret(&at).await.unwrap().secret;
        let (one, two) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let mut contacts = Vec::new();
        for visitor in [&one, &two] {
            let thread_id = visitor.says("Hello").await.thread_id;
            let me = signed(app, &secret, "u1", "carla@example.org");
            let seen = visitor.identify_visitor(&me).await.unwrap();
            assert_eq!(seen.identity, VisitorIdentity::Verified);
            let path = types::conversations::ThreadPath { thread_id };
            contacts.push(app.super_admin().get_thread(&path).await.unwrap().thread.contact_id);
        }
        assert_eq!(contacts[0], contacts[1]);
        let third = app.visitor(&widget).await;
        let forged = signed(app, "another secret of the same length as the first", "u1", "carla@example.org");
        let refused = third.identify_visitor(&forged).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::IdentityRefused));
        let somebody_else = signed(app, &secret, "u2", "other@example.org");
        assert!(one.identify_visitor(&somebody_else).await.is_err());
        app.super_admin().renew_identity_secret(&at).await.unwrap();
        let old = third.identify_visitor(&signed(app, &secret, "u1", "carla@example.org")).await;
        assert_eq!(old.unwrap_err().code(), Some(ErrorCode::IdentityRefused));
    }
);

test_on_both!(
    /// PITFALL 40: a widget can insist on signatures.
    a_widget_insists_on_signatures,
    async |app| {
        let widget = widget_of(app).await;
        let strict = UpdateChatWidget {
            name: widget.name.clone(),
            inbox_id: widget.inbox_id,
            enabled: true,
            style: widget.style.clone(),
            allowed_origins: Vec::new(),
            require_signed_identity: true,
        };
        let at = WidgetPath { widget_id: widget.id };
        app.super_admin().update_chat_widget(&at, &strict).await.unwrap();
        let visitor = app.visitor(&widget).await;
        let refused = visitor.identify_visitor(&claim("Carla", "carla@example.org")).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::IdentityRefused));
    }
);
