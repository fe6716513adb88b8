use accounts::connections::access_token;
use futures_util::future::join_all;
use platform::Error;
use rapport_tests::{ClientError, test_on_both, until};
use serde_json::json;
use types::ErrorCode;
use types::accounts::{
    CompleteConnection, ConnectionPath, ConnectionProvider, ConnectionScope, ConnectionState, ListMails,
    StartConnection,
};
use types::page::PageQuery;

use super::desk::{Desk, settle};

const OWN: StartConnection =
    StartConnection { provider: ConnectionProvider::Zoom, scope: ConnectionScope::User };
const ACCOUNT: StartConnection =
    StartConnection { provider: ConnectionProvider::Zoom, scope: ConnectionScope::Account };
const ALL: PageQuery = PageQuery { cursor: None, limit: None };

fn code<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> ErrorCode {
    reply.unwrap_err().code().unwrap()
}

test_on_both!(
    /// CALL-71: users link their own sign-ins at Zoom; they see their own, and whoever manages settings sees all.
    users_connect_themselves,
    async |app| {
        let unconfigured = app.super_admin().start_connection(&OWN).await;
        assert_eq!(code(unconfigured), ErrorCode::Conflict);
        let desk = Desk::unconnected(app).await;
        let (ana, ben) = (&desk.ana, app.agent("Ben").await);
        assert_eq!(code(ben.start_connection(&ACCOUNT).await), ErrorCode::Forbidden);
        let own = desk.zoom.connect(ana, ConnectionScope::User, "host").await;
        assert_eq!((own.scope, own.user_id, own.state), (ConnectionScope::User, Some(ana.id()), ConnectionState::Ok));
        assert_eq!((own.name.as_deref(), own.email.as_deref()), (Some("Ana (Sales)"), Some("ana@example.org")));
        let shared = desk.zoom.connect(app.super_admin(), ConnectionScope::Account, "boss").await;
        assert_eq!((shared.scope, shared.user_id), (ConnectionScope::Account, None));
        let again = desk.zoom.connect(ana, ConnectionScope::User, "host").await;
        assert_eq!((again.id, again.created_at), (own.id, own.created_at));
        assert_eq!(ana.list_connections(&ALL).await.unwrap().items, std::slice::from_ref(&again));
        assert_eq!(ben.list_connections(&ALL).await.unwrap().items, []);
        assert_eq!(app.super_admin().list_connections(&ALL).await.unwrap().items.len(), 2);
        let path = ConnectionPath { connection_id: own.id };
        assert_eq!(code(ben.delete_connection(&path).await), ErrorCode::NotFound);
        ana.delete_connection(&path).await.unwrap();
        until("the tokens are given back", async || desk.zoom.seen().await.revoked == 2).await;
        assert_eq!(ana.list_connections(&ALL).await.unwrap().items, []);
        app.shows(&["CALL-71"]);
    }
);

test_on_both!(
    /// Whoever comes back from the provider is who went there, once.
    a_sign_in_is_completed_by_who_began_it,
    async |app| {
        let desk = Desk::unconnected(app).await;
        let ben = app.agent("Ben").await;
        let started = desk.ana.start_connection(&OWN).await.unwrap();
        let (code_, state) = desk.zoom.signs_in(&started.url, "host").await;
        let back = CompleteConnection { state: state.clone(), code: code_.clone() };
        let elsewhere = app.sign_in(&desk.ana.profile).await;
        for other in [&ben, &elsewhere] {
            assert_eq!(code(other.complete_connection(&back).await), ErrorCode::LinkExpired);
        }
        let wrong = CompleteConnection { state, code: "made up".to_owned() };
        assert_eq!(code(desk.ana.complete_connection(&wrong).await), ErrorCode::Conflict);
        desk.ana.complete_connection(&back).await.unwrap();
        assert_eq!(code(desk.ana.complete_connection(&back).await), ErrorCode::LinkExpired);
        let empty = CompleteConnection { state: String::new(), code: String::new() };
        assert_eq!(code(desk.ana.complete_connection(&empty).await), ErrorCode::InvalidFields);
        let started = desk.ana.start_connection(&OWN).await.unwrap();
        let (code_, state) = desk.zoom.signs_in(&started.url, "host").await;
        // Ten minutes later, which the access token of the session allows.
        app.clock().set(started.expires_at.plus_seconds(-300));
        let in_time = desk.ana.complete_connection(&CompleteConnection { state, code: code_ }).await;
        app.clock().reset();
        in_time.unwrap();
    }
);

