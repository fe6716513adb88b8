//! Whatever the statistics say, words are found along an index: nothing reads all that was ever said.

use db::Engine;
use db::testing::TestDatabase;
use diesel::connection::SimpleConnection;
use platform::{Actor, Ctx};

use super::*;

/// Segments, of which every second one says `common` and every thousandth `rare`.
const SEGMENTS: i64 = 20_000;

async fn filled(engine: Engine) -> (TestDatabase, Ctx) {
    let database = TestDatabase::new(engine).unwrap();
    let ctx = platform::testing::builder(&database).unwrap().build().await.unwrap();
    let call = "INSERT INTO calls (id, title, title_key, direction, source, started_at, private, created_at, updated_at)
        VALUES (1, 'Call', 'call', 'inbound', 'api', 0, false, 0, 0);";
    let numbers =
        format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {SEGMENTS})");
    let segments = "INSERT INTO segments (id, call_id, seq, start_ms, end_ms, text)
        SELECT i, 1, i, i, i + 1, '' FROM n;";
    let common = "CASE WHEN i % 2 = 0 THEN 'common' ELSE 'other' END";
    let rare = "CASE WHEN i % 1000 = 0 THEN 'rare' ELSE 'word' || (i % 500) END";
    let words = match engine {
        Engine::Sqlite => {
            format!("INSERT INTO segment_words (rowid, words) SELECT i, {common} || ' ' || {rare} FROM n;")
        }
        Engine::Postgres => format!(
            "INSERT INTO segment_words (segment_id, words)
             SELECT i, ('''' || {common} || ''':1 ''' || {rare} || ''':2')::tsvector FROM n;"
        ),
    };
    let fill = format!("{call} {numbers} {segments} {numbers} {words}");
    ctx.write(&Actor::System, move |tx| Ok(tx.conn().batch_execute(&fill)?)).await.unwrap();
    (database, ctx)
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn plan(conn: &mut PgConnection, settings: &str, query: &str) -> String {
    // EXPLAIN names its column with a space and in capitals.
    let query = query.replace("$1", "'rare'").replace("$2", "9000").replace("$3", "51");
    let explain = format!(
        "CREATE OR REPLACE FUNCTION pg_temp.plan() RETURNS SETOF TEXT LANGUAGE plpgsql AS
         $plan$ BEGIN RETURN QUERY EXECUTE $query$ EXPLAIN {query} $query$; END $plan$"
    );
    conn.batch_execute(&explain).unwrap();
    conn.batch_execute(settings).unwrap();
    let lines: Vec<Line> = diesel::sql_query("SELECT pg_temp.plan() AS line").load(conn).unwrap();
    lines.into_iter().map(|line| line.line).collect::<Vec<_>>().join("\n")
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[tokio::test]
async fn words_are_found_along_an_index() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_database, ctx) = filled(engine).await;
        ctx.write(&Actor::System, |tx| {
            match tx.conn() {
                Conn::Pg(conn) => {
                    let looked_through = plan(conn, AS_BEFORE, &among_newest(1000));
                    let backward = "Index Scan Backward using segment_words_pkey";
                    assert!(looked_through.contains(backward), "{looked_through}");
                    let gathered = plan(conn, GATHER, GATHERED);
                    assert!(gathered.contains("Bitmap Index Scan on segment_words_words"), "{gathered}");
                    let newest = plan(conn, GO_BACK, NEWEST_OF_MANY);
                    assert!(newest.contains(backward), "{newest}");
                }
                Conn::Sqlite(conn) => {
                    let explain = format!("EXPLAIN QUERY PLAN {NEWEST}").replace("$1", "'rare'");
                    let explain = explain.replace("$2", "9000").replace("$3", "51");
                    let steps: Vec<Step> = diesel::sql_query(explain).load(conn).unwrap();
                    let steps: Vec<String> = steps.into_iter().map(|step| step.detail).collect();
                    assert!(steps.iter().all(|step| step.contains("VIRTUAL TABLE INDEX")), "{steps:?}");
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn the_newest_come_first_however_many_there_are() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_database, ctx) = filled(engine).await;
        let found = |text: &'static str, before: Option<i64>| {
            let ctx = ctx.clone();
            async move {
                let find =
                    move |tx: &mut Tx<'_>| find(tx, &Query::parse(text).unwrap(), before.map(SegmentId), 3);
                let ids = ctx.read(&Actor::System, find).await.unwrap();
                ids.into_iter().map(|id| id.0).collect::<Vec<_>>()
            }
        };
        assert_eq!(found("rare", None).await, [20_000, 19_000, 18_000], "{engine:?}");
        assert_eq!(found("rare", Some(3000)).await, [2000, 1000], "{engine:?}");
        assert_eq!(found("common", None).await, [20_000, 19_998, 19_996], "{engine:?}");
        assert_eq!(found("common", Some(5)).await, [4, 2], "{engine:?}");
        assert_eq!(found("\"common rare\"", Some(18_000)).await, [17_000, 16_000, 15_000], "{engine:?}");
        assert_eq!(found("comm*", Some(5)).await, [4, 2], "{engine:?}");
    }
}
