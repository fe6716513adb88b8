//! How a database would carry out a query.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

use crate::{Conn, Engine, MultiBackend};

/// Asks for the plan of a query in place of its rows.
struct Explain<Q, S> {
    query: Q,
    prefix: &'static str,
    columns: PhantomData<S>,
}

impl<Q: QueryFragment<MultiBackend>, S> QueryFragment<MultiBackend> for Explain<Q, S> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        pass.push_sql(self.prefix);
        self.query.walk_ast(pass)
    }
}

impl<Q, S> QueryId for Explain<Q, S> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, S> Query for Explain<Q, S> {
    type SqlType = S;
}

impl<Q, S> RunQueryDsl<Conn> for Explain<Q, S> {}

/// The steps in which the database would carry out a query, one a line, as `EXPLAIN` tells them.
///
/// # Errors
/// When the database refuses the query.
pub fn plan(conn: &mut Conn, query: impl QueryFragment<MultiBackend>) -> QueryResult<String> {
    match conn.engine() {
        Engine::Sqlite => {
            let columns = PhantomData::<(Integer, Integer, Integer, Text)>;
            let rows: Vec<(i32, i32, i32, String)> =
                Explain { query, prefix: "EXPLAIN QUERY PLAN ", columns }.load(conn)?;
            Ok(rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n"))
        }
        Engine::Postgres => {
            let columns = PhantomData::<Text>;
            let rows: Vec<String> = Explain { query, prefix: "EXPLAIN ", columns }.load(conn)?;
            Ok(rows.join("\n"))
        }
    }
}
