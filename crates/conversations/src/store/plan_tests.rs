//! Pages are read along an index on both engines, however many threads there are: nothing is scanned whole or sorted.

use db::Engine;
use db::testing::{TestDatabase, plan};
use diesel::connection::SimpleConnection;
use platform::{Actor, Ctx};

use super::*;

/// Four inboxes with 30,000 threads between them, as they come.
async fn filled(engine: Engine) -> (TestDatabase, Ctx) {
    let database = TestDatabase::new(engine).unwrap();
    let ctx = platform::testing::builder(&database).unwrap().build().await.unwrap();
    let fill = "
        INSERT INTO roles (id, name, permissions, created_at) VALUES (1, 'Agent', '[]', 0);
        INSERT INTO users (id, email, name, role_id, state, preferences, totp_enabled, totp_last_step, created_at)
          VALUES (7, 'ann@example.org', 'Ann', 1, 'active', '{}', false, 0, 0);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4)
          INSERT INTO inboxes (id, name, created_at) SELECT i, 'Inbox ' || i, 0 FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
          INSERT INTO contacts (id, name, name_key, verified, created_at, updated_at)
          SELECT i, 'C' || i, 'c' || i, false, 0, 0 FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
          INSERT INTO threads (id, inbox_id, channel, contact_id, status, owner_user_id, waiting, last_seq,
            last_message_seq, last_entry_seq, last_message_at, preview, preview_author, participant_count,
            contact_delivered_seq, contact_read_seq, team_read_seq, ended_by_contact, created_at)
          SELECT i, 1 + i % 4, 'chat', 1 + i % 3000, CASE WHEN i % 5 = 0 THEN 'open' ELSE 'closed' END,
            CASE WHEN i % 10 = 0 THEN 7 END, 'for_reply', 1, 1, 1, i, 'Hello', 'contact', 1, 0, 0, 0, false, 0 FROM n;
        ANALYZE;";
    ctx.write(&Actor::System, move |tx| Ok(tx.conn().batch_execute(fill)?)).await.unwrap();
    (database, ctx)
}

const SOME: &[InboxId] = &[InboxId(1), InboxId(3)];

#[tokio::test]
async fn a_page_is_read_along_one_index() {
    let scopes: [(Scope<'static>, &str); 6] = [
        (Scope::Inbox(InboxId(2), View::AllOpen), "threads_open"),
        (Scope::Inbox(InboxId(2), View::Unassigned), "threads_unassigned"),
        (Scope::Inbox(InboxId(2), View::AllClosed), "threads_closed"),
        (Scope::Mine(UserId(7), None), "threads_owner"),
        (Scope::Mine(UserId(7), Some(SOME)), "threads_owner"),
        (Scope::Contact(ContactId(5), None, UserId(7), Some(SOME)), "threads_contact"),
    ];
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_database, ctx) = filled(engine).await;
        for (scope, index) in scopes {
            for after in [None, Some((Timestamp(29_000), ThreadId(29_000)))] {
                let (plan, found) = ctx
                    .read(&Actor::System, move |tx| {
                        let plan = plan(tx.conn(), page_query(scope, UserId(7), after, 51))?;
                        Ok((plan, page(tx, scope, UserId(7), after, 51)?.len()))
                    })
                    .await
                    .unwrap();
                let asked = format!("{scope:?} after {after:?} on {engine:?}:\n{plan}");
                assert!(found > 0, "nothing found: {asked}");
                assert!(plan.contains(index), "{index} is not used: {asked}");
                for scan in ["Seq Scan on threads", "Seq Scan on contacts", "SCAN threads", "SCAN contacts"] {
                    assert!(!plan.contains(scan), "{scan}: {asked}");
                }
                // The few threads of one contact may be sorted.
                let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
                assert!(!sorts || index == "threads_contact", "sorted: {asked}");
            }
        }
    }
}
