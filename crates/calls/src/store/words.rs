//! The index of words that transcripts are searched by. Its rows are those of segments.

use db::{Cached, Conn};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use platform::{Result, Tx};
use types::SegmentId;

use crate::words::{Query, placed, spaced};

/// Matches that PostgreSQL may gather before they are sorted. What more segments than these say is so common that going
/// back from the newest finds a page of it sooner.
const MOST_GATHERED: usize = 5000;

/// What PostgreSQL may use while it gathers matches: its index of words alone, whatever its statistics say.
const GATHER: &str =
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'on', true)";
/// What PostgreSQL may use while it goes back from the newest segment: the primary key alone.
const GO_BACK: &str =
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)";
const AS_BEFORE: &str =
    "SELECT set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'on', true)";

const GATHERED: &str = "SELECT segment_id AS id FROM segment_words WHERE words @@ $1::tsquery LIMIT 5001";
const NEWEST_OF_MANY: &str = "SELECT segment_id AS id FROM segment_words WHERE words @@ $1::tsquery
    AND segment_id < $2 ORDER BY segment_id DESC LIMIT $3";
const NEWEST: &str = "SELECT rowid AS id FROM segment_words WHERE segment_words MATCH $1
    AND rowid < $2 ORDER BY rowid DESC LIMIT $3";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: SegmentId,
}

/// Puts the words of a segment into the index.
pub(crate) fn insert(tx: &mut Tx<'_>, id: SegmentId, text: &str) -> Result<()> {
    match tx.conn() {
        Conn::Pg(conn) => {
            let insert =
                diesel::sql_query("INSERT INTO segment_words (segment_id, words) VALUES ($1, $2::tsvector)");
            Cached(insert.bind::<BigInt, _>(id).bind::<Text, _>(placed(text))).execute(conn)?
        }
        Conn::Sqlite(conn) => {
            let insert = diesel::sql_query("INSERT INTO segment_words (rowid, words) VALUES ($1, $2)");
            Cached(insert.bind::<BigInt, _>(id).bind::<Text, _>(spaced(text))).execute(conn)?
        }
    };
    Ok(())
}

/// Takes the words of a segment out of the index. `text` is what was put in: SQLite's index keeps no text of its own.
pub(crate) fn remove(tx: &mut Tx<'_>, id: SegmentId, text: &str) -> Result<()> {
    match tx.conn() {
        Conn::Pg(conn) => {
            let delete = diesel::sql_query("DELETE FROM segment_words WHERE segment_id = $1");
            Cached(delete.bind::<BigInt, _>(id)).execute(conn)?
        }
        Conn::Sqlite(conn) => {
            let delete = diesel::sql_query(
                "INSERT INTO segment_words (segment_words, rowid, words) VALUES ('delete', $1, $2)",
            );
            Cached(delete.bind::<BigInt, _>(id).bind::<Text, _>(spaced(text))).execute(conn)?
        }
    };
    Ok(())
}

/// The newest segments in which a query is found, before one of them if it is given; of all calls, whoever may see them.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    query: &Query,
    before: Option<SegmentId>,
    rows: usize,
) -> Result<Vec<SegmentId>> {
    let before = before.unwrap_or(SegmentId(i64::MAX));
    let limit = i64::try_from(rows).unwrap_or(i64::MAX);
    let found: Vec<Found> = match tx.conn() {
        Conn::Sqlite(conn) => diesel::sql_query(NEWEST)
            .bind::<Text, _>(query.fts5())
            .bind::<BigInt, _>(before)
            .bind::<BigInt, _>(limit)
            .load(conn)?,
        Conn::Pg(conn) => {
            diesel::sql_query(GATHER).execute(conn)?;
            let tsquery = query.tsquery();
            let mut found: Vec<Found> = diesel::sql_query(GATHERED).bind::<Text, _>(&tsquery).load(conn)?;
            if found.len() > MOST_GATHERED {
                diesel::sql_query(GO_BACK).execute(conn)?;
                found = diesel::sql_query(NEWEST_OF_MANY)
                    .bind::<Text, _>(&tsquery)
                    .bind::<BigInt, _>(before)
                    .bind::<BigInt, _>(limit)
                    .load(conn)?;
            } else {
                found.retain(|one| one.id < before);
                found.sort_unstable_by_key(|one| std::cmp::Reverse(one.id));
                found.truncate(rows);
            }
            diesel::sql_query(AS_BEFORE).execute(conn)?;
            found
        }
    };
    Ok(found.into_iter().map(|one| one.id).collect())
}

#[cfg(test)]
#[path = "words_plan_tests.rs"]
mod plan_tests;
