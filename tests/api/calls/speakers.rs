use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use platform::Actor;
use rapport_tests::test_on_both;
use types::calls::{CorrectSegmentSpeaker, MatchSpeaker, MatchedBy, ParticipantKind, SpeakerPath};
use types::{CallId, SpeakerId};

use super::desk::{contact, path};
use super::transcribed::{call, call_of_two, import, segment_path, segments, zoe};

fn speaker(call_id: CallId, speaker_id: SpeakerId) -> SpeakerPath {
    SpeakerPath { call_id, speaker_id }
}

test_on_both!(
    /// CALL-29 to 32: the speakers of a call of two are matched by themselves; a match is undone and made by hand, and
    /// whoever is matched is not offered again.
    speakers_are_matched_and_unmatched,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call_of_two(app, &ana).await;
        let found = ana.list_speakers(&path(id)).await.unwrap();
        assert!(found.can_match);
        assert_eq!(found.unmatched_participants, []);
        let participants = ana.get_call(&path(id)).await.unwrap().participants;
        let matched: Vec<_> = found.items.iter().map(|one| (one.participant_id, one.matched_by)).collect();
        let auto = |kind: ParticipantKind| {
            let participant = participants.iter().find(|one| one.kind == kind).unwrap();
            (Some(participant.id), Some(MatchedBy::Auto))
        };
        assert_eq!(matched, [auto(ParticipantKind::User), auto(ParticipantKind::Contact)]);

        let (first, second) = (found.items[0].clone(), found.items[1].clone());
        let none = MatchSpeaker { participant_id: None };
        let freed = ana.match_speaker(&speaker(id, first.id), &none).await.unwrap();
        assert_eq!((freed.items[0].participant_id, freed.items[0].matched_by), (None, None));
        let offered: Vec<_> = freed.unmatched_participants.iter().map(|one| Some(one.id)).collect();
        assert_eq!(offered, [first.participant_id]);

        let taken = MatchSpeaker { participant_id: second.participant_id };
        let refused = ana.match_speaker(&speaker(id, first.id), &taken).await.unwrap_err();
        assert_eq!(refused.field("participant_id"), Some("is matched with another speaker already"));
        let again = MatchSpeaker { participant_id: first.participant_id };
        let matched = ana.match_speaker(&speaker(id, first.id), &again).await.unwrap();
        assert_eq!(matched.items[0].matched_by, Some(MatchedBy::Manual));
        assert_eq!(matched.unmatched_participants, []);
        let other = call(app, &ana, "Other").await;
        let elsewhere = ana.match_speaker(&speaker(other, first.id), &again).await.unwrap_err();
        assert_eq!(elsewhere.status(), Some(404));
        app.shows(&["CALL-29", "CALL-30", "CALL-31", "CALL-32"]);
    }
);

test_on_both!(
    /// PITFALL 92: a single segment is given to another speaker, also to one whom nobody told apart.
    a_segment_is_given_to_another_speaker,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Refund").await;
        import(&ana, id, "1\n00:00:00,000 --> 00:00:01,000\nOne\n\n2\n00:00:01,000 --> 00:00:02,000\nTwo\n")
            .await;
        let second = ana.create_speaker(&path(id)).await.unwrap();
        assert_eq!(second.number, 2);
        let line = segments(&ana, id).await.remove(1);
        let correct = |speaker_id| CorrectSegmentSpeaker { speaker_id };
        ana.correct_segment_speaker(&segment_path(id, &line), &correct(Some(second.id))).await.unwrap();
        let said = segments(&ana, id).await;
        assert_eq!(said[1].speaker_id, Some(second.id));
        assert_ne!(said[0].speaker_id, said[1].speaker_id);
        assert_eq!((said[1].start_ms, &said[1].original_text), (line.start_ms, &None));

        let other = call(app, &ana, "Other").await;
        let stranger = ana.list_speakers(&path(other)).await.unwrap().items[0].id;
        let refused =
            ana.correct_segment_speaker(&segment_path(id, &line), &correct(Some(stranger))).await.unwrap_err();
        assert!(refused.field("speaker_id").is_some());
        let nobody = ana.correct_segment_speaker(&segment_path(id, &line), &correct(None)).await.unwrap();
        assert_eq!(nobody.speaker_id, None);
    }
);

test_on_both!(
    /// CALL-33: where the provider named the speakers, matching is not offered.
    speakers_of_the_provider_stay,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Zoom").await;
        app.ctx()
            .write(&Actor::System, move |tx| {
                let set = "UPDATE transcripts SET source = 'provider' WHERE call_id = $1";
                diesel::sql_query(set).bind::<BigInt, _>(id).execute(tx.conn())?;
                Ok(())
            })
            .await
            .unwrap();
        let found = ana.list_speakers(&path(id)).await.unwrap();
        assert!(!found.can_match);
        let line = segments(&ana, id).await.remove(0);
        let none = MatchSpeaker { participant_id: None };
        let refusals = [
            ana.match_speaker(&speaker(id, found.items[0].id), &none).await.unwrap_err(),
            ana.create_speaker(&path(id)).await.unwrap_err(),
            ana.correct_segment_speaker(&segment_path(id, &line), &CorrectSegmentSpeaker { speaker_id: None })
                .await
                .unwrap_err(),
        ];
        for refused in refusals {
            assert_eq!(refused.status(), Some(409));
        }
        app.shows(&["CALL-33"]);
    }
);

test_on_both!(
    /// CALL-27: talk share, talk ratio, longest monologue, patience and interactivity.
    how_people_talk_is_measured,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call_of_two(app, &ana).await;
        let measured = ana.get_call_metrics(&path(id)).await.unwrap();
        let talked: Vec<_> =
            measured.speakers.iter().map(|one| (one.talk_ms, one.longest_monologue_ms, one.patience_ms)).collect();
        // Ana talks 2.5 s and 1.5 s and answers once after 0.5 s; Zoë 4 s and 2 s, after 1 s and 2 s.
        assert_eq!(talked, [(4000, 2500, Some(500)), (6000, 4000, Some(1500))]);
        assert_eq!(measured.speakers[0].talk_share, 0.4);
        assert_eq!(measured.talk_ratio, Some(0.4));
        // Three changes in 13.5 s.
        assert!((measured.interactivity - 3.0 / 0.225).abs() < 1e-9, "{}", measured.interactivity);
        let alone = call(app, &ana, "Nobody is matched").await;
        assert_eq!(ana.get_call_metrics(&path(alone)).await.unwrap().talk_ratio, None);
        // A participant who comes later is one to be matched with.
        let zoe = zoe(app).await;
        ana.add_participant(&path(alone), &contact(zoe.id)).await.unwrap();
        assert_eq!(ana.list_speakers(&path(alone)).await.unwrap().unmatched_participants.len(), 1);
        app.shows(&["CALL-27"]);
    }
);
