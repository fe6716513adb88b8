use rapport_tests::test_on_both;
use types::calls::{CallDirection, CallOutcome, CreateCall, ListCalls};
use types::crm::{CreateContact, SaveCompany};

use super::desk::{contact, path, request, titles};

test_on_both!(
    /// CALL-11, 12, 83: the index lists all calls, the latest first, page by page, and narrows by each fact; each of them
    /// is opened.
    calls_are_listed_and_narrowed,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let company = SaveCompany { name: "Atelier".to_owned(), ..SaveCompany::default() };
        let company = app.super_admin().create_company(&company).await.unwrap();
        let lucie = CreateContact {
            name: "Lucie".to_owned(),
            company_id: Some(company.id),
            ..CreateContact::default()
        };
        let lucie = app.super_admin().create_contact(&lucie).await.unwrap();
        let now = app.clock().now();
        let at = |hours: i64| now.plus_seconds(-hours * 3600);
        let first = CreateCall {
            started_at: at(3),
            duration_ms: Some(10_000),
            participants: vec![contact(lucie.id)],
            ..request(app, "First")
        };
        ana.create_call(&first).await.unwrap();
        let second = CreateCall {
            started_at: at(2),
            duration_ms: Some(20_000),
            direction: CallDirection::Outbound,
            outcome: Some(CallOutcome::Busy),
            ..request(app, "Second")
        };
        ben.create_call(&second).await.unwrap();
        ana.create_call(&CreateCall { started_at: at(1), ..request(app, "Third") }).await.unwrap();

        let all = ListCalls::default();
        assert_eq!(titles(&ben, &all).await, ["Third", "Second", "First"]);
        for (query, expected) in [
            (ListCalls { owner_id: Some(ben.id()), ..all.clone() }, vec!["Second"]),
            (ListCalls { contact_id: Some(lucie.id), ..all.clone() }, vec!["First"]),
            (ListCalls { company_id: Some(company.id), ..all.clone() }, vec!["First"]),
            (ListCalls { direction: Some(CallDirection::Outbound), ..all.clone() }, vec!["Second"]),
            (ListCalls { outcome: Some(CallOutcome::Busy), ..all.clone() }, vec!["Second"]),
            (ListCalls { min_duration_ms: Some(15_000), ..all.clone() }, vec!["Second"]),
            (ListCalls { max_duration_ms: Some(15_000), ..all.clone() }, vec!["First"]),
            (ListCalls { from: Some(at(2)), ..all.clone() }, vec!["Third", "Second"]),
            (ListCalls { until: Some(at(2)), ..all.clone() }, vec!["First"]),
        ] {
            assert_eq!(titles(&ana, &query).await, expected, "{query:?}");
        }
        let (mut paged, mut query) = (Vec::new(), ListCalls { limit: Some(1), ..all });
        loop {
            let page = ana.list_calls(&query).await.unwrap();
            for listed in page.items {
                assert_eq!(ana.get_call(&path(listed.id)).await.unwrap(), listed);
                paged.push(listed.title);
            }
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, ["Third", "Second", "First"]);
        app.shows(&["CALL-11", "CALL-12"]);
    }
);
