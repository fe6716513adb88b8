//! Pages of the list of calls are read along an index on both engines, however many calls there are.

use db::Engine;
use db::testing::{TestDatabase, plan};
use diesel::connection::SimpleConnection;
use platform::{Actor, Ctx};
use types::ContactId;

use super::*;

/// 20,000 calls of ten users and 900 contacts; one of the contacts has each 200th call.
async fn filled(engine: Engine) -> (TestDatabase, Ctx) {
    let database = TestDatabase::new(engine).unwrap();
    let ctx = platform::testing::builder(&database).unwrap().build().await.unwrap();
    let fill = "
        INSERT INTO roles (id, name, permissions, created_at) VALUES (1, 'Agent', '[]', 0);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
          INSERT INTO users (id, email, name, role_id, state, preferences, totp_enabled, totp_last_step, created_at)
          SELECT i, 'u' || i, 'U' || i, 1, 'active', '{}', false, 0, 0 FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
          INSERT INTO contacts (id, name, name_key, verified, created_at, updated_at)
          SELECT i, 'C' || i, 'c' || i, false, 0, 0 FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 21000)
          INSERT INTO calls (id, title, title_key, direction, source, started_at, duration_ms, owner_id, private,
            created_at, updated_at)
          SELECT i, 'Call ' || i, 'call ' || i, 'inbound', 'api', i, i % 5000, 1 + i % 10, false, 0, 0 FROM n;
        INSERT INTO associations (id, from_kind, from_id, to_kind, to_id, reason, created_at)
          SELECT id, 'contact', CASE WHEN id % 200 = 3 THEN 4 ELSE 5 + id % 896 END, 'call', id, 'participant', 0 FROM calls;
        ANALYZE;";
    ctx.write(&Actor::System, move |tx| Ok(tx.conn().batch_execute(fill)?)).await.unwrap();
    (database, ctx)
}

fn scope(own: i64, owners: Option<&[i64]>) -> Scope {
    let owners = owners.map(|ids| ids.iter().copied().map(UserId).collect());
    Scope { own: Some(UserId(own)), open: true, private: false, owners }
}

/// Who asks for what, and the index along which it is read.
fn asked() -> Vec<(Scope, ListCalls, &'static str)> {
    let all = ListCalls::default();
    let sorted = |sort| ListCalls { sort: Some(sort), ..ListCalls::default() };
    let everything = Scope { own: None, open: true, private: true, owners: None };
    vec![
        (everything, all.clone(), "calls_started"),
        (scope(1, None), all.clone(), "calls_started"),
        (scope(1, None), ListCalls { owner_id: Some(UserId(2)), ..all.clone() }, "calls_owner"),
        (scope(1, None), sorted(CallSort::Title), "calls_title"),
        (scope(1, None), sorted(CallSort::DurationDescending), "calls_duration"),
        (scope(1, None), ListCalls { contact_id: Some(ContactId(4)), ..all.clone() }, "associations_"),
        // Whoever sees few records finds calls of each of them soon.
        (scope(1, Some(&[1])), all, "calls_started"),
    ]
}

#[tokio::test]
async fn a_page_is_read_along_one_index() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_database, ctx) = filled(engine).await;
        for (scope, query, index) in asked() {
            let (asked, narrow) =
                (format!("{query:?} by {scope:?} on {engine:?}"), query.contact_id.is_some());
            let (plan, found) = ctx
                .read(&Actor::System, move |tx| {
                    let plan = plan(tx.conn(), page(&scope, &query, None, 51).select(CallRow::as_select()))?;
                    Ok((plan, list(tx, &scope, &query, None, 51)?.len()))
                })
                .await
                .unwrap();
            assert!(found > 0, "nothing found: {asked}");
            assert!(plan.contains(index), "{index} is not used: {asked}\n{plan}");
            // The few calls of one contact may be sorted.
            let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(!sorts || narrow, "sorted: {asked}\n{plan}");
            for scan in ["Seq Scan on calls", "Seq Scan on associations", "SCAN associations"] {
                assert!(!plan.contains(scan), "{scan}: {asked}\n{plan}");
            }
        }
    }
}
