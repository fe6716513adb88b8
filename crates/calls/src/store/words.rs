//! The index of words that transcripts are searched by.

use crm::folding;
use db::Conn;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use platform::{Result, Tx};
use types::SegmentId;

/// Takes the words of a segment out of the index. `text` is what was put in: SQLite's index keeps no text of its own.
pub(crate) fn remove(tx: &mut Tx<'_>, id: SegmentId, text: &str) -> Result<()> {
    match tx.conn() {
        Conn::Pg(conn) => diesel::sql_query("DELETE FROM segment_words WHERE segment_id = $1")
            .bind::<BigInt, _>(id)
            .execute(conn)?,
        Conn::Sqlite(conn) => diesel::sql_query(
            "INSERT INTO segment_words (segment_words, rowid, words) VALUES ('delete', $1, $2)",
        )
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(folding::name_key(text))
        .execute(conn)?,
    };
    Ok(())
}
