use rapport_tests::{TestApp, test_on_both};
use types::calls::{AddParticipant, CallOutcome, CallSource, CreateCall, ParticipantKind, RecordingState};
use types::crm::CreateContact;
use types::{CallId, ErrorCode};

use super::desk::{NOBODY, contact, path, request};

async fn lucie(app: &TestApp) -> types::crm::Contact {
    let request = CreateContact {
        name: "Lucie Bernard".to_owned(),
        email: Some("lucie@example.net".to_owned()),
        ..CreateContact::default()
    };
    app.super_admin().create_contact(&request).await.unwrap()
}

test_on_both!(
    /// A call is created with its facts and read again as it was created; an address finds who took part.
    a_call_keeps_its_facts,
    async |app| {
        let ana = app.agent("Ana").await;
        let lucie = lucie(app).await;
        let by = |email: &str| AddParticipant { email: Some(email.to_owned()), ..NOBODY };
        let wanted = CreateCall {
            external_id: Some("pbx-1".to_owned()),
            duration_ms: Some(61_500),
            outcome: Some(CallOutcome::Connected),
            participants: vec![by("ana@example.org"), by("Lucie@example.net"), by("nobody@example.net")],
            ..request(app, "  Late delivery ")
        };
        let made = ana.create_call(&wanted).await.unwrap();
        assert_eq!((made.title.as_str(), made.owner_id), ("Late delivery", Some(ana.id())));
        assert_eq!((made.source, made.duration_ms), (CallSource::Api, Some(61_500)));
        assert_eq!((made.recording.state, made.transcript), (RecordingState::None, None));
        let kinds: Vec<_> = made.participants.iter().map(|part| (part.kind, part.name.as_deref())).collect();
        let expected = [
            (ParticipantKind::User, Some("Ana")),
            (ParticipantKind::Contact, Some("Lucie Bernard")),
            (ParticipantKind::Other, None),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(made.participants[1].contact_id, Some(lucie.id));
        assert_eq!(ana.get_call(&path(made.id)).await.unwrap(), made);
    }
);

test_on_both!(
    /// A source reports a call once, however often it says so and however many ask at the same time.
    an_external_id_names_one_call,
    async |app| {
        let ana = app.agent("Ana").await;
        let wanted = CreateCall { external_id: Some("pbx-7".to_owned()), ..request(app, "Once") };
        let made = futures_util::future::join_all((0..50).map(|_| ana.create_call(&wanted))).await;
        let ids: std::collections::BTreeSet<CallId> = made.into_iter().map(|call| call.unwrap().id).collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
        let again = CreateCall { title: "Twice".to_owned(), ..wanted };
        assert_eq!(ana.create_call(&again).await.unwrap().title, "Once");
    }
);

test_on_both!(
    /// Each field that breaks a rule is named.
    what_breaks_a_rule_is_named,
    async |app| {
        let ana = app.agent("Ana").await;
        let refused = |wanted: CreateCall| {
            let ana = &ana;
            async move { ana.create_call(&wanted).await.unwrap_err() }
        };
        let good = request(app, "Call");
        let wrong = CreateCall {
            title: String::new(),
            started_at: good.started_at.plus_seconds(2 * 86_400),
            duration_ms: Some(-1),
            ..good.clone()
        };
        let error = refused(wrong).await;
        for field in ["title", "started_at", "duration_ms"] {
            assert!(error.field(field).is_some(), "{field}: {error:?}");
        }
        let nobody = CreateCall { participants: vec![NOBODY], ..good.clone() };
        assert!(refused(nobody).await.field("participants[0].name").is_some());
        let unknown = CreateCall { participants: vec![contact(types::ContactId(1))], ..good.clone() };
        assert!(refused(unknown).await.field("participants[0].contact_id").is_some());
        let owner = CreateCall { owner_id: Some(types::UserId(1)), ..good.clone() };
        assert!(refused(owner).await.field("owner_id").is_some());
        let zoom = CreateCall { source: Some(CallSource::Zoom), ..good.clone() };
        assert!(refused(zoom).await.field("source").is_some());
        let private = CreateCall { private: true, owner_id: Some(app.super_admin().id()), ..good };
        assert_eq!(refused(private).await.code(), Some(ErrorCode::Forbidden));
    }
);
