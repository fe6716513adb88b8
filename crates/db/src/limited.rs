//! A limit that stands in the text of the statement.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A query with `LIMIT rows` at its end, to be used in place of Diesel's `limit` and `first` where it matters.
///
/// Diesel makes the limit a parameter. SQLite looks at its value to plan the query, and therefore prepares the statement
/// anew each time it is run, which takes longer than most of them run. A row that is found by a unique key needs no limit
/// at all: use `get_result`.
#[derive(Debug, Clone, Copy)]
pub struct Limited<Q> {
    /// The query, without a limit.
    pub query: Q,
    /// How many rows at the most. Each number is a statement of its own, which connections keep.
    pub rows: i64,
}

impl<Q, DB> QueryFragment<DB> for Limited<Q>
where
    DB: Backend,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.query.walk_ast(pass.reborrow())?;
        pass.push_sql(&format!(" LIMIT {}", self.rows));
        Ok(())
    }
}

impl<Q> QueryId for Limited<Q> {
    type QueryId = ();

    // Two numbers are two statements.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Limited<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> diesel::RunQueryDsl<C> for Limited<Q> {}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;

    use super::*;
    use crate::schema::periodic_runs;
    use crate::testing::TestDatabase;
    use crate::{Conn, Database, Engine, Error};

    #[tokio::test]
    async fn the_number_stands_in_the_statement_on_both_engines() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let database = TestDatabase::new(engine).unwrap();
            let opened = Database::open(database.settings()).unwrap();
            let fill = |conn: &mut Conn| {
                for (name, at) in [("a", 1_i64), ("b", 2), ("c", 3)] {
                    diesel::insert_into(periodic_runs::table)
                        .values((periodic_runs::name.eq(name), periodic_runs::last_run_at.eq(at)))
                        .execute(conn)?;
                }
                let query =
                    periodic_runs::table.order(periodic_runs::name.desc()).select(periodic_runs::name);
                let two: Vec<String> = Limited { query, rows: 2 }.load(conn)?;
                let one: String = Limited { query, rows: 1 }.get_result(conn)?;
                Ok::<_, Error>((two, one))
            };
            let (two, one) = opened.write(fill, |_| {}).await.unwrap();
            assert_eq!((two, one), (vec!["c".to_owned(), "b".to_owned()], "c".to_owned()));
        }
        let query = periodic_runs::table.select(periodic_runs::name);
        let text = diesel::debug_query::<diesel::sqlite::Sqlite, _>(&Limited { query, rows: 7 }).to_string();
        assert!(text.ends_with(" LIMIT 7 -- binds: []"), "{text}");
    }
}
