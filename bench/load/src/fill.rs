//! A large SQLite database, filled by SQL: the rows that years of conversations leave behind.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::company::Company;
use crate::seed::megabytes;
use crate::servers::{Bench, database};

/// How many messages each thread has.
const MESSAGES: i64 = 5;
/// How many inboxes the threads are spread over.
const INBOXES: usize = 10;
/// Made-up ids begin here, where the ids that Rapport makes do not reach.
const FIRST_ID: i64 = 1 << 40;

const CONTACTS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
    INSERT INTO contacts (id, name, name_key, email, verified, created_at, updated_at)
    SELECT ?2 + i, 'Contact ' || i, 'contact ' || i, 'contact' || i || '@example.org', i % 2, ?3, ?3 FROM n";

// The time of the last message is spread over two years in an order of its own (a large prime modulo the number of
// threads); three threads of ten are open, half of those have no owner.
const THREADS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
    INSERT INTO threads (id, inbox_id, channel, widget_id, visitor_id, started_from, contact_id, status, owner_user_id,
      waiting, last_seq, last_message_seq, last_entry_seq, last_message_at, preview, preview_author, participant_count,
      contact_delivered_seq, contact_read_seq, team_read_seq, ended_by_contact, created_at, closed_at)
    SELECT ?2 + i, (SELECT id FROM numbered_inboxes WHERE number = i % ?5), 'chat', NULL, ?2 + i,
      'https://www.example.org/products/' || i % 1000, ?2 + i / 4,
      CASE WHEN (i / ?5) % 10 < 3 THEN 'open' ELSE 'closed' END,
      CASE WHEN (i / ?5) % 2 = 0 THEN (SELECT id FROM users LIMIT 1) END,
      CASE WHEN i % 3 = 0 THEN 'for_reply' ELSE 'for_contact' END, ?4, ?4, ?4,
      ?3 + (i * 1000003 % ?1) * (63072000000000 / ?1),
      'Thank you for your message. We have looked at your order number ' || i || ' and will come back to you.',
      CASE WHEN i % 3 = 0 THEN 'contact' ELSE 'user' END, 2, ?4, ?4, ?4, 0, ?3,
      CASE WHEN (i / ?5) % 10 < 3 THEN NULL ELSE ?3 END FROM n";

const MESSAGES_OF_THREADS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 * ?4)
    INSERT INTO messages (id, thread_id, seq, kind, author, author_user_id, author_name, html, text, delivery, created_at)
    SELECT ?2 + i, ?2 + i / ?4, 1 + i % ?4, 'message', CASE WHEN i % 2 = 0 THEN 'contact' ELSE 'user' END,
      CASE WHEN i % 2 = 1 THEN (SELECT id FROM users LIMIT 1) END, CASE WHEN i % 2 = 0 THEN 'Contact' ELSE 'Ana' END,
      '<p>Thank you for your message. We have looked at your order number ' || i || ' and will come back to you.</p>',
      'Thank you for your message. We have looked at your order number ' || i || ' and will come back to you.',
      CASE WHEN i % 2 = 1 THEN 'sent' END, ?3 + i FROM n";

const READ_POSITIONS: &str = "
    INSERT INTO read_positions (thread_id, user_id, seq)
    SELECT id, (SELECT id FROM users LIMIT 1), last_seq - id % 2 FROM threads WHERE id % 2 = 0";

/// A data folder whose database has so many threads, of five messages each; filled now when there is none.
///
/// # Errors
/// When the server or the database fails.
pub async fn ensure(bench: &Bench, threads: i64) -> Result<PathBuf> {
    let name = format!("threads-{threads}");
    if bench.data(&name).join("done").exists() {
        return Ok(bench.data(&name));
    }
    let data = bench.fresh_data(&name)?;
    let rapport = bench.rapport(&data).await?;
    let company = Company::found(rapport.address()).await?;
    for number in 1..=INBOXES {
        company.inbox(&format!("Inbox {number}")).await?;
    }
    rapport.stop().await?;
    let began = Instant::now();
    fill(&Connection::open(database(&data))?, threads)?;
    let size = megabytes(fs::metadata(database(&data))?.len());
    println!("  filled {threads} threads in {:.0} s, {size:.0} MB", began.elapsed().as_secs_f64());
    fs::write(data.join("done"), "")?;
    Ok(data)
}

/// Writes all in one transaction; when it is interrupted the file is thrown away.
fn fill(conn: &Connection, threads: i64) -> Result<()> {
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF;
         CREATE TEMP TABLE numbered_inboxes AS SELECT row_number() OVER (ORDER BY id) - 1 AS number, id FROM inboxes;
         BEGIN IMMEDIATE",
    )?;
    let start_of_2024 = 1_704_067_200_000_000_i64;
    let inboxes = i64::try_from(INBOXES)?;
    conn.execute(CONTACTS, params![threads / 4 + 1, FIRST_ID, start_of_2024])?;
    conn.execute(THREADS, params![threads, FIRST_ID, start_of_2024, MESSAGES, inboxes])?;
    conn.execute(MESSAGES_OF_THREADS, params![threads, FIRST_ID, start_of_2024, MESSAGES])?;
    conn.execute(READ_POSITIONS, [])?;
    conn.execute_batch("COMMIT")?;
    Ok(())
}
