use rapport_tests::{TestApp, User, test_on_both};
use reqwest::{Method, StatusCode};
use types::accounts::ListAuditEntries;
use types::clips::{CreateClipLink, CutState, NewClipLink, OpenSharedClip, OpenedClip, SharedTranscript};
use types::{CallId, ErrorCode};

use super::desk::{RATE, clip, decoded, link, of, open, pitch_of, pitches, plain, recorded, secret, status};
use crate::calls::transcribed::import;

/// What is said before, over both ends of and within the third to the fifth second.
const TALK: &str = "WEBVTT

00:00:00.500 --> 00:00:02.500
<v Ana>Entirely before

00:00:02.500 --> 00:00:03.400
<v Zoë>Begins too early

00:00:03.400 --> 00:00:04.500
<v Ana>The price is ten

00:00:04.600 --> 00:00:05.300
<v Zoë>Ends too late

00:00:06.000 --> 00:00:07.000
<v Ana>Entirely after
";

async fn bytes(app: &TestApp, url: &str) -> Vec<u8> {
    let answer = app.raw(Method::GET, url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow, noarchive");
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
    answer.bytes().await.unwrap().to_vec()
}

async fn transcribed(app: &TestApp, user: &User, loudness: i16) -> CallId {
    let call = recorded(app, user, loudness).await;
    import(user, call, TALK).await;
    call
}

test_on_both!(
    /// Issue 3, item 11: a link plays a file that holds its range and nothing else, however it is asked for.
    a_link_plays_its_range_alone,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 6000).await;
        let made = clip(&ana, call).await;
        let link = link(&ana, made.id, &plain()).await;
        let facts = app.anonymous().get_shared_clip(&secret(&link)).await.unwrap();
        assert_eq!((facts.title.as_str(), facts.company_name.as_str()), ("A call about wood", "Example"));
        assert_eq!((facts.state, facts.has_password, facts.has_transcript), (CutState::Ready, false, false));
        assert!((1880..=2060).contains(&facts.duration_ms), "{}", facts.duration_ms);
        let opened = open(app, &link).await;
        assert_eq!(opened.transcript_url, None);
        let file = bytes(app, &opened.media_url).await;
        let samples = decoded(&file, &app.files().with_file_name("decoded"), 0);
        assert!(samples.len() <= RATE * 2 + RATE * 60 / 1000, "{} samples", samples.len());
        let mut heard = pitches(&samples);
        // The last tenth may hold what is left of a packet.
        let last = heard.pop().unwrap();
        let within = pitch_of(3) - 30..=pitch_of(4) + 30;
        assert!(heard.iter().all(|pitch| within.contains(pitch)), "{heard:?}");
        assert!(heard.len() >= 16 && last <= pitch_of(5) + 30, "{heard:?}, {last}");
        let range = |range: &str| app.raw(Method::GET, &opened.media_url).header("Range", range.to_owned()).send();
        let part = range("bytes=10-19").await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes().await.unwrap(), file[10..20]);
        let beyond = range(&format!("bytes={}-", file.len())).await.unwrap();
        assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        let head = app.raw(Method::HEAD, &opened.media_url).send().await.unwrap();
        assert_eq!(head.headers()["content-length"], file.len().to_string());
        let old = app.raw(Method::GET, &opened.media_url).header("Range", "bytes=0-1").header("If-Range", "\"x\"");
        assert_eq!(old.send().await.unwrap().status(), StatusCode::OK);
    }
);

test_on_both!(
    /// Of the transcript a link shows what begins and ends in the clip, and no word beside it.
    a_link_shows_its_range_of_the_transcript_alone,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = transcribed(app, &ana, 6100).await;
        let made = clip(&ana, call).await;
        let with = CreateClipLink { has_transcript: true, ..plain() };
        let (with, without) = (link(&ana, made.id, &with).await, link(&ana, made.id, &plain()).await);
        let opened = open(app, &with).await;
        let url = opened.transcript_url.unwrap();
        let answer = app.raw(Method::GET, &url).send().await.unwrap();
        let shown: SharedTranscript = answer.json().await.unwrap();
        let shown: Vec<_> = shown.passages.iter().map(|one| (one.from_ms, one.until_ms, one.text.as_str())).collect();
        assert_eq!(shown, [(400, 1500, "The price is ten")]);
        // The address of a link that shows none, put together by hand.
        let guessed = open(app, &without).await.media_url.replace("/content?", "/transcript?");
        assert_eq!(status(app, &guessed).await, 404);
    }
);

