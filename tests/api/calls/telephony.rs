//! Recordings that a telephony provider reports, as Twilio does.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use rapport_tests::{TestApp, test_on_both, until};
use reqwest::{Method, Url};
use types::accounts::ListAuditEntries;
use types::calls::*;
use types::crm::CreateContact;
use types::{TelephonyAccountId, UserId};

use super::desk::path;
use super::provider::FakeProvider;
use super::sound::{examined, wav};

const SID: &str = "AC0123456789abcdef";
const TOKEN: &str = "the secret of the account";

fn account(owner_id: Option<UserId>) -> SaveTelephonyAccount {
    SaveTelephonyAccount {
        name: "Main line".to_owned(),
        account_sid: SID.to_owned(),
        auth_token: Some(TOKEN.to_owned()),
        owner_id,
    }
}

/// The form of a callback about a recording at this address.
fn form(url: &str) -> BTreeMap<&'static str, String> {
    [
        ("AccountSid", SID),
        ("CallSid", "CA1"),
        ("RecordingSid", "RE1"),
        ("RecordingUrl", url),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "2"),
        ("RecordingChannels", "2"),
        ("RecordingStartTime", "Fri, 20 Nov 2026 10:00:00 +0000"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

/// As Twilio signs: the address, then names and values in order.
fn sign(url: &str, form: &BTreeMap<&str, String>, token: &str) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(url.as_bytes());
    form.iter().for_each(|(name, value)| mac.update(format!("{name}{value}").as_bytes()));
    STANDARD.encode(mac.finalize().into_bytes())
}

struct Callback<'a> {
    app: &'a TestApp,
    account: TelephonyAccountId,
    query: &'static str,
}

impl Callback<'_> {
    fn path(&self) -> String {
        format!("/v1/telephony/{}/recordings{}", self.account, self.query)
    }

    /// Sends a callback; the status and the code of the reply.
    async fn send(&self, form: &BTreeMap<&str, String>, signature: Option<&str>) -> (u16, String) {
        let encoded = Url::parse_with_params("http://form/", form).unwrap();
        let mut request = self
            .app
            .raw(Method::POST, &self.path())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(encoded.query().unwrap().to_owned());
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        let reply = request.send().await.unwrap();
        let status = reply.status().as_u16();
        let problem: Option<types::Problem> = reply.json().await.ok();
        (status, problem.map(|problem| problem.code.to_string()).unwrap_or_default())
    }

    async fn signed(&self, form: &BTreeMap<&str, String>) -> (u16, String) {
        let url = format!("{}{}", self.app.config().server.public_url, self.path());
        self.send(form, Some(&sign(&url, form, TOKEN))).await
    }
}

async fn calls(app: &TestApp) -> Vec<Call> {
    app.super_admin().list_calls(&ListCalls::default()).await.unwrap().items
}

/// The first call, once there is no hope for its recording.
async fn failed(app: &TestApp) -> Call {
    until("the recording fails", async || calls(app).await[0].recording.state == RecordingState::Failed)
        .await;
    calls(app).await.remove(0)
}

test_on_both!(
    /// CALL-06, SYS-06: a recording that a provider reports becomes a call of the account's owner, with the contact who has
    /// the number; it is fetched as two channels with the account's credential, and examined. Reported again, nothing
    /// changes.
    a_reported_recording_is_taken_in,
    async |app| {
        let provider = FakeProvider::start(wav(2, 440, [true, true]), (SID, TOKEN)).await;
        app.restart(|config| config.calls.fetch_from_private_addresses = true).await;
        let ana = app.agent("Ana").await;
        let zoe = CreateContact {
            name: "Zoë".to_owned(),
            phone: Some("+33 6 12 34 56 78".to_owned()),
            ..CreateContact::default()
        };
        let zoe = app.super_admin().create_contact(&zoe).await.unwrap();
        let line = app.super_admin().create_telephony_account(&account(Some(ana.id()))).await.unwrap();
        let query = "?From=%2B33612345678&To=%2B331&Direction=inbound";
        let callback = Callback { app, account: line.id, query };
        let form = form(&provider.url("/moved/RE1"));
        assert_eq!(callback.signed(&form).await.0, 204);
        assert_eq!(callback.signed(&form).await.0, 204);
        let [call]: [Call; 1] = calls(app).await.try_into().unwrap();
        assert_eq!((call.source, call.external_id.as_deref()), (CallSource::Telephony, Some("RE1")));
        assert_eq!((call.owner_id, call.direction), (Some(ana.id()), CallDirection::Inbound));
        assert_eq!(call.started_at.to_string(), "2026-11-20T10:00:00Z");
        let people: Vec<_> = call.participants.iter().map(|one| (one.user_id, one.contact_id)).collect();
        assert_eq!(people, [(Some(ana.id()), None), (None, Some(zoe.id))]);
        let call = examined(&ana, call.id).await;
        assert_eq!((call.recording.state, call.recording.channels.len()), (RecordingState::Ready, 2));
        assert_eq!((call.duration_ms, call.recording.problems.len()), (Some(2000), 0));
        let asked = provider.asked();
        assert_eq!(asked, ["/moved/RE1.wav?RequestedChannels=2", "/recordings/RE1.wav?RequestedChannels=2"]);
        app.shows(&["CALL-06", "SYS-06"]);
    }
);

