use rapport_tests::test_on_both;
use types::calls::{EditSegment, SearchTranscripts};

use super::transcribed::{call, segment_path, segments};

test_on_both!(
    /// PITFALL 95, 96: a line is corrected; the original is kept, times never move, and who and when is said.
    a_line_is_corrected_and_restored,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let id = call(app, &ana, "Refund").await;
        let before = segments(&ana, id).await;
        let line = segment_path(id, &before[2]);
        let edit = |text: &str| EditSegment { text: text.to_owned() };

        let first = ben.edit_segment(&line, &edit("  A refund takes\nthree weeks. ")).await.unwrap();
        assert_eq!(first.text, "A refund takes three weeks.");
        assert_eq!(first.original_text.as_deref(), Some("A refund takes three days."));
        assert_eq!(first.edited_by, Some(ben.id()));
        assert!(first.edited_at.is_some_and(|at| at <= app.clock().now()));
        assert_eq!((first.start_ms, first.end_ms), (before[2].start_ms, before[2].end_ms));
        let second = ana.edit_segment(&line, &edit("A refund takes years.")).await.unwrap();
        assert_eq!(second.original_text, first.original_text);
        assert_eq!(second.edited_by, Some(ana.id()));

        let found = async |q: &str| {
            let query = SearchTranscripts { q: q.to_owned(), ..SearchTranscripts::default() };
            ana.search_transcripts(&query).await.unwrap().items.len()
        };
        assert_eq!((found("years").await, found("weeks").await, found("days").await), (1, 0, 0));

        let restored = ana.restore_segment(&line).await.unwrap();
        assert_eq!(restored, before[2]);
        assert_eq!(segments(&ana, id).await, before);
        assert_eq!((found("years").await, found("days").await), (0, 1));
    }
);

test_on_both!(
    /// A correction needs a text and the right to change the call; a line of another call is not found.
    a_correction_is_refused,
    async |app| {
        let ana = app.agent("Ana").await;
        let (id, other) = (call(app, &ana, "Refund").await, call(app, &ana, "Other").await);
        let line = segments(&ana, id).await.remove(0);
        for text in ["", " \n ", &"x".repeat(10_001), "a\u{202e}b"] {
            let edit = EditSegment { text: text.to_owned() };
            let refused = ana.edit_segment(&segment_path(id, &line), &edit).await;
            assert!(refused.unwrap_err().field("text").is_some(), "{text:?}");
        }
        let edit = EditSegment { text: "Hello".to_owned() };
        let elsewhere = ana.edit_segment(&segment_path(other, &line), &edit).await.unwrap_err();
        assert_eq!(elsewhere.status(), Some(404));
        let viewer = app.viewer("Vera").await;
        let refused = viewer.edit_segment(&segment_path(id, &line), &edit).await.unwrap_err();
        assert_eq!(refused.status(), Some(403));
        assert_eq!(segments(&ana, id).await[0], line);
    }
);
