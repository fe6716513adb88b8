//! Who may do what: every operation of the document, asked by every kind of actor.

use std::collections::BTreeMap;

use rapport_tests::{TestApp, test_on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use types::calls::CallPath;
use types::clips::CreateClip;
use types::{BuiltinRole, CallId, ClipId, Permission};

use super::document::{Operation, operations};

/// Who may do something.
#[derive(Clone, Copy, Debug)]
enum Access {
    /// Everybody.
    Open,
    /// Everybody with a credential, each for what is theirs.
    Anybody,
    /// Every user and every program that acts for one.
    Colleague,
    /// Every user, but no program: it belongs to a sign-in.
    SignedIn,
    /// Whoever brings the cookie of a sign-in, which nobody does here.
    Cookie,
    /// Whoever signs the request with a secret that is shared with a provider, which nobody does here.
    Signature,
    /// Whoever holds the permission.
    Needs(Permission),
    /// Whoever may use the inbox, and holds the permission.
    Inbox(Permission),
    /// Whoever may read the call, and holds the permission.
    OfCall(Permission),
    /// The same for something of the call that is made up here, and so is not found.
    InCall(Permission),
    /// Every user for what is theirs, and every program that holds the permission.
    OwnOr(Permission),
    /// Visitors, each for what is theirs.
    Visitor,
}

use Access::{
    Anybody, Colleague, Cookie, InCall, Inbox, Needs, OfCall, Open, OwnOr, Signature, SignedIn, Visitor,
};
use Permission::*;

/// The one list of who may do what. An operation that is not in it fails the test.
const TABLE: &[(&str, Access)] = &[
    ("get_liveness", Open),
    ("get_readiness", Open),
    ("get_setup", Open),
    ("create_first_administrator", Open),
    ("create_session", Open),
    ("refresh_session", Cookie),
    ("create_password_reset", Open),
    ("complete_password_reset", Open),
    ("accept_invitation", Open),
    ("create_visitor_session", Open),
    ("get_file_content", Open),
    ("receive_zoom_event", Signature),
    ("list_connections", Colleague),
    ("start_connection", SignedIn),
    ("complete_connection", SignedIn),
    ("delete_connection", Colleague),
    ("get_zoom_settings", Colleague),
    ("update_zoom_settings", Needs(ManageCalls)),
    ("open_live_stream", Open),
    ("list_events", Anybody),
    ("list_sessions", SignedIn),
    ("get_me", Colleague),
    ("update_me", SignedIn),
    ("change_password", SignedIn),
    ("start_totp", SignedIn),
    ("confirm_totp", SignedIn),
    ("disable_totp", SignedIn),
    ("renew_recovery_codes", SignedIn),
    ("list_users", Colleague),
    ("create_user", Needs(ManageUsers)),
    ("get_user", Colleague),
    ("update_user", Needs(ManageUsers)),
    ("deactivate_user", Needs(ManageUsers)),
    ("reactivate_user", Needs(ManageUsers)),
    ("resend_invitation", Needs(ManageUsers)),
    ("sign_out_user", Needs(ManageUsers)),
    ("list_teams", Colleague),
    ("create_team", Needs(ManageTeams)),
    ("update_team", Needs(ManageTeams)),
    ("delete_team", Needs(ManageTeams)),
    ("list_roles", Colleague),
    ("create_role", Needs(ManageRoles)),
    ("update_role", Needs(ManageRoles)),
    ("delete_role", Needs(ManageRoles)),
    ("list_api_tokens", Needs(ManageApiTokens)),
    ("create_api_token", Needs(ManageApiTokens)),
    ("delete_api_token", Needs(ManageApiTokens)),
    ("list_audit_entries", Needs(ReadAudit)),
    ("get_account_settings", Colleague),
    ("update_account_settings", Needs(ManageSettings)),
    ("list_mails", Needs(ManageMail)),
    ("get_mail", Needs(ManageMail)),
    ("retry_mail", Needs(ManageMail)),
    ("retry_mails", Needs(ManageMail)),
    ("list_dead_jobs", Needs(ManageJobs)),
    ("retry_job", Needs(ManageJobs)),
    ("delete_job", Needs(ManageJobs)),
    ("list_notifications", SignedIn),
    ("count_unread_notifications", SignedIn),
    ("read_notifications", SignedIn),
    ("create_file", Colleague),
    ("list_contacts", Needs(ReadContacts)),
    ("create_contact", Needs(EditContacts)),
    ("get_contact", Needs(ReadContacts)),
    ("update_contact", Needs(EditContacts)),
    ("merge_contact", Needs(EditContacts)),
    ("erase_contact", Needs(EraseContacts)),
    ("list_companies", Needs(ReadContacts)),
    ("create_company", Needs(EditContacts)),
    ("get_company", Needs(ReadContacts)),
    ("update_company", Needs(EditContacts)),
    ("delete_company", Needs(EditContacts)),
    ("list_calls", OwnOr(ReadCalls)),
    ("create_call", Needs(EditCalls)),
    ("get_call", OfCall(ReadCalls)),
    ("update_call", OfCall(EditCalls)),
    ("start_recording_upload", OfCall(EditCalls)),
    ("get_recording_upload", OfCall(ReadCalls)),
    ("put_recording_part", OfCall(EditCalls)),
    ("complete_recording_upload", OfCall(EditCalls)),
    ("create_recording_link", OfCall(ReadCalls)),
    ("get_recording_content", Open),
    ("download_recording", OfCall(ReadCalls)),
    ("get_peaks", OfCall(ReadCalls)),
    ("get_peaks_tile", OfCall(ReadCalls)),
    ("get_playback_position", OfCall(ReadCalls)),
    ("save_playback_position", OfCall(ReadCalls)),
    ("get_call_note", OfCall(ReadCalls)),
    ("save_call_note", OfCall(EditCalls)),
    ("list_call_comments", OfCall(ReadCalls)),
    ("create_call_comment", OfCall(Comment)),
    ("edit_call_comment", InCall(Comment)),
    ("delete_call_comment", InCall(Comment)),
    ("list_telephony_accounts", Needs(ManageCalls)),
    ("create_telephony_account", Needs(ManageCalls)),
    ("update_telephony_account", Needs(ManageCalls)),
    ("delete_telephony_account", Needs(ManageCalls)),
    ("receive_telephony_recording", Open),
    ("get_call_settings", Colleague),
    ("update_call_settings", Needs(ManageCalls)),
    ("add_participant", OfCall(EditCalls)),
    ("match_participant", InCall(EditCalls)),
    ("remove_participant", InCall(EditCalls)),
    ("delete_calls", Needs(DeleteCalls)),
    ("get_transcript", InCall(UseCallIntelligence)),
    ("import_transcript", OfCall(UseCallIntelligence)),
    ("transcribe_call", OfCall(UseCallIntelligence)),
    ("export_transcript", InCall(UseCallIntelligence)),
    ("get_transcript_votes", OfCall(UseCallIntelligence)),
    ("vote_transcript", InCall(UseCallIntelligence)),
    ("list_segments", OfCall(UseCallIntelligence)),
    ("edit_segment", InCall(UseCallIntelligence)),
    ("restore_segment", InCall(UseCallIntelligence)),
    ("correct_segment_speaker", InCall(UseCallIntelligence)),
    ("list_speakers", OfCall(UseCallIntelligence)),
    ("create_speaker", InCall(UseCallIntelligence)),
    ("match_speaker", InCall(UseCallIntelligence)),
    ("get_call_metrics", InCall(UseCallIntelligence)),
    ("search_transcripts", Needs(UseCallIntelligence)),
    ("search_call", OfCall(UseCallIntelligence)),
    ("list_tracked_terms", Needs(UseCallIntelligence)),
    ("create_tracked_term", Needs(ManageTrackedTerms)),
    ("update_tracked_term", Needs(ManageTrackedTerms)),
    ("delete_tracked_term", Needs(ManageTrackedTerms)),
    ("count_tracked_term", Needs(UseCallIntelligence)),
    ("list_call_terms", OfCall(UseCallIntelligence)),
    ("list_clips", OwnOr(ReadCalls)),
    ("list_clip_recipients", OfCall(UseCallIntelligence)),
    ("create_clip", OfCall(UseCallIntelligence)),
    ("get_clip", OfCall(ReadCalls)),
    ("update_clip", OfCall(UseCallIntelligence)),
    ("share_clip", OfCall(UseCallIntelligence)),
    ("create_clip_link", OfCall(UseCallIntelligence)),
    ("revoke_clip_link", InCall(UseCallIntelligence)),
    ("retry_cut", OfCall(UseCallIntelligence)),
    ("list_clip_folders", Needs(UseCallIntelligence)),
    ("create_clip_folder", Needs(UseCallIntelligence)),
    ("update_clip_folder", Needs(UseCallIntelligence)),
    ("delete_clip_folder", Needs(UseCallIntelligence)),
    ("get_clip_settings", Colleague),
    ("update_clip_settings", Needs(ManageCalls)),
    ("get_shared_clip", Open),
    ("open_shared_clip", Open),
    ("get_shared_clip_content", Open),
    ("get_shared_transcript", Open),
    ("list_deals", Needs(ReadContacts)),
    ("create_deal", Needs(EditContacts)),
    ("get_deal", Needs(ReadContacts)),
    ("update_deal", Needs(EditContacts)),
    ("delete_deal", Needs(EditContacts)),
    ("list_tickets", Needs(ReadContacts)),
    ("create_ticket", Needs(EditContacts)),
    ("get_ticket", Needs(ReadContacts)),
    ("update_ticket", Needs(EditContacts)),
    ("delete_ticket", Needs(EditContacts)),
    ("search_records", Needs(ReadContacts)),
    ("list_associations", Needs(ReadContacts)),
    ("create_association", Needs(EditContacts)),
    ("delete_association", Needs(EditContacts)),
    ("list_timeline", Needs(ReadContacts)),
    ("get_pipeline", Needs(ReadContacts)),
    ("save_pipeline", Needs(ManageSettings)),
    ("get_ticket_statuses", Needs(ReadContacts)),
    ("save_ticket_statuses", Needs(ManageSettings)),
    ("list_properties", Needs(ReadContacts)),
    ("create_property", Needs(ManageSettings)),
    ("update_property", Needs(ManageSettings)),
    ("list_saved_views", Needs(ReadContacts)),
    ("create_saved_view", Needs(ReadContacts)),
    ("update_saved_view", Needs(ReadContacts)),
    ("delete_saved_view", Needs(ReadContacts)),
    ("get_list_layout", Needs(ReadContacts)),
    ("save_list_layout", Needs(ReadContacts)),
    ("preview_csv", Needs(EditContacts)),
    ("create_import", Needs(EditContacts)),
    ("list_imports", Needs(EditContacts)),
    ("get_import", Needs(EditContacts)),
    ("start_import", Needs(EditContacts)),
    ("list_import_problems", Needs(EditContacts)),
    ("get_refused_rows", Needs(EditContacts)),
    ("export_records", Needs(ReadContacts)),
    ("list_inboxes", Needs(ReadThreads)),
    ("create_inbox", Needs(ManageInboxes)),
    ("get_inbox", Inbox(ReadThreads)),
    ("update_inbox", Inbox(ManageInboxes)),
    ("get_view_counts", Needs(ReadThreads)),
    ("list_threads", Needs(ReadThreads)),
    ("get_thread", Inbox(ReadThreads)),
    ("assign_thread", Inbox(AssignThreads)),
    ("close_thread", Inbox(CloseThreads)),
    ("reopen_thread", Inbox(CloseThreads)),
    ("read_thread", Inbox(ReadThreads)),
    ("get_presence", Inbox(ReadThreads)),
    ("show_presence", Inbox(ReadThreads)),
    ("list_messages", Inbox(ReadThreads)),
    ("create_message", Inbox(Reply)),
    ("create_comment", Inbox(Comment)),
    ("get_message", Inbox(ReadThreads)),
    ("retry_message", Inbox(Reply)),
    ("list_chat_widgets", Needs(ManageChannels)),
    ("create_chat_widget", Needs(ManageChannels)),
    ("get_chat_widget", Needs(ManageChannels)),
    ("update_chat_widget", Needs(ManageChannels)),
    ("delete_chat_widget", Needs(ManageChannels)),
    ("renew_identity_secret", Needs(ManageChannels)),
    ("get_visitor", Visitor),
    ("list_visitor_messages", Visitor),
    ("create_visitor_message", Visitor),
    ("create_visitor_file", Visitor),
    ("save_visitor_receipt", Visitor),
    ("show_visitor_typing", Visitor),
    ("identify_visitor", Visitor),
    ("end_visitor_conversation", Visitor),
    // What deletes what others ask for, and what ends a session, comes last.
    ("delete_clip", InCall(UseCallIntelligence)),
    ("delete_call", OfCall(DeleteCalls)),
    ("delete_visitor_session", Visitor),
    ("delete_sessions", SignedIn),
    ("delete_session", Cookie),
];

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

/// A body that can be read; what it says need not be possible.
fn body(operation: &str, path: &BTreeMap<&str, String>) -> Option<Value> {
    Some(match operation {
        "create_first_administrator" => {
            json!({ "name": "A", "email": "a@example.org", "password": "1234567890", "company_name": "C" })
        }
        "create_session" => json!({ "email": "nobody@example.org", "password": "wrong" }),
        "create_password_reset" => json!({ "email": "nobody@example.org" }),
        "complete_password_reset" => json!({ "token": "x", "password": "1234567890" }),
        "accept_invitation" => json!({ "token": "x", "name": "A", "password": "1234567890" }),
        "create_visitor_session" => json!({ "widget_id": "1" }),
        "update_me" => json!({}),
        "change_password" => json!({ "current_password": "wrong", "new_password": "short" }),
        "confirm_totp" => json!({ "code": "000000" }),
        "disable_totp" | "renew_recovery_codes" => json!({ "password": "wrong" }),
        "create_user" => json!({ "name": "N", "email": "not an address", "role_id": "1" }),
        "update_user" => json!({}),
        "create_team" | "update_team" => json!({ "name": "", "member_ids": [] }),
        "create_role" | "update_role" => json!({ "name": "", "permissions": [] }),
        "create_api_token" => json!({ "name": "", "scopes": [] }),
        "start_connection" => json!({ "provider": "zoom", "scope": "user" }),
        "complete_connection" => json!({ "state": "x", "code": "y" }),
        "update_zoom_settings" => json!({ "sync": false }),
        "update_account_settings" => json!({ "company_name": "", "default_locale": "en" }),
        "read_notifications" => json!({}),
        "start_recording_upload" => json!({ "name": "a.wav", "bytes": 1 }),
        "save_playback_position" => json!({ "position_ms": 0 }),
        "update_call_settings" => json!({
            "recording": true, "intelligence": true, "transcript_votes": true, "law_checked": false
        }),
        "update_call" => json!({ "title": "", "direction": "inbound", "started_at": "2026-01-01T00:00:00Z" }),
        "add_participant" => json!({}),
        "match_participant" => json!({ "user_id": path["agent_id"] }),
        "delete_calls" => json!({ "call_ids": [] }),
        "import_transcript" => json!({ "content": "1\n00:00:00,000 --> 00:00:01,000\nHello\n" }),
        "save_call_note" => json!({ "html": "<p>Hello</p>", "version": 0 }),
        "create_call_comment" | "edit_call_comment" => json!({ "html": "<p>Hello</p>" }),
        "create_telephony_account" | "update_telephony_account" => json!({ "name": "", "account_sid": "" }),
        "edit_segment" => json!({ "text": "Hello" }),
        "create_clip" => json!({ "from_ms": 0, "until_ms": 1000 }),
        "update_clip" => json!({ "title": "" }),
        "share_clip" => json!({ "recipient_ids": [] }),
        "create_clip_link" | "open_shared_clip" => json!({}),
        "create_clip_folder" | "update_clip_folder" => json!({ "name": "" }),
        "update_clip_settings" => {
            json!({ "links": true, "default_days": 1, "most_days": 1, "color": "#000000" })
        }
        "transcribe_call" | "vote_transcript" | "correct_segment_speaker" | "match_speaker" => json!({}),
        "create_tracked_term" | "update_tracked_term" => json!({ "name": "" }),
        "create_call" => json!({ "title": "", "direction": "inbound", "started_at": "2026-01-01T00:00:00Z" }),
        "create_inbox" | "update_inbox" => json!({ "name": "", "member_ids": [] }),
        "assign_thread" => json!({ "user_id": path["agent_id"] }),
        "read_thread" => json!({ "seq": 1 }),
        "show_presence" => json!({ "viewing": true, "typing": false }),
        "create_message" => json!({ "html": "<p>Hello</p>", "send_anyway": true }),
        "create_comment" => json!({ "html": "<p>Note</p>" }),
        "create_chat_widget" => json!({ "name": "", "inbox_id": path["inbox_id"] }),
        "update_chat_widget" => json!({
            "name": "", "inbox_id": path["inbox_id"], "enabled": true, "allowed_origins": [],
            "require_signed_identity": false, "style": { "color": "#000000", "position": "left" }
        }),
        "create_visitor_message" => json!({ "text": "More", "client_id": "more" }),
        "save_visitor_receipt" => json!({ "delivered_seq": 0, "read_seq": 0 }),
        "show_visitor_typing" => json!({ "typing": true }),
        "identify_visitor" => json!({ "name": "Carla" }),
        _ => return body_of_crm(operation),
    })
}

/// The same for contacts, companies, deals, tickets, and what is kept of them.
fn body_of_crm(operation: &str) -> Option<Value> {
    Some(match operation {
        "create_contact" | "update_contact" => json!({ "name": "" }),
        "merge_contact" => json!({ "from_id": "2" }),
        "erase_contact" => json!({ "confirm_name": "" }),
        "create_company" | "update_company" => json!({ "name": "" }),
        "create_deal" | "update_deal" => json!({ "name": "" }),
        "create_ticket" | "update_ticket" => json!({ "subject": "" }),
        "create_association" => {
            json!({ "from": { "kind": "contact", "id": "1" }, "to": { "kind": "deal", "id": "2" } })
        }
        "save_pipeline" => json!({ "stages": [] }),
        "save_ticket_statuses" => json!({ "statuses": [] }),
        "create_property" => json!({ "object": "deal", "key": "", "label": "", "type": "text" }),
        "update_property" => json!({ "label": "", "position": 0, "archived": false }),
        "create_saved_view" | "update_saved_view" => json!({ "list": "deal", "name": "", "columns": [] }),
        "save_list_layout" => json!({ "columns": [] }),
        "preview_csv" => json!({ "file_id": "1" }),
        "create_import" => json!({ "object": "deal", "file_id": "1", "columns": [], "key": "none" }),
        _ => return None,
    })
}

/// The parameters that an operation cannot do without.
fn query(operation: &str) -> &'static str {
    match operation {
        "search_records" | "search_transcripts" | "search_call" => "?q=a",
        "get_peaks_tile" => "?level=0&tile=0",
        "export_records" => "?object=deal",
        "get_shared_clip_content" | "get_shared_transcript" => "?expires=1&signature=x",
        "list_associations" | "list_timeline" => "?kind=contact&id=1",
        _ => "",
    }
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
