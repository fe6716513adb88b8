use rapport_tests::test_on_both;
use reqwest::Method;
use types::calls::{
    ImportTranscript, ListCalls, ListSegments, SpeakerSeparation, TranscriptSource, TranscriptState,
    UpdateCallSettings, VoteTranscript,
};

use super::desk::{self, path, titles};
use super::transcribed::{TALK, call, import, segments, stored, texts};

const SRT: &str = "1\r\n00:00:01,000 --> 00:00:02,000\r\nAna: Bonjour\r\n\r\n\
                   2\r\n00:00:02,500 --> 00:00:03,000\r\nLuc: Salut\r\n";
const JSON: &str =
    r#"{"language": "en", "segments": [{"start": 0.5, "end": 2.25, "text": " Good morning."}]}"#;

test_on_both!(
    /// CALL-53, 57: a transcript is taken in from a file, and read whole, by pages and between two moments.
    a_transcript_is_taken_in_and_read,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = desk::call(app, &ana, "Refund").await.id;
        assert_eq!(ana.get_transcript(&path(id)).await.unwrap_err().status(), Some(404));

        let request = ImportTranscript { content: TALK.to_owned(), language: Some("en".to_owned()) };
        let taken = ana.import_transcript(&path(id), &request).await.unwrap();
        assert_eq!((taken.state, taken.source), (TranscriptState::Running, TranscriptSource::Upload));
        let ready = stored(&ana, id).await;
        assert_eq!((ready.state, ready.progress), (TranscriptState::Ready, 100));
        assert_eq!(ready.separation, Some(SpeakerSeparation::Named));
        assert_eq!(ready.language.as_deref(), Some("en"));
        assert!(ready.finished_at.is_some_and(|at| at <= app.clock().now()));
        let listed = ListCalls { transcript: Some(TranscriptState::Ready), ..ListCalls::default() };
        assert_eq!(titles(&ana, &listed).await, ["Refund"]);

        let whole = segments(&ana, id).await;
        assert_eq!(texts(&whole)[1], "Fine. But I want a full refund & an apology.");
        assert_eq!((whole[1].start_ms, whole[1].end_ms), (4000, 8000));
        assert_eq!(whole[0].speaker_id, whole[2].speaker_id);
        assert_ne!(whole[0].speaker_id, whole[1].speaker_id);
        let window = ListSegments { from_ms: Some(8000), until_ms: Some(12_000), ..ListSegments::default() };
        let between = ana.list_segments(&path(id), &window).await.unwrap().items;
        assert_eq!(texts(&between), ["A refund takes three days."]);
        let (mut paged, mut query) =
            (Vec::new(), ListSegments { limit: Some(3), ..ListSegments::default() });
        loop {
            let page = ana.list_segments(&path(id), &query).await.unwrap();
            paged.extend(page.items);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole);
        let too_many = ListSegments { limit: Some(5001), ..ListSegments::default() };
        assert_eq!(ana.list_segments(&path(id), &too_many).await.unwrap_err().status(), Some(422));
        app.shows(&["CALL-53", "CALL-57"]);
    }
);

