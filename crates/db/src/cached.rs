//! Statements that are prepared once per connection although Diesel would prepare them each time.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A statement that each connection prepares once and keeps.
///
/// Diesel prepares `UPDATE`, `DO UPDATE`, `IN (…)` on SQLite and anything with a piece of literal SQL anew each time,
/// because their text may differ from call to call. Kept by their text, as here, they are found again all the same. Only
/// for statements with few different texts: each one stays with the connection.
///
/// On PostgreSQL `execute` keeps nothing: Diesel asks a reference to the statement there, which does not pass the question
/// on. Loading is kept on both engines, so an `UPDATE` worth keeping returns something (`RETURNING`).
#[derive(Debug, Clone, Copy)]
pub struct Cached<Q>(pub Q);

impl<Q, DB> QueryFragment<DB> for Cached<Q>
where
    DB: Backend,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q> QueryId for Cached<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Cached<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> diesel::RunQueryDsl<C> for Cached<Q> {}
