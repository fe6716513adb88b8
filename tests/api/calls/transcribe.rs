use platform::config::TranscriptionEngine;
use rapport_tests::{TestApp, test_on_both};
use types::Permission;
use types::accounts::{SaveRole, UpdateUser, UserPath};
use types::calls::{
    AddParticipant, CreateCall, MatchedBy, RecordingState, Segment, SpeakerSeparation, TranscribeCall,
    TranscriptSource, TranscriptState, UpdateCallSettings,
};

use super::desk::{self, NOBODY, path, request};
use super::sound::{recorded, upload, wav};
use super::speech_server::FakeSpeechServer;
use super::transcribed::{TALK, import, segments, stored, texts, zoe};

/// A call of 100 seconds, a channel for each of two people.
const CALL: &[u8] = include_bytes!("../../audio/call_synth_stereo.ogg");
/// A call that a SIP recorder wrote.
const SIP_CALL: &[u8] = include_bytes!("../../audio/sip_call_two_channels.wav");

const ANY: TranscribeCall = TranscribeCall { language: None };

async fn engine(app: &TestApp, server: &FakeSpeechServer) {
    let url = server.url.clone();
    app.restart(move |config| {
        config.transcription.engine = TranscriptionEngine::OpenAi;
        config.transcription.base_url = url;
    })
    .await;
}

test_on_both!(
    /// CALL-29, 54, 61: a recording is transcribed as soon as it is there, and its two speakers are told apart by their
    /// channels and matched with the two participants.
    a_recording_is_transcribed,
    async |app| {
        let server = FakeSpeechServer::start().await;
        engine(app, &server).await;
        let ana = app.agent("Ana").await;
        let zoe = zoe(app).await;
        let participants = vec![desk::contact(zoe.id), AddParticipant { user_id: Some(ana.id()), ..NOBODY }];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap();
        upload(&ana, made.id, CALL).await;
        let transcript = stored(&ana, made.id).await;
        assert_eq!((transcript.state, transcript.error), (TranscriptState::Ready, None));
        assert_eq!((transcript.source, transcript.engine.as_deref()), (TranscriptSource::Engine, Some("openai")));
        assert_eq!(transcript.separation, Some(SpeakerSeparation::ByChannel));
        assert_eq!(transcript.language.as_deref(), Some("en"));
        let said = segments(&ana, made.id).await;
        assert!(said.len() >= 15, "{}", said.len());
        assert!(said.iter().all(|one| one.text.starts_with("Utterance ") && one.start_ms < one.end_ms));
        let speakers = ana.list_speakers(&path(made.id)).await.unwrap().items;
        let call = ana.get_call(&path(made.id)).await.unwrap();
        let matched: Vec<_> = speakers.iter().map(|one| (one.channel, one.participant_id, one.matched_by)).collect();
        let auto = Some(MatchedBy::Auto);
        let people = [call.participants[1].id, call.participants[0].id];
        assert_eq!(matched, [(Some(0), Some(people[0]), auto), (Some(1), Some(people[1]), auto)]);
    }
);

test_on_both!(
    /// CALL-06, SYS-06: what a SIP recorder wrote has a party on each channel, silent while the other talks. Nothing is wrong
    /// with it, and the two are told apart.
    a_sip_call_has_a_party_on_each_channel,
    async |app| {
        let server = FakeSpeechServer::start().await;
        engine(app, &server).await;
        let ana = app.agent("Ana").await;
        let made = desk::call(app, &ana, "By SIP").await;
        let call = upload(&ana, made.id, SIP_CALL).await;
        assert_eq!((call.recording.state, call.duration_ms), (RecordingState::Ready, Some(14_820)));
        assert_eq!(call.recording.problems, []);
        assert!(call.recording.channels.len() == 2 && call.recording.channels.iter().all(|one| !one.silent));
        let transcript = stored(&ana, made.id).await;
        assert_eq!(transcript.separation, Some(SpeakerSeparation::ByChannel), "{transcript:?}");
        let speakers = ana.list_speakers(&path(made.id)).await.unwrap().items;
        let channel = |id| speakers.iter().find(|one| Some(one.id) == id).unwrap().channel;
        let said = segments(&ana, made.id).await;
        let right = |one: &&Segment| channel(one.speaker_id) == Some(1);
        assert!(said.iter().filter(right).all(|one| one.end_ms <= 9000), "{said:?}");
        assert!(said.iter().filter(|one| !right(one)).all(|one| one.start_ms >= 8500), "{said:?}");
        assert_eq!(speakers.len(), 2);
        app.shows(&["CALL-06", "SYS-06"]);
    }
);