test_on_both!(
    /// A transcript takes the place of the one before, whatever its form; a longer one is stored in several steps.
    a_transcript_replaces_the_one_before,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Refund").await;
        import(&ana, id, SRT).await;
        assert_eq!(texts(&segments(&ana, id).await), ["Bonjour", "Salut"]);
        let speakers = ana.list_speakers(&path(id)).await.unwrap().items;
        let names: Vec<_> = speakers.iter().map(|speaker| speaker.name.as_deref()).collect();
        assert_eq!(names, [Some("Ana"), Some("Luc")]);

        let ready = import(&ana, id, JSON).await;
        assert_eq!(ready.separation, Some(SpeakerSeparation::NotSeparated));
        assert_eq!(ready.language.as_deref(), Some("en"));
        let said = segments(&ana, id).await;
        assert_eq!((texts(&said), said[0].start_ms, said[0].end_ms), (vec!["Good morning."], 500, 2250));
        assert!(said[0].speaker_id.is_some());

        let long = (0..350).map(|n| format!(r#"{{"start_ms": 1{n:03}000, "end_ms": 1{n:03}900, "text": "Line {n}"}}"#));
        import(&ana, id, &format!("[{}]", long.collect::<Vec<_>>().join(","))).await;
        let said = segments(&ana, id).await;
        assert_eq!(said.len(), 350);
        assert!(said.iter().enumerate().all(|(n, segment)| segment.text == format!("Line {n}")));

        // Two at once: the later one stays, whole.
        for content in [TALK, SRT] {
            let request = ImportTranscript { content: content.to_owned(), language: None };
            ana.import_transcript(&path(id), &request).await.unwrap();
        }
        stored(&ana, id).await;
        assert_eq!(texts(&segments(&ana, id).await), ["Bonjour", "Salut"]);
    }
);

test_on_both!(
    /// A file with a fault is refused with its place and the rule, and what was there stays.
    a_file_with_a_fault_is_refused,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Refund").await;
        for (content, part) in [
            ("", "not WebVTT"),
            ("Hello", "not WebVTT"),
            ("WEBVTT\n", "no cues"),
            ("WEBVTT\n\n00:05.000 --> 00:02.000\nHello\n", "line 3"),
            ("1\n-00:00:01,000 --> 00:00:02,000\nHello\n", "line 2"),
            (r#"[{"start": -1, "end": 2, "text": "Hello"}]"#, "segment 1"),
            (r#"{"segments": 7}"#, "JSON"),
        ] {
            let request = ImportTranscript { content: content.to_owned(), language: None };
            let refused = ana.import_transcript(&path(id), &request).await.unwrap_err();
            assert_eq!(refused.status(), Some(422), "{content}");
            let detail = refused.field("content").unwrap();
            assert!(detail.contains(part), "{content}: {detail}");
        }
        assert_eq!(segments(&ana, id).await.len(), 4);
    }
);

test_on_both!(
    /// A transcript is saved as WebVTT, SubRip, text and JSON; what was saved can be taken in again.
    a_transcript_is_saved_as_a_file,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Refund").await;
        let save = async |format: &str| {
            let url = format!("/v1/calls/{id}/transcript/content?format={format}");
            let reply = app.raw(Method::GET, &url).bearer_auth(&ana.token).send().await.unwrap();
            assert_eq!(reply.status(), 200);
            let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
            (header("content-type"), header("content-disposition"), reply.text().await.unwrap())
        };
        let (media_type, disposition, vtt) = save("vtt").await;
        assert_eq!(media_type, "text/vtt; charset=utf-8");
        assert!(disposition.contains("attachment") && disposition.contains("Refund.vtt"), "{disposition}");
        assert!(vtt.starts_with("WEBVTT\n\n00:00:00.500 --> 00:00:03.000\n<v Ana>Hello Zoë"), "{vtt}");
        assert!(save("srt").await.2.starts_with("1\n00:00:00,500 --> 00:00:03,000\nAna: Hello Zoë"));
        assert!(save("txt").await.2.starts_with("[0:00] Ana: Hello Zoë"));
        let before = segments(&ana, id).await;
        for saved in [vtt, save("json").await.2] {
            import(&ana, id, &saved).await;
            assert_eq!(texts(&segments(&ana, id).await), texts(&before));
        }
    }
);

test_on_both!(
    /// CALL-58: users say how helpful a transcript is, unless the account does not ask.
    a_transcript_is_found_helpful_or_not,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let id = call(app, &ana, "Refund").await;
        let vote = |helpful| VoteTranscript { helpful };
        ana.vote_transcript(&path(id), &vote(Some(false))).await.unwrap();
        ana.vote_transcript(&path(id), &vote(Some(true))).await.unwrap();
        let votes = ben.vote_transcript(&path(id), &vote(Some(false))).await.unwrap();
        assert_eq!((votes.helpful, votes.unhelpful, votes.own), (1, 1, Some(false)));
        let votes = ben.vote_transcript(&path(id), &vote(None)).await.unwrap();
        assert_eq!((votes.helpful, votes.unhelpful, votes.own), (1, 0, None));
        assert_eq!(ana.get_transcript_votes(&path(id)).await.unwrap().own, Some(true));

        let settings = app.super_admin().get_call_settings().await.unwrap();
        let silent = UpdateCallSettings {
            recording: settings.recording,
            intelligence: settings.intelligence,
            language: settings.language,
            transcript_votes: false,
            retention_days: settings.retention_days,
            law_checked: settings.law_checked,
        };
        app.super_admin().update_call_settings(&silent).await.unwrap();
        assert_eq!(ana.vote_transcript(&path(id), &vote(None)).await.unwrap_err().status(), Some(409));
        app.shows(&["CALL-58"]);
    }
);
