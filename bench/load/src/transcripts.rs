//! Ten thousand calls with transcripts, written straight into a database: a million segments and the index of their words.

use std::fs;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Instant;

use anyhow::Result;
use bytes::Bytes;
use futures_util::SinkExt;
use rusqlite::{Connection, params};
use tokio_postgres::Client;

use crate::company::Company;
use crate::postgres::{connect, fresh_database};
use crate::said::{self, CALLS, SEGMENTS};
use crate::seed::megabytes;
use crate::servers::{Bench, database};

/// Made-up ids begin here, where the ids that Rapport makes do not reach.
const FIRST_ID: i64 = 1 << 40;
/// How long a segment takes, in milliseconds.
const SEGMENT_MS: u32 = 6000;

/// The calls, their transcripts, and two speakers each, for both engines. Calls began within two years; half of them have
/// no owner.
fn calls() -> String {
    let numbers =
        format!("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {CALLS})");
    let start_of_2024 = 1_704_067_200_000_000_i64;
    let apart = 63_072_000_000_000 / i64::from(CALLS);
    let length = SEGMENTS * SEGMENT_MS;
    format!(
        "{numbers} INSERT INTO calls (id, title, title_key, direction, source, started_at, duration_ms, owner_id, private,
           created_at, updated_at)
         SELECT {FIRST_ID} + i, 'Call ' || i, 'call ' || i, 'inbound', 'api', {start_of_2024} + i * {apart}, {length},
           CASE WHEN i % 2 = 0 THEN (SELECT id FROM users LIMIT 1) END, false, {start_of_2024}, {start_of_2024} FROM n;
         {numbers} INSERT INTO transcripts (id, call_id, source, state, progress, language, separation, created_at,
           finished_at)
         SELECT {FIRST_ID} + i, {FIRST_ID} + i, 'upload', 'ready', 100, 'en', 'named', {start_of_2024}, {start_of_2024}
           FROM n;
         {numbers} INSERT INTO speakers (id, call_id, number, name)
         SELECT {FIRST_ID} + 2 * i + place, {FIRST_ID} + i, 1 + place, CASE WHEN place = 0 THEN 'Ana' ELSE 'Sarah' END
           FROM n CROSS JOIN (SELECT 0 AS place UNION ALL SELECT 1) AS places"
    )
}

/// A segment as it is stored.
struct Segment {
    id: i64,
    call_id: i64,
    seq: u32,
    speaker_id: i64,
    start_ms: u32,
    end_ms: u32,
    words: Vec<String>,
}

fn segments(call: u32) -> impl Iterator<Item = Segment> {
    said::call(call).zip(0..).map(move |(words, place)| Segment {
        id: FIRST_ID + i64::from(call * SEGMENTS + place),
        call_id: FIRST_ID + i64::from(call),
        seq: place + 1,
        speaker_id: FIRST_ID + i64::from(2 * call + place % 2),
        start_ms: place * SEGMENT_MS,
        end_ms: (place + 1) * SEGMENT_MS,
        words,
    })
}

/// A data folder whose SQLite database has the calls; filled now when there is none.
///
/// # Errors
/// When the server or the database fails.
pub async fn sqlite(bench: &Bench) -> Result<PathBuf> {
    let data = bench.data("transcripts");
    if data.join("done").exists() {
        return Ok(data);
    }
    let data = bench.fresh_data("transcripts")?;
    let rapport = bench.rapport(&data).await?;
    Company::found(rapport.address()).await?;
    rapport.stop().await?;
    let began = Instant::now();
    fill_sqlite(&Connection::open(database(&data))?)?;
    report(began, fs::metadata(database(&data))?.len());
    fs::write(data.join("done"), "")?;
    Ok(data)
}

fn report(began: Instant, bytes: u64) {
    let seconds = began.elapsed().as_secs_f64();
    println!("  filled {CALLS} calls of {SEGMENTS} segments in {seconds:.0} s, {:.0} MB", megabytes(bytes));
}

/// When it is interrupted the file is thrown away.
fn fill_sqlite(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF",
    )?;
    conn.execute_batch(&format!("BEGIN; {}; COMMIT", calls()))?;
    let mut segment = conn.prepare(
        "INSERT INTO segments (id, call_id, seq, speaker_id, start_ms, end_ms, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut words = conn.prepare("INSERT INTO segment_words (rowid, words) VALUES (?1, ?2)")?;
    for call in 0..CALLS {
        // Each in a transaction of its own, for the index is made of what each transaction adds.
        conn.execute_batch("BEGIN")?;
        for one in segments(call) {
            let text = one.words.join(" ");
            let (id, from, until) = (one.id, one.start_ms, one.end_ms);
            segment.execute(params![id, one.call_id, one.seq, one.speaker_id, from, until, text])?;
            words.execute(params![id, text])?;
        }
        conn.execute_batch("COMMIT")?;
    }
    Ok(())
}

/// A data folder, and the URL of a PostgreSQL database that is filled now.
///
/// # Errors
/// When the server or the database fails, or there is no PostgreSQL.
pub async fn postgres(bench: &Bench) -> Result<(PathBuf, String)> {
    let data = bench.fresh_data("transcripts-postgres")?;
    let url = fresh_database(bench, "bench_transcripts", None).await?;
    let rapport = bench.rapport_on(&data, &url).await?;
    Company::found(rapport.address()).await?;
    rapport.stop().await?;
    let began = Instant::now();
    let client = connect(&url).await?;
    fill_postgres(&client).await?;
    let size: i64 = client.query_one("SELECT pg_database_size(current_database())", &[]).await?.try_get(0)?;
    report(began, size.unsigned_abs());
    Ok((data, url))
}

async fn fill_postgres(client: &Client) -> Result<()> {
    // Without looking foreign keys up a million times.
    client
        .batch_execute("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
        .await?;
    client.batch_execute(&calls()).await?;
    let columns = "segments (id, call_id, seq, speaker_id, start_ms, end_ms, text)";
    copy(client, columns, |one, lines| {
        let Segment { id, call_id, seq, speaker_id, start_ms, end_ms, words } = one;
        let text = words.join(" ");
        lines.push_str(&format!("{id}\t{call_id}\t{seq}\t{speaker_id}\t{start_ms}\t{end_ms}\t{text}\n"));
    })
    .await?;
    // An index that is made at once is as one that is kept and vacuumed, and takes a fraction of the time.
    let index = "SELECT indexdef FROM pg_indexes WHERE indexname = 'segment_words_words'";
    let index: String = client.query_one(index, &[]).await?.try_get(0)?;
    client.batch_execute("DROP INDEX segment_words_words").await?;
    copy(client, "segment_words (segment_id, words)", |one, lines| {
        lines.push_str(&format!("{}\t", one.id));
        for (word, place) in one.words.iter().zip(1..) {
            lines.push_str(&format!("'{word}':{place} "));
        }
        lines.push('\n');
    })
    .await?;
    client.batch_execute(&index).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    Ok(())
}

/// Writes all segments into a table, as the lines that `COPY` reads.
async fn copy(client: &Client, table: &str, line: impl Fn(&Segment, &mut String)) -> Result<()> {
    let mut sink = pin!(client.copy_in::<_, Bytes>(&format!("COPY {table} FROM STDIN")).await?);
    for call in 0..CALLS {
        let mut lines = String::new();
        segments(call).for_each(|one| line(&one, &mut lines));
        sink.send(lines.into()).await?;
    }
    sink.finish().await?;
    Ok(())
}
