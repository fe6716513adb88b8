use platform::config::TranscriptionEngine;
use rapport_tests::{TestApp, test_on_both, until};
use serde_json::json;
use types::ErrorCode;
use types::calls::{
    Call, ListSegments, MatchSpeaker, MatchedBy, SpeakerPath, SpeakerSeparation, TranscriptSource,
    TranscriptState,
};
use types::crm::TimelineEvent;

use super::desk::{Desk, TIMELINE, TRANSCRIPT, calls, settle};
use crate::calls::desk::path;
use crate::calls::speech_server::FakeSpeechServer;
use crate::calls::transcribed::stored;
use crate::crm::desk::timeline;

/// What Zoom made of two people's words.
const TALK: &str = "WEBVTT

1
00:00:00.100 --> 00:00:00.900
Ana (Sales): Welcome to the call.

2
00:00:01.000 --> 00:00:01.900
Zoe: I am glad to be here.
";

async fn call(desk: &Desk) -> Call {
    let found = calls(&desk.ana).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

/// Who each speaker is, by name, and who said so.
async fn speakers(desk: &Desk, call: &Call) -> Vec<(String, Option<MatchedBy>)> {
    let known = call.participants.iter();
    let names: Vec<_> = known.map(|one| (one.id, one.name.clone().unwrap())).collect();
    let all = desk.ana.list_speakers(&path(call.id)).await.unwrap().items;
    let name = |id| names.iter().find(|(known, _)| *known == id).unwrap().1.clone();
    all.iter().map(|one| (name(one.participant_id.unwrap()), one.matched_by)).collect()
}

test_on_both!(
    /// SYS-03, CALL-33, 60, 61: Zoom's transcript is taken as it is; its speakers are those that Zoom named, and cannot be
    /// matched by hand. The timeline of who took part tells of both the recording and the transcript.
    the_transcript_of_zoom_is_taken_as_it_is,
    async |app| {
        let server = FakeSpeechServer::start().await;
        let desk = Desk::open(app).await;
        transcribing(app, &desk, &server).await;
        let meeting = desk.meeting(app, "uuid==", 440).with_participant("Zoe", "zoe@client.example");
        let meeting = meeting.with_file("vtt", TRANSCRIPT, TALK.as_bytes());
        desk.ended(app, &meeting, "uuid==").await;
        let call = call(&desk).await;
        let transcript = stored(&desk.ana, call.id).await;
        assert_eq!((transcript.source, transcript.state), (TranscriptSource::Provider, TranscriptState::Ready));
        assert_eq!(transcript.separation, Some(SpeakerSeparation::Named));
        let said = desk.ana.list_segments(&path(call.id), &ListSegments::default()).await.unwrap().items;
        let texts: Vec<_> = said.iter().map(|one| (one.start_ms, one.text.as_str())).collect();
        assert_eq!(texts, [(100, "Welcome to the call."), (1000, "I am glad to be here.")]);
        let by_zoom = Some(MatchedBy::Provider);
        assert_eq!(speakers(&desk, &call).await, [("Ana".to_owned(), by_zoom), ("Zoe".to_owned(), by_zoom)]);
        let speaker = desk.ana.list_speakers(&path(call.id)).await.unwrap().items.remove(0);
        let of_call = SpeakerPath { call_id: call.id, speaker_id: speaker.id };
        let refused = desk.ana.match_speaker(&of_call, &MatchSpeaker { participant_id: None }).await;
        assert_eq!(refused.unwrap_err().code(), Some(ErrorCode::Conflict));
        let zoe = call.participants.iter().find_map(|one| one.contact_id).unwrap();
        let entries = timeline(&desk.ana, zoe).await.items;
        let told = |event: TimelineEvent| entries.iter().any(|entry| entry.event == event);
        assert!(told(TimelineEvent::CallRecorded { record: call.id.into() }), "{entries:?}");
        assert!(told(TimelineEvent::CallTranscribed { record: call.id.into() }), "{entries:?}");
        app.shows(&["SYS-03", "CALL-33", "CALL-60", "CALL-61"]);
    }
);

/// Has recordings transcribed here too.
async fn transcribing(app: &TestApp, desk: &Desk, server: &FakeSpeechServer) {
    let url = server.url.clone();
    app.restart(move |config| {
        desk.zoom.configure(config);
        config.transcription.engine = TranscriptionEngine::OpenAi;
        config.transcription.base_url = url;
    })
    .await;
}

test_on_both!(
    /// CALL-65: where Zoom makes no transcript, none is had from it; one that is ready later takes the place of ours.
    transcripts_of_zoom_come_when_zoom_makes_them,
    async |app| {
        let desk = Desk::open(app).await;
        let meeting = desk.meeting(app, "uuid==", 440).with_participant("Zoe", "zoe@client.example");
        desk.ended(app, &meeting, "uuid==").await;
        let call = call(&desk).await;
        let ours = stored(&desk.ana, call.id).await;
        assert_eq!((ours.source, ours.state), (TranscriptSource::Engine, TranscriptState::NotConfigured));
        let meeting = meeting.with_file("vtt", TRANSCRIPT, TALK.as_bytes());
        desk.zoom.has_meeting(&meeting).await;
        for _ in 0..2 {
            desk.zoom.sends(app, "recording.transcript_completed", "uuid==").await;
            settle(app).await;
        }
        let transcript = stored(&desk.ana, call.id).await;
        assert_eq!((transcript.source, transcript.state), (TranscriptSource::Provider, TranscriptState::Ready));
        assert_eq!(desk.zoom.seen().await.downloads, 2);
        assert_eq!(calls(&desk.ana).await.len(), 1);
        app.shows(&["CALL-65"]);
    }
);

test_on_both!(
    /// SYS-02, CALL-29, PITFALL 92: without a transcript of Zoom the call is transcribed here, and what Zoom noted of who
    /// spoke when tells its two speakers apart and matches them. They can be matched otherwise by hand.
    who_spoke_when_matches_two_people,
    async |app| {
        let server = FakeSpeechServer::start().await;
        let desk = Desk::open(app).await;
        transcribing(app, &desk, &server).await;
        let users = |name: &str| json!([{ "username": name }]);
        let timeline = json!({ "timeline": [
            { "ts": "00:00:00.000", "users": users("Ana (Sales)") },
            { "ts": "00:00:50.000", "users": users("Zoe's phone") },
        ] });
        let meeting = rapport_tests::zoom::Meeting::new("uuid==", "host", "Refund", app.clock().now());
        let meeting = meeting
            .with_participant("Ana (Sales)", "ana@example.org")
            .with_participant("Zoe's phone", "zoe@client.example")
            .with_file("talk", ("M4A", "audio_only"), include_bytes!("../../audio/call_synth_stereo.ogg"))
            .with_file("timeline", TIMELINE, timeline.to_string().as_bytes());
        desk.ended(app, &meeting, "uuid==").await;
        let call = call(&desk).await;
        let transcript = stored(&desk.ana, call.id).await;
        assert_eq!((transcript.source, transcript.state), (TranscriptSource::Engine, TranscriptState::Ready));
        assert_eq!(transcript.separation, Some(SpeakerSeparation::Named));
        let auto = Some(MatchedBy::Auto);
        let expected = [("Ana".to_owned(), auto), ("Zoe's phone".to_owned(), auto)];
        assert_eq!(speakers(&desk, &call).await, expected);
        let speaker = desk.ana.list_speakers(&path(call.id)).await.unwrap().items.remove(0);
        let of_call = SpeakerPath { call_id: call.id, speaker_id: speaker.id };
        desk.ana.match_speaker(&of_call, &MatchSpeaker { participant_id: None }).await.unwrap();
        until("it is nobody again", async || {
            desk.ana.list_speakers(&path(call.id)).await.unwrap().items[0].participant_id.is_none()
        })
        .await;
        app.shows(&["SYS-02", "CALL-29"]);
    }
);