test_on_both!(
    /// SYS-06: a callback whose signature is missing, of another secret, of another address or of another form is refused,
    /// as one for an account that does not exist; nothing is made of it, nor of one about a recording that goes on.
    callbacks_must_be_signed,
    async |app| {
        let line = app.super_admin().create_telephony_account(&account(None)).await.unwrap();
        let callback = Callback { app, account: line.id, query: "" };
        let right = form("https://api.example.org/RE1");
        let url = format!("{}{}", app.config().server.public_url, callback.path());
        assert_eq!(line.callback_url, url);
        let refused = (403, "signature_refused".to_owned());
        assert_eq!(callback.send(&right, None).await, refused);
        for signature in ["", "x", &sign(&url, &right, "another"), &sign(&format!("{url}?"), &right, TOKEN)] {
            assert_eq!(callback.send(&right, Some(signature)).await, refused, "{signature}");
        }
        let mut changed = right.clone();
        changed.insert("RecordingUrl", "https://evil.example/RE1".to_owned());
        assert_eq!(callback.send(&changed, Some(&sign(&url, &right, TOKEN))).await, refused);
        let nowhere = Callback { app, account: TelephonyAccountId(1), query: "" };
        assert_eq!(nowhere.signed(&right).await, refused);

        let mut going_on = right.clone();
        going_on.insert("RecordingStatus", "in-progress".to_owned());
        assert_eq!(callback.signed(&going_on).await.0, 204);
        let mut wrong = right.clone();
        wrong.insert("RecordingUrl", "ftp://api.example.org".to_owned());
        assert_eq!(callback.signed(&wrong).await, (422, "invalid_fields".to_owned()));
        assert_eq!(calls(app).await, []);
    }
);

test_on_both!(
    /// SYS-06: recordings are not fetched from the server's own network, also not when a redirect leads there; where the
    /// provider says no, the call says so.
    recordings_are_not_fetched_from_everywhere,
    async |app| {
        let provider = FakeProvider::start(wav(1, 440, [true, true]), (SID, "another token")).await;
        let line = app.super_admin().create_telephony_account(&account(None)).await.unwrap();
        let callback = Callback { app, account: line.id, query: "" };
        assert_eq!(callback.signed(&form(&provider.url("/recordings/RE1"))).await.0, 204);
        let call = failed(app).await;
        assert_eq!(call.recording.problems[0].code, RecordingProblemCode::NotFetched);
        assert_eq!(provider.asked(), [""; 0]);
        app.super_admin().delete_call(&path(call.id)).await.unwrap();

        app.restart(|config| config.calls.fetch_from_private_addresses = true).await;
        assert_eq!(callback.signed(&form(&provider.url("/recordings/RE1"))).await.0, 204);
        let problem = failed(app).await.recording.problems.remove(0);
        assert!(problem.detail.contains("401"), "{}", problem.detail);
    }
);

test_on_both!(
    /// CALL-06: accounts are changed and removed, their secrets never shown; what breaks a rule is named.
    accounts_keep_their_secret,
    async |app| {
        let admin = app.super_admin();
        let line = admin.create_telephony_account(&account(None)).await.unwrap();
        let taken = admin.create_telephony_account(&account(None)).await.unwrap_err();
        assert!(taken.field("account_sid").is_some(), "{taken:?}");
        let empty = SaveTelephonyAccount {
            name: " ".to_owned(),
            account_sid: "no sid".to_owned(),
            auth_token: None,
            owner_id: None,
        };
        let refused = admin.create_telephony_account(&empty).await.unwrap_err();
        for field in ["name", "account_sid", "auth_token"] {
            assert!(refused.field(field).is_some(), "{field}: {refused:?}");
        }
        let place = TelephonyAccountPath { account_id: line.id };
        let renamed = SaveTelephonyAccount {
            name: "Second line".to_owned(),
            auth_token: None,
            ..account(Some(admin.id()))
        };
        let renamed = admin.update_telephony_account(&place, &renamed).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.owner_id), ("Second line", Some(admin.id())));
        let callback = Callback { app, account: line.id, query: "" };
        let mut going_on = form("https://api.example.org/RE1");
        going_on.insert("RecordingStatus", "in-progress".to_owned());
        assert_eq!(callback.signed(&going_on).await.0, 204, "the secret stays");
        assert_eq!(admin.list_telephony_accounts().await.unwrap().items, [renamed]);
        let entries = admin.list_audit_entries(&ListAuditEntries::default()).await.unwrap();
        assert!(!format!("{entries:?}").contains(TOKEN));
        admin.delete_telephony_account(&place).await.unwrap();
        assert_eq!(callback.signed(&going_on).await.0, 403);
        assert_eq!(admin.list_telephony_accounts().await.unwrap().items, []);
    }
);
