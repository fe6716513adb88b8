//! The index of words that transcripts are searched by. Its rows are those of segments.

use db::{Cached, Conn};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use platform::{Result, Tx};
use types::SegmentId;

use crate::words::{Query, placed, spaced};

/// How PostgreSQL finds the newest segments, whose index of words gives them in no order: it goes back through the newest
/// ones of all, as many as the first number says, if at least the second number was found before. What is common is found
/// so at once; for what is rare it costs half a millisecond, or 15 where two hits raised hopes.
const LOOKED_THROUGH: [(i64, usize); 2] = [(1000, 0), (30_000, 2)];
/// Matches that PostgreSQL may gather by its index of words before they are sorted. What more segments than these say is
/// so common that going back from the newest finds a page of it sooner.
const MOST_GATHERED: i64 = 5000;

/// What PostgreSQL may use while it gathers matches: its index of words alone, whatever its statistics say.
const GATHER: &str =
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = on";
/// What PostgreSQL may use while it goes back from the newest segment: the primary key alone.
const GO_BACK: &str =
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on; SET LOCAL enable_bitmapscan = off";
const AS_BEFORE: &str =
    "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on; SET LOCAL enable_bitmapscan = on";

/// How many there are, if they are no more than [`MOST_GATHERED`], and the newest of them.
const GATHERED: &str = "WITH gathered AS MATERIALIZED
      (SELECT segment_id AS id FROM segment_words WHERE words @@ $1::tsquery LIMIT 5001)
    SELECT (SELECT count(*) FROM gathered) AS count,
      ARRAY (SELECT id FROM gathered WHERE id < $2 ORDER BY id DESC LIMIT $3) AS ids";
const NEWEST_OF_MANY: &str = "SELECT segment_id AS id FROM segment_words WHERE words @@ $1::tsquery
    AND segment_id < $2 ORDER BY segment_id DESC LIMIT $3";
const NEWEST: &str = "SELECT rowid AS id FROM segment_words WHERE segment_words MATCH $1
    AND rowid < $2 ORDER BY rowid DESC LIMIT $3";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: SegmentId,
}

#[derive(QueryableByName)]
struct Gathered {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Array<BigInt>)]
    ids: Vec<SegmentId>,
}

/// A query for the newest segments before one in which something is found, at most so many.
macro_rules! newest {
    ($sql:expr, $query:expr, $before:expr, $limit:expr) => {
        Cached(
            diesel::sql_query($sql)
                .bind::<Text, _>($query)
                .bind::<BigInt, _>($before)
                .bind::<BigInt, _>($limit),
        )
    };
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
    let found = match tx.conn() {
        Conn::Sqlite(conn) => newest!(NEWEST, query.fts5(), before, limit).load(conn)?,
        Conn::Pg(conn) => by_postgres(conn, &query.tsquery(), before, limit)?,
    };
    Ok(found.into_iter().map(|one: Found| one.id).collect())
}

fn by_postgres(
    conn: &mut PgConnection,
    tsquery: &str,
    before: SegmentId,
    limit: i64,
) -> QueryResult<Vec<Found>> {
    let enough = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for (segments, least) in LOOKED_THROUGH {
        if found.len() >= least {
            found = newest!(among_newest(segments), tsquery, before, limit).load(conn)?;
        }
        if found.len() >= enough {
            return Ok(found);
        }
    }
    // Each statement of a read is a transaction of its own, with which the settings would end.
    conn.transaction(|conn| {
        conn.batch_execute(GATHER)?;
        let gathered: Gathered = newest!(GATHERED, tsquery, before, limit).get_result(conn)?;
        let found = if gathered.count > MOST_GATHERED {
            conn.batch_execute(GO_BACK)?;
            newest!(NEWEST_OF_MANY, tsquery, before, limit).load(conn)?
        } else {
            gathered.ids.into_iter().map(|id| Found { id }).collect()
        };
        conn.batch_execute(AS_BEFORE)?;
        Ok(found)
    })
}

/// PostgreSQL's query for those of so many segments before one in which something is found.
fn among_newest(segments: i64) -> String {
    format!(
        "SELECT segment_id AS id FROM (SELECT segment_id, words FROM segment_words WHERE segment_id < $2
         ORDER BY segment_id DESC LIMIT {segments}) AS newest WHERE words @@ $1::tsquery
         ORDER BY segment_id DESC LIMIT $3"
    )
}

#[cfg(test)]
#[path = "words_plan_tests.rs"]
mod plan_tests;
