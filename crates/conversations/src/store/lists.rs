//! Pages and counts of threads.

use db::schema::{contacts, read_positions, threads};
use db::{Cached, Conn, Limited, MultiBackend};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::query_dsl::methods::LoadQuery;
use diesel::sql_types::{BigInt, Bool};
use platform::{Result, Tx};
use types::conversations::View;
use types::{ContactId, InboxId, ThreadId, Timestamp, UserId};

use super::threads::{ThreadRow, thread_columns};

/// Most threads that a count looks at.
pub(crate) const MAX_COUNT: i64 = 1000;

/// Which threads a page holds. Each variant is answered by walking one index from where the page begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scope<'a> {
    /// Of one inbox, in a view other than [`View::Mine`].
    Inbox(InboxId, View),
    /// The open threads of the user who asks.
    Mine(UserId, Inboxes<'a>),
    /// Of one contact, in a view or in any.
    Contact(ContactId, Option<View>, UserId, Inboxes<'a>),
}

/// The inboxes whose threads may be shown; nothing for all.
pub(crate) type Inboxes<'a> = Option<&'a [InboxId]>;

/// The condition of a view, in the very words of the partial index that holds it: a planner uses such an index only if
/// the values stand in the statement.
fn condition(view: View) -> &'static str {
    match view {
        View::Unassigned => {
            "threads.status = 'open' AND threads.owner_user_id IS NULL AND threads.owner_team_id IS NULL"
        }
        View::Mine | View::AllOpen => "threads.status = 'open'",
        View::Chat => "threads.status = 'open' AND threads.channel = 'chat'",
        View::AllClosed => "threads.status = 'closed'",
    }
}

/// Threads with how far the user has read, newest message first, after the one with the key `after`.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    scope: Scope<'_>,
    reader: UserId,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Item>> {
    Ok(page_query(scope, reader, after, limit).load(tx.conn())?)
}

/// Where a page begins: after the thread with this time of the last message and this id.
pub(crate) type Key = (Timestamp, ThreadId);

/// A thread, and how far the reader has read; nothing for not at all.
pub(crate) type Item = (ThreadRow, Option<i64>);

fn page_query<'q>(
    scope: Scope<'q>,
    reader: UserId,
    after: Option<Key>,
    limit: i64,
) -> impl LoadQuery<'q, Conn, Item> + QueryFragment<MultiBackend> {
    let read_seq = read_positions::table
        .filter(read_positions::thread_id.eq(threads::id))
        .filter(read_positions::user_id.eq(reader))
        .select(read_positions::seq)
        .single_value();
    let mut query = threads::table
        .select((thread_columns!(), read_seq))
        .order((threads::last_message_at.desc(), threads::id.desc()))
        .into_boxed::<MultiBackend>();
    let inboxes = match scope {
        Scope::Inbox(inbox, view) => {
            query = query.filter(threads::inbox_id.eq(inbox)).filter(sql::<Bool>(condition(view)));
            None
        }
        Scope::Mine(user, inboxes) => {
            query = query.filter(threads::owner_user_id.eq(user)).filter(sql::<Bool>(condition(View::Mine)));
            inboxes
        }
        Scope::Contact(contact, view, user, inboxes) => {
            query = query.filter(threads::contact_id.eq(contact));
            if let Some(view) = view {
                query = query.filter(sql::<Bool>(condition(view)));
            }
            if view == Some(View::Mine) {
                query = query.filter(threads::owner_user_id.eq(user));
            }
            inboxes
        }
    };
    if let Some(inboxes) = inboxes {
        query = query.filter(threads::inbox_id.eq_any(inboxes));
    }
    if let Some((at, id)) = after {
        query = query.filter(threads::last_message_at.le(at));
        query = query.filter(threads::last_message_at.lt(at).or(threads::id.lt(id)));
    }
    Cached(Limited { query, rows: limit })
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = BigInt)]
    unread: i64,
}

/// How many threads a view holds, and how many of them the user has not read to the end. Looks at [`MAX_COUNT`] threads
/// at the most.
pub(crate) fn count(tx: &mut Tx<'_>, view: View, reader: UserId, inboxes: Inboxes<'_>) -> Result<(i64, i64)> {
    let mut filter = condition(view).to_owned();
    if view == View::Mine {
        filter.push_str(&format!(" AND threads.owner_user_id = {reader}"));
    }
    match inboxes {
        Some([]) => return Ok((0, 0)),
        Some(ids) => {
            let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            filter.push_str(&format!(" AND threads.inbox_id IN ({ids})"));
        }
        None => {}
    }
    // Ids are numbers, so writing them into the statement is safe.
    let query = diesel::sql_query(format!(
        "SELECT count(*) AS count, count(CASE WHEN counted.last_entry_seq > coalesce((SELECT seq FROM read_positions \
         WHERE thread_id = counted.id AND user_id = {reader}), 0) THEN 1 END) AS unread \
         FROM (SELECT threads.id, threads.last_entry_seq FROM threads WHERE {filter} LIMIT {MAX_COUNT}) AS counted"
    ));
    let count: Count = query.get_result(tx.conn())?;
    Ok((count.count, count.unread))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod plan_tests;