test_on_both!(
    /// CALL-08, 54, 55: transcription is a setting of its own, beside recording, and so is the language; the languages that
    /// there are can be chosen, and no others.
    transcription_is_a_setting,
    async |app| {
        let server = FakeSpeechServer::start().await;
        engine(app, &server).await;
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let settings = |intelligence, language: &str| UpdateCallSettings {
            recording: true,
            intelligence,
            language: Some(language.to_owned()),
            transcript_votes: true,
            retention_days: None,
            law_checked: true,
        };
        admin.update_call_settings(&settings(false, "fr")).await.unwrap();
        let silent = desk::call(app, &ana, "Not transcribed").await;
        let recorded = upload(&ana, silent.id, SIP_CALL).await;
        assert_eq!((recorded.recording.state, recorded.transcript), (RecordingState::Ready, None));
        assert_eq!(ana.transcribe_call(&path(silent.id), &ANY).await.unwrap_err().status(), Some(409));
        let languages = admin.update_call_settings(&settings(true, "fr")).await.unwrap().languages;
        ana.transcribe_call(&path(silent.id), &ANY).await.unwrap();
        assert_eq!(stored(&ana, silent.id).await.language.as_deref(), Some("fr"));
        for language in ["en", "de", "fr", "es", "ja", "nl", "pt"] {
            assert!(languages.contains(&language.to_owned()), "{language}: {languages:?}");
            admin.update_call_settings(&settings(true, language)).await.unwrap();
        }
        let unknown = admin.update_call_settings(&settings(true, "tlh")).await.unwrap_err();
        assert!(unknown.field("language").is_some());
        app.shows(&["CALL-08", "CALL-54", "CALL-55"]);
    }
);

test_on_both!(
    /// PITFALL 93: where nobody speaks nothing is written down, and no engine is asked.
    silence_gives_no_words,
    async |app| {
        let server = FakeSpeechServer::start().await;
        engine(app, &server).await;
        let ana = app.agent("Ana").await;
        let made = desk::call(app, &ana, "Silent").await;
        upload(&ana, made.id, &wav(3, 440, [false, false])).await;
        let transcript = stored(&ana, made.id).await;
        assert_eq!(transcript.state, TranscriptState::Ready);
        assert_eq!(texts(&segments(&ana, made.id).await), [""; 0]);
    }
);

test_on_both!(
    /// An engine that fails is said to, and the call is transcribed once it works again; a call is transcribed by hand in
    /// another language.
    a_failed_transcription_is_tried_again,
    async |app| {
        let server = FakeSpeechServer::start().await;
        engine(app, &server).await;
        server.refuse_with(503);
        let ana = app.agent("Ana").await;
        let made = desk::call(app, &ana, "Refund").await;
        upload(&ana, made.id, CALL).await;
        let failed = stored(&ana, made.id).await;
        assert_eq!(failed.state, TranscriptState::Failed);
        assert!(failed.error.unwrap().starts_with("the transcription engine "));
        server.refuse_with(0);
        let wrong = TranscribeCall { language: Some("tlh".to_owned()) };
        let refused = ana.transcribe_call(&path(made.id), &wrong).await.unwrap_err();
        assert!(refused.field("language").is_some());
        let french = TranscribeCall { language: Some("fr".to_owned()) };
        let waiting = ana.transcribe_call(&path(made.id), &french).await.unwrap();
        assert_eq!(waiting.state, TranscriptState::Waiting);
        let ready = stored(&ana, made.id).await;
        assert_eq!((ready.state, ready.language.as_deref()), (TranscriptState::Ready, Some("fr")));
    }
);

test_on_both!(
    /// CALL-02, 03, 26: only calls of users who may use transcripts are transcribed by themselves; a transcript that somebody
    /// took in stays. Without an engine that is said, and everything else works.
    only_calls_of_those_who_may_are_transcribed,
    async |app| {
        let ana = app.agent("Ana").await;
        let unconfigured = recorded(app, &ana, 440).await;
        assert_eq!(unconfigured.transcript, Some(TranscriptState::NotConfigured));
        let asked = ana.transcribe_call(&path(unconfigured.id), &ANY).await.unwrap();
        assert_eq!(asked.state, TranscriptState::NotConfigured);

        let free = [Permission::ReadCalls, Permission::EditCalls].into();
        let role = SaveRole {
            name: "Free".to_owned(),
            permissions: free,
            record_access: types::RecordAccess::Everything,
        };
        let role = app.super_admin().create_role(&role).await.unwrap();
        let otto = app.agent("Otto").await;
        let change = UpdateUser { name: None, role_id: Some(role.id) };
        app.super_admin().update_user(&UserPath { user_id: otto.id() }, &change).await.unwrap();
        let of_otto = recorded(app, &otto, 550).await;
        assert_eq!(of_otto.transcript, None);
        assert_eq!(otto.transcribe_call(&path(of_otto.id), &ANY).await.unwrap_err().status(), Some(403));

        let made = desk::call(app, &ana, "Taken in").await;
        assert_eq!(ana.transcribe_call(&path(made.id), &ANY).await.unwrap_err().status(), Some(409));
        import(&ana, made.id, TALK).await;
        upload(&ana, made.id, &wav(2, 660, [true, true])).await;
        assert_eq!(segments(&ana, made.id).await.len(), 4);
        app.shows(&["CALL-02", "CALL-03"]);
    }
);