test_on_both!(
    /// A token that has ended is renewed by one of all who want it.
    a_token_is_renewed_once,
    async |app| {
        let desk = Desk::unconnected(app).await;
        let connection = desk.zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
        let ctx = app.ctx();
        let first = access_token(&ctx, connection.id).await.unwrap().unwrap();
        assert_eq!(access_token(&ctx, connection.id).await.unwrap().unwrap(), first);
        let now = app.clock().now();
        app.clock().set(now.plus_seconds(3600));
        let asked = join_all((0..20).map(|_| access_token(&ctx, connection.id))).await;
        app.clock().reset();
        let tokens: Vec<String> = asked.into_iter().map(|token| token.unwrap().unwrap()).collect();
        assert_ne!(tokens[0], first);
        assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
        assert_eq!(desk.zoom.seen().await.renewals, 1);
    }
);

test_on_both!(
    /// PITFALL 5, 71: a provider that does not answer ends nothing; one that refuses does, and it is told once.
    only_a_refusal_ends_a_connection,
    async |app| {
        let desk = Desk::unconnected(app).await;
        let connection = desk.zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
        let ctx = app.ctx();
        let state = async || desk.ana.list_connections(&ALL).await.unwrap().items.remove(0);
        accounts::connections::spoil(&ctx, connection.id).await.unwrap();
        desk.zoom.set_mode(json!({ "down": true })).await;
        let down = access_token(&ctx, connection.id).await;
        assert!(matches!(down, Err(Error::Unavailable(_))), "{down:?}");
        assert_eq!(state().await.state, ConnectionState::Ok);
        desk.zoom.set_mode(json!({ "down": false })).await;
        assert!(access_token(&ctx, connection.id).await.unwrap().is_some());
        desk.zoom.set_mode(json!({ "revoked": true })).await;
        accounts::connections::spoil(&ctx, connection.id).await.unwrap();
        for _ in 0..2 {
            assert_eq!(access_token(&ctx, connection.id).await.unwrap(), None);
        }
        let ended = state().await;
        assert_eq!((ended.state, ended.reason.as_deref()), (ConnectionState::Expired, Some("Invalid Token!")));
        let mails = app.super_admin().list_mails(&ListMails::default()).await.unwrap().items;
        let told: Vec<_> = mails.iter().filter(|mail| mail.purpose == "connection_ended").collect();
        assert_eq!((told.len(), told[0].to.as_str()), (1, "ana@example.org"));
        desk.zoom.set_mode(json!({ "revoked": false })).await;
        let again = desk.zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
        assert_eq!((again.id, again.state, again.reason), (connection.id, ConnectionState::Ok, None));
    }
);

test_on_both!(
    /// Who removes the app at Zoom ends the connection.
    the_app_is_removed_at_zoom,
    async |app| {
        let desk = Desk::open(app).await;
        let connection = desk.zoom.connect(&desk.ana, ConnectionScope::User, "host").await;
        assert_eq!(desk.zoom.sends(app, "app_deauthorized", "host").await.status, 204);
        let all = app.super_admin().list_connections(&ALL).await.unwrap().items;
        let states: Vec<_> = all.iter().map(|one| (one.id == connection.id, one.state)).collect();
        assert_eq!(states, [(false, ConnectionState::Ok), (true, ConnectionState::Refused)]);
        assert_eq!(access_token(&app.ctx(), connection.id).await.unwrap(), None);
        settle(app).await;
    }
);
