use rapport_tests::test_on_both;
use types::ErrorCode;
use types::calls::{AddParticipant, MatchParticipant, ParticipantKind, ParticipantPath};

use super::desk::{NOBODY, call, path};

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
