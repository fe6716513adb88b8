use rapport_tests::{User, test_on_both};
use types::calls::{CallPassage, CreateCall, ListCalls, SearchCall, SearchTranscripts};

use super::desk::{path, request};
use super::transcribed::{TALK, call, call_of_two, import};

fn query(q: &str) -> SearchTranscripts {
    SearchTranscripts { q: q.to_owned(), ..SearchTranscripts::default() }
}

async fn found(user: &User, query: &SearchTranscripts) -> Vec<CallPassage> {
    user.search_transcripts(query).await.unwrap().items
}

/// What the matches of a passage say.
fn marked(passage: &types::calls::Passage) -> Vec<String> {
    let text: Vec<char> = passage.segment.text.chars().collect();
    let part = |range: &types::calls::TextRange| {
        let start = range.position as usize;
        text[start..start + range.length as usize].iter().collect()
    };
    passage.matches.iter().map(part).collect()
}

test_on_both!(
    /// CALL-56, 83: words, phrases and prefixes are found in all transcripts, whatever their accents and capitals, with the
    /// passage, its speaker and the place within it.
    passages_are_found_in_all_transcripts,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call_of_two(app, &ana).await;
        let hits = found(&ana, &query("CAFE")).await;
        assert_eq!(hits.len(), 1);
        assert_eq!((hits[0].call_id, hits[0].title.as_str()), (id, "Refund"));
        assert_eq!(hits[0].speaker.as_deref(), Some("Ana"));
        assert_eq!(hits[0].passage.segment.start_ms, 500);
        assert_eq!(marked(&hits[0].passage), ["café"]);
        for (q, expected) in [
            ("refund", vec!["refund", "refund"]),
            ("refund*", vec!["Refunds", "refund", "refund"]),
            ("\"full refund\"", vec!["full refund"]),
            ("\"refund full\"", vec![]),
            ("apology refund", vec!["refund", "apology"]),
            ("apology days", vec![]),
            ("zoe", vec!["Zoë"]),
        ] {
            let hits = found(&ana, &query(q)).await;
            let words: Vec<String> = hits.iter().flat_map(|hit| marked(&hit.passage)).collect();
            assert_eq!(words, expected, "{q}");
        }
        for refused in ["", "?!", "a*"] {
            assert!(ana.search_transcripts(&query(refused)).await.unwrap_err().field("q").is_some(), "{refused}");
        }
        for q in ["' OR 1=1 --", "refund\" AND NOT \"", "a:b & c | !d", "NEAR(refund)"] {
            ana.search_transcripts(&query(q)).await.unwrap();
        }
        app.shows(&["CALL-56"]);
    }
);

test_on_both!(
    /// CALL-26: only what one may read is found: not in private calls of others, nor in deleted ones, nor without the right.
    only_calls_that_one_may_read_are_searched,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let secret = CreateCall { private: true, ..request(app, "Private") };
        let secret = ana.create_call(&secret).await.unwrap().id;
        import(&ana, secret, TALK).await;
        let shared = call(app, &ana, "Shared").await;
        let titles = async |user: &User| {
            let hits = found(user, &query("apology")).await;
            hits.into_iter().map(|hit| hit.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(&ana).await, ["Shared", "Private"]);
        assert_eq!(titles(&ben).await, ["Shared"]);
        let search = SearchCall { q: "apology".to_owned() };
        assert_eq!(ben.search_call(&path(secret), &search).await.unwrap_err().status(), Some(404));
        let viewer = app.viewer("Vera").await;
        assert_eq!(viewer.search_transcripts(&query("apology")).await.unwrap_err().status(), Some(403));
        assert_eq!(viewer.search_call(&path(shared), &search).await.unwrap_err().status(), Some(403));

        app.super_admin().delete_call(&path(shared)).await.unwrap();
        assert_eq!(titles(&ana).await, ["Private"]);
        app.run_jobs().await;
        assert_eq!(titles(&ana).await, ["Private"]);
        assert_eq!(titles(&ben).await, [""; 0]);
        app.shows(&["CALL-26"]);
    }
);

test_on_both!(
    /// Passages come page by page, the latest transcripts first, and are narrowed by facts of the call; pages are as full
    /// as can be for whoever sees few of the matches.
    passages_come_page_by_page,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let of_ben = call(app, &ben, "Ben's").await;
        for number in 0..4 {
            let hidden = CreateCall { private: true, ..request(app, &format!("Hidden {number}")) };
            let hidden = ana.create_call(&hidden).await.unwrap().id;
            import(&ana, hidden, TALK).await;
        }
        let (mut starts, mut page) = (Vec::new(), SearchTranscripts { limit: Some(1), ..query("refund*") });
        loop {
            let next = ben.search_transcripts(&page).await.unwrap();
            assert!(next.items.len() <= 1);
            starts.extend(next.items.iter().map(|hit| hit.passage.segment.start_ms));
            page.cursor = next.next_cursor;
            if page.cursor.is_none() {
                break;
            }
        }
        assert_eq!(starts, [12_000, 8500, 4000]);
        assert_eq!(found(&ana, &query("refund*")).await.len(), 15);
        let own = SearchTranscripts { owner_id: Some(ben.id()), ..query("refund*") };
        let hits = found(&ana, &own).await;
        assert!(hits.len() == 3 && hits.iter().all(|hit| hit.call_id == of_ben));
        let later = app.clock().now().plus_seconds(60);
        assert_eq!(found(&ana, &SearchTranscripts { from: Some(later), ..query("refund") }).await, []);
        assert_eq!(found(&ana, &SearchTranscripts { until: Some(later), ..query("quick") }).await.len(), 5);
        assert_eq!(ana.list_calls(&ListCalls::default()).await.unwrap().items.len(), 5);
    }
);

test_on_both!(
    /// CALL-56: one call is searched in the order of time.
    one_call_is_searched,
    async |app| {
        let ana = app.agent("Ana").await;
        let id = call(app, &ana, "Refund").await;
        call(app, &ana, "Other").await;
        let hits = ana.search_call(&path(id), &SearchCall { q: "refund*".to_owned() }).await.unwrap().items;
        let starts: Vec<_> = hits.iter().map(|hit| hit.segment.start_ms).collect();
        assert_eq!(starts, [4000, 8500, 12_000]);
        assert_eq!(marked(&hits[2]), ["Refunds"]);
    }
);
