use rapport_tests::{TestApp, User, test_on_both, until};
use types::BuiltinRole;
use types::calls::{
    CallTerm, CountInterval, CountTrackedTerm, CreateCall, EditSegment, ListCalls, SaveTrackedTerm,
    TrackedTerm, TrackedTermPath,
};

use super::desk::{path, request, titles};
use super::transcribed::{TALK, call, import, segment_path, segments};

fn term(name: &str, variants: &[&str]) -> SaveTrackedTerm {
    let variants = variants.iter().map(|&variant| variant.to_owned()).collect();
    SaveTrackedTerm { name: name.to_owned(), variants }
}

fn of(term: &TrackedTerm) -> TrackedTermPath {
    TrackedTermPath { term_id: term.id }
}

async fn said(user: &User, call: types::CallId) -> Vec<CallTerm> {
    user.list_call_terms(&path(call)).await.unwrap().items
}

/// Name and count of each term of a call.
fn counts(terms: &[CallTerm]) -> Vec<(&str, i64)> {
    terms.iter().map(|term| (term.name.as_str(), term.count)).collect()
}

/// Waits until all calls were looked through.
async fn matched(app: &TestApp) {
    let terms = async || app.super_admin().list_tracked_terms().await.unwrap().items;
    until("all calls were looked through", async || terms().await.iter().all(|term| !term.matching)).await;
}

async fn save(app: &TestApp, request: &SaveTrackedTerm) -> TrackedTerm {
    let made = app.super_admin().create_tracked_term(request).await.unwrap();
    assert!(made.matching);
    matched(app).await;
    made
}

test_on_both!(
    /// CALL-49, 50: terms are found in calls of before and of after, with every variant, and again when they change or a line
    /// is corrected.
    terms_are_found_in_old_and_new_calls,
    async |app| {
        let ana = app.agent("Ana").await;
        let old = call(app, &ana, "Old").await;
        let refund = save(app, &term("Refund", &["refunds", "full refund"])).await;
        let new = call(app, &ana, "New").await;
        for id in [old, new] {
            let terms = said(&ana, id).await;
            assert_eq!(counts(&terms), [("Refund", 3)]);
            let places: Vec<_> =
                terms[0].hits.iter().map(|hit| (hit.start_ms, hit.range.position, hit.range.length)).collect();
            assert_eq!(places, [(4000, 19, 11), (8500, 2, 6), (12_000, 0, 7)]);
        }
        let listed = ana.list_tracked_terms().await.unwrap().items;
        assert!(!listed[0].matching);
        let with_term = ListCalls { term_id: Some(refund.id), ..ListCalls::default() };
        assert_eq!(titles(&ana, &with_term).await.len(), 2);

        let changed = term("Money back", &["days"]);
        app.super_admin().update_tracked_term(&of(&refund), &changed).await.unwrap();
        matched(app).await;
        assert_eq!(counts(&said(&ana, old).await), [("Money back", 1)]);
        let line = segments(&ana, old).await.remove(0);
        let edit = EditSegment { text: "It took days and days to get the money back.".to_owned() };
        ana.edit_segment(&segment_path(old, &line), &edit).await.unwrap();
        assert_eq!(counts(&said(&ana, old).await), [("Money back", 4)]);

        app.super_admin().delete_tracked_term(&of(&refund)).await.unwrap();
        assert_eq!(said(&ana, old).await, []);
        until("nothing is left of the term", async || titles(&ana, &with_term).await.is_empty()).await;
        app.shows(&["CALL-49", "CALL-50"]);
    }
);

test_on_both!(
    /// CALL-51, 52: whoever may use transcripts reads the terms; only a super administrator adds and changes them.
    only_a_super_administrator_changes_terms,
    async |app| {
        let (ana, vera) = (app.agent("Ana").await, app.viewer("Vera").await);
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        let made = save(app, &term("Refund", &[])).await;
        for user in [&ana, &amy] {
            assert_eq!(user.list_tracked_terms().await.unwrap().items.len(), 1);
            let refusals = [
                user.create_tracked_term(&term("Price", &[])).await.unwrap_err(),
                user.update_tracked_term(&of(&made), &term("Price", &[])).await.unwrap_err(),
                user.delete_tracked_term(&of(&made)).await.unwrap_err(),
            ];
            assert!(refusals.iter().all(|refused| refused.status() == Some(403)));
        }
        assert_eq!(vera.list_tracked_terms().await.unwrap_err().status(), Some(403));

        let admin = app.super_admin();
        for (request, field) in [
            (term("", &[]), "name"),
            (term("?!", &[]), "name"),
            (term("  REFUND ", &[]), "name"),
            (term("Price", &["costs", ""]), "variants[1]"),
            (term("Price", &["x"; 21]), "variants"),
            (term(&"x".repeat(101), &[]), "name"),
        ] {
            let refused = admin.create_tracked_term(&request).await.unwrap_err();
            assert!(refused.field(field).is_some(), "{request:?}: {refused}");
        }
        app.shows(&["CALL-51", "CALL-52"]);
    }
);

test_on_both!(
    /// A term is counted by day and by week, in calls that one may read.
    a_term_is_counted_over_time,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let refund = save(app, &term("refund", &["refunds"])).await;
        let now = app.clock().now();
        for (title, days, private) in [("Today", 0, false), ("Too", 0, true), ("Before", 1, false), ("Old", 200, false)] {
            let started_at = now.plus_seconds(-days * 24 * 60 * 60);
            let made = CreateCall { started_at, private, ..request(app, title) };
            let id = ana.create_call(&made).await.unwrap().id;
            import(&ana, id, TALK).await;
        }
        let all = CountTrackedTerm::default();
        let later = CountTrackedTerm { until: Some(now.plus_seconds(1)), ..all.clone() };
        let counted = async |user: &User, query: &CountTrackedTerm| {
            let items = user.count_tracked_term(&of(&refund), query).await.unwrap().items;
            items.into_iter().map(|step| (step.calls, step.count)).collect::<Vec<_>>()
        };
        assert_eq!(counted(&ana, &later).await, [(1, 3), (2, 6)]);
        assert_eq!(counted(&ben, &later).await, [(1, 3), (1, 3)]);
        let weeks = CountTrackedTerm {
            interval: Some(CountInterval::Week),
            from: Some(now.plus_seconds(-300 * 24 * 60 * 60)),
            ..later.clone()
        };
        let steps = ana.count_tracked_term(&of(&refund), &weeks).await.unwrap().items;
        assert_eq!(steps.iter().map(|step| step.calls).sum::<i64>(), 4);
        // 1970 began on a Thursday.
        let day = 24 * 60 * 60 * 1_000_000;
        assert!(steps.iter().all(|step| step.from.0 % day == 0 && (step.from.0 / day) % 7 == 4));
        for wrong in [
            CountTrackedTerm { from: Some(now), until: Some(now), ..all.clone() },
            CountTrackedTerm { from: Some(now.plus_seconds(-400 * 24 * 60 * 60)), ..all.clone() },
        ] {
            let refused = ana.count_tracked_term(&of(&refund), &wrong).await.unwrap_err();
            assert!(refused.field("from").is_some());
        }
    }
);
