//! `schema.rs` says what the migrated databases of both engines hold.

use std::collections::BTreeMap;

use db::testing::{TestDatabase, connect};
use db::{Conn, Engine};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

/// Table, column, type, whether it may be null.
type Columns = BTreeMap<(String, String), (String, bool)>;

/// The columns as `schema.rs` declares them.
fn declared() -> Columns {
    let mut columns = Columns::new();
    let mut table = String::new();
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((column, kind)) = line.split_once(" -> ").filter(|_| line.ends_with(',')) {
            let kind = kind.trim_end_matches(',');
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            columns.insert(
                (table.clone(), column.to_owned()),
                (inner.unwrap_or(kind).to_owned(), inner.is_some()),
            );
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name.to_owned();
        }
    }
    columns
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

const SQLITE: &str = "
    SELECT t.name AS table_name, c.name AS column_name,
           CASE WHEN c.pk > 0 AND c.type = 'INTEGER' THEN 'PRIMARY ' ELSE '' END || c.type AS kind,
           NOT (c.\"notnull\" OR c.pk > 0) AS nullable
    FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

const POSTGRES: &str = "
    SELECT table_name::text AS table_name, column_name::text AS column_name, data_type::text AS kind,
           is_nullable = 'YES' AS nullable
    FROM information_schema.columns WHERE table_schema = current_schema()";

/// The columns of a migrated database.
fn migrated(engine: Engine) -> Columns {
    let database = TestDatabase::new(engine).unwrap();
    let mut conn = connect(database.settings()).unwrap();
    let sql = match &conn {
        Conn::Sqlite(_) => SQLITE,
        Conn::Pg(_) => POSTGRES,
    };
    let rows: Vec<Row> = diesel::sql_query(sql).load(&mut conn).unwrap();
    rows.into_iter().map(|row| ((row.table_name, row.column_name), (row.kind, row.nullable))).collect()
}

/// The types of the database that a type of `schema.rs` may stand for.
fn stands_for(declared: &str, found: &str) -> bool {
    match declared {
        "BigInt" => ["BIGINT", "PRIMARY INTEGER", "bigint"].contains(&found),
        "Integer" => ["INTEGER", "PRIMARY INTEGER", "integer"].contains(&found),
        "Text" => ["TEXT", "text"].contains(&found),
        "Bool" => ["BOOLEAN", "boolean"].contains(&found),
        "JsonDoc" => ["TEXT", "jsonb"].contains(&found),
        _ => false,
    }
}

fn compare(engine: Engine) {
    let (declared, mut found) = (declared(), migrated(engine));
    // The tables that are not queried through `schema.rs`; SQLite keeps the index of words in several of its own.
    found.retain(|(table, _), _| table != "schema_migrations" && !table.starts_with("segment_words"));
    let names = |columns: &Columns| columns.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&declared), names(&found), "{engine:?}: tables and columns");
    for (name, (kind, nullable)) in &declared {
        let (found_kind, found_nullable) = &found[name];
        assert!(stands_for(kind, found_kind), "{engine:?} {name:?}: declared {kind}, found {found_kind}");
        assert_eq!(nullable, found_nullable, "{engine:?} {name:?}: nullable");
    }
}

#[test]
fn the_schema_is_that_of_sqlite() {
    compare(Engine::Sqlite);
}

#[test]
fn the_schema_is_that_of_postgres() {
    compare(Engine::Postgres);
}
