use accounts::connections::access_token;
use rapport_tests::google::GoogleSignIn;
use rapport_tests::microsoft::FakeMicrosoft;
use rapport_tests::{ClientError, test_on_both, until};
use serde_json::json;
use types::ErrorCode;
use types::accounts::{
    ConnectionPath, ConnectionProvider, ConnectionScope, ConnectionState, ListMails, StartConnection,
};
use types::page::PageQuery;

const GOOGLE: StartConnection =
    StartConnection { provider: ConnectionProvider::Google, scope: ConnectionScope::User };
const MICROSOFT: StartConnection =
    StartConnection { provider: ConnectionProvider::Microsoft, scope: ConnectionScope::User };
const ALL: PageQuery = PageQuery { cursor: None, limit: None };

fn code<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> ErrorCode {
    reply.unwrap_err().code().unwrap()
}

test_on_both!(
    /// A rep signs in at Google: with PKCE, for as long as it is allowed, and only with what calendars need.
    google_is_connected,
    async |app| {
        let ana = app.agent("Ana").await;
        assert_eq!(code(ana.start_connection(&GOOGLE).await), ErrorCode::Conflict);
        let google = GoogleSignIn::start(app).await;
        app.restart(|config| google.configure(config)).await;
        let started = ana.start_connection(&GOOGLE).await.unwrap();
        for part in ["access_type=offline", "prompt=consent", "code_challenge_method=S256", "calendar.events"] {
            assert!(started.url.contains(part), "{part}: {}", started.url);
        }
        let some = google.signs_in_allowing(&started.url, "openid email").await;
        assert_eq!(code(ana.complete_connection(&some).await), ErrorCode::Conflict);
        let started = ana.start_connection(&GOOGLE).await.unwrap();
        let back = google.signs_in(&started.url).await;
        let connection = ana.complete_connection(&back).await.unwrap();
        assert_eq!((connection.provider, connection.state), (ConnectionProvider::Google, ConnectionState::Ok));
        assert_eq!((connection.user_id, connection.email.as_deref()), (Some(ana.id()), Some("rep@example.com")));
        let ctx = app.ctx();
        let first = access_token(&ctx, connection.id).await.unwrap().unwrap();
        for _ in 0..2 {
            // Google gives no new refresh token, so that the one before stays.
            accounts::connections::spoil(&ctx, connection.id).await.unwrap();
            let next = access_token(&ctx, connection.id).await.unwrap().unwrap();
            assert_ne!(next, first);
        }
        ana.delete_connection(&ConnectionPath { connection_id: connection.id }).await.unwrap();
        app.run_jobs().await;
        assert_eq!(ana.list_connections(&ALL).await.unwrap().items, []);
    }
);

test_on_both!(
    /// PITFALL 71: a rep signs in at Microsoft; an end of the sign-in is told once, a server that is down ends nothing.
    microsoft_is_connected,
    async |app| {
        let microsoft = FakeMicrosoft::start().await;
        app.restart(|config| microsoft.configure(config)).await;
        let ana = app.agent("Ana").await;
        microsoft.has_user("ana", "Ana (Sales)", "ana@example.com").await;
        // Somebody without a mailbox.
        microsoft.tell("user", json!({ "id": "ben", "mail": null, "userPrincipalName": "ben@example.com" })).await;
        microsoft.set_mode(json!({ "down": true })).await;
        assert_eq!(code(ana.start_connection(&MICROSOFT).await), ErrorCode::Unavailable);
        microsoft.set_mode(json!({ "down": false })).await;
        let ben = microsoft.connect(&app.agent("Ben").await, "ben").await;
        assert_eq!(ben.email.as_deref(), Some("ben@example.com"));
        let connection = microsoft.connect(&ana, "ana").await;
        let told = (connection.name.as_deref(), connection.email.as_deref(), connection.state);
        assert_eq!(told, (Some("Ana (Sales)"), Some("ana@example.com"), ConnectionState::Ok));
        let ctx = app.ctx();
        let first = access_token(&ctx, connection.id).await.unwrap().unwrap();
        accounts::connections::spoil(&ctx, connection.id).await.unwrap();
        assert_ne!(access_token(&ctx, connection.id).await.unwrap().unwrap(), first);
        assert_eq!(microsoft.seen("renewals").await, 1);
        microsoft.set_mode(json!({ "down": true })).await;
        accounts::connections::spoil(&ctx, connection.id).await.unwrap();
        assert!(access_token(&ctx, connection.id).await.is_err());
        let state = async || ana.list_connections(&ALL).await.unwrap().items.remove(0);
        assert_eq!(state().await.state, ConnectionState::Ok);
        microsoft.set_mode(json!({ "down": false, "revoked": true })).await;
        for _ in 0..2 {
            assert_eq!(access_token(&ctx, connection.id).await.unwrap(), None);
        }
        assert_eq!(state().await.state, ConnectionState::Expired);
        let told = async || {
            let mails = app.super_admin().list_mails(&ListMails::default()).await.unwrap().items;
            mails.iter().filter(|mail| mail.purpose == "connection_ended").count()
        };
        until("the mail is written", async || told().await == 1).await;
        let again = microsoft.signs_in(&ana.start_connection(&MICROSOFT).await.unwrap().url, "ana").await;
        assert_eq!(ana.complete_connection(&again).await.unwrap().id, connection.id);
        // Microsoft takes no tokens back: there is nothing to be done but to forget them.
        ana.delete_connection(&ConnectionPath { connection_id: connection.id }).await.unwrap();
        app.run_jobs().await;
        assert_eq!(ana.list_connections(&ALL).await.unwrap().items, []);
    }
);
