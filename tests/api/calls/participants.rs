use rapport_tests::test_on_both;
use types::ErrorCode;
use types::calls::{AddParticipant, CreateCall, MatchParticipant, ParticipantKind, ParticipantPath};
use types::crm::ContactPath;

use super::desk::{NOBODY, call, contact, path, request};
use super::transcribed::zoe;

test_on_both!(
    /// CALL-17 to 19: a call names who takes part, and leads to the record of each contact.
    participants_lead_to_their_records,
    async |app| {
        let (ana, zoe) = (app.agent("Ana").await, zoe(app).await);
        let participants = vec![AddParticipant { user_id: Some(ana.id()), ..NOBODY }, contact(zoe.id)];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Talk") }).await.unwrap();
        let names: Vec<_> = made.participants.iter().map(|one| one.name.as_deref()).collect();
        assert_eq!(names, [Some("Ana"), Some("Zoë Müller")]);
        let contact_id = made.participants[1].contact_id.unwrap();
        assert_eq!(ana.get_contact(&ContactPath { contact_id }).await.unwrap(), zoe);
        app.shows(&["CALL-17", "CALL-18", "CALL-19"]);
    }
);

test_on_both!(
    /// CALL-17: participants are added, said to be somebody, and removed.
    participants_come_and_go,
    async |app| {
        let ana = app.agent("Ana").await;
        let made = call(app, &ana, "Talk").await;
        let number = AddParticipant { phone: Some("+33 1 23 45".to_owned()), ..NOBODY };
        let ben = app.agent("Ben").await;
        let user = AddParticipant { user_id: Some(ben.id()), ..NOBODY };
        ana.add_participant(&path(made.id), &number).await.unwrap();
        ana.add_participant(&path(made.id), &number).await.unwrap();
        let both = ana.add_participant(&path(made.id), &user).await.unwrap().participants;
        assert_eq!(both.iter().map(|part| part.kind).collect::<Vec<_>>(), [
            ParticipantKind::Other,
            ParticipantKind::User
        ]);
        let first = ParticipantPath { call_id: made.id, participant_id: both[0].id };
        let taken = MatchParticipant { user_id: Some(ben.id()), contact_id: None };
        let refused = ana.match_participant(&first, &taken).await.unwrap_err();
        assert!(refused.field("user_id").is_some(), "{refused:?}");
        let free = MatchParticipant { user_id: Some(ana.id()), contact_id: None };
        let matched = ana.match_participant(&first, &free).await.unwrap().participants;
        assert_eq!((matched[0].name.as_deref(), matched[0].phone.as_deref()), (Some("Ana"), Some("+33 1 23 45")));
        ana.remove_participant(&first).await.unwrap();
        let refused = ana.remove_participant(&first).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::NotFound));
        assert_eq!(ana.get_call(&path(made.id)).await.unwrap().participants.len(), 1);
    }
);