async fn opened(app: &TestApp, link: &NewClipLink, password: Option<&str>) -> Result<OpenedClip, u16> {
    let request = OpenSharedClip { password: password.map(str::to_owned) };
    let opened = app.anonymous().open_shared_clip(&secret(link), &request).await;
    opened.map_err(|refused| refused.status().unwrap_or_default())
}

test_on_both!(
    /// A password is asked for before anything is played, and cannot be guessed for long.
    a_link_may_ask_for_a_password,
    async |app| {
        app.restart(|config| config.limits.failed_sign_ins = 3).await;
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 6200).await;
        let made = clip(&ana, call).await;
        let short = CreateClipLink { password: Some("short".to_owned()), ..plain() };
        let refused = ana.create_clip_link(&of(made.id), &short).await.unwrap_err();
        assert!(refused.status() == Some(422) && refused.to_string().contains("password"), "{refused}");
        let guarded = CreateClipLink { password: Some("four oak chairs".to_owned()), ..plain() };
        let link = link(&ana, made.id, &guarded).await;
        assert!(link.link.has_password);
        assert!(app.anonymous().get_shared_clip(&secret(&link)).await.unwrap().has_password);
        assert_eq!(opened(app, &link, None).await.unwrap_err(), 401);
        let media = opened(app, &link, Some("four oak chairs")).await.unwrap().media_url;
        assert_eq!(status(app, &media).await, 200);
        for _ in 0..3 {
            assert_eq!(opened(app, &link, Some("four oak tables")).await.unwrap_err(), 401);
        }
        assert_eq!(opened(app, &link, Some("four oak chairs")).await.unwrap_err(), 429);
        assert_eq!(ana.get_clip(&of(made.id)).await.unwrap().links[0].views, 1);
    }
);

test_on_both!(
    /// Each opening counts once, however often the player asks for a part; the audit log has an entry for each.
    openings_are_counted,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 6300).await;
        let made = clip(&ana, call).await;
        let link = link(&ana, made.id, &plain()).await;
        for _ in 0..2 {
            let url = open(app, &link).await.media_url;
            for _ in 0..5 {
                assert_eq!(status(app, &url).await, 200);
            }
        }
        let shown = ana.get_clip(&of(made.id)).await.unwrap().links.remove(0);
        assert_eq!((shown.views, shown.last_viewed_at.is_some()), (2, true));
        let entries = app.super_admin().list_audit_entries(&ListAuditEntries::default()).await.unwrap().items;
        assert_eq!(entries.iter().filter(|entry| entry.action == "clip_link.open").count(), 2);
        let secret = secret(&link).token;
        let written = serde_json::to_string(&entries).unwrap();
        assert!(!written.contains(&secret), "the secret of a link is in the audit log");
    }
);

test_on_both!(
    /// Links that never were, and secrets of another length, name nothing; a request too many has to wait.
    what_is_no_link_names_nothing,
    async |app| {
        app.restart(|config| config.limits.shared_clips_per_minute = 4).await;
        let page = app.raw(Method::GET, "/clip/x").header("Accept-Language", "fr").send().await.unwrap();
        assert_eq!((page.status().as_u16(), page.headers().contains_key("x-robots-tag")), (404, true));
        assert!(page.text().await.unwrap().contains("Il n&#39;y a pas d&#39;extrait ici"));
        for token in ["x", &"A".repeat(43), "%20"] {
            let answer = app.raw(Method::GET, &format!("/v1/shared_clips/{token}")).send().await.unwrap();
            assert_eq!(answer.status(), 404);
            let problem: types::Problem = answer.json().await.unwrap();
            assert_eq!(problem.code, ErrorCode::NotFound);
        }
        assert_eq!(status(app, "/v1/shared_clips/x").await, 429);
    }
);
