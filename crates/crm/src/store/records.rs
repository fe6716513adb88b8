//! Records of any kind, in a few words.

use db::schema::{companies, contacts, deal_stages, deals, ticket_statuses, tickets, users};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::crm::{ObjectKind, RecordRef, RecordSummary};
use types::{CompanyId, ContactId, DealId, RecordId, TicketId, UserId};

use crate::folding;

type Summary<I> = (I, String, Option<String>, Option<UserId>);

fn summaries<I: Into<RecordId>>(kind: ObjectKind, rows: Vec<Summary<I>>) -> Vec<RecordSummary> {
    let summary = |(id, name, detail, owner_id)| RecordSummary {
        record: RecordRef::new(kind, id),
        name,
        detail,
        owner_id,
    };
    rows.into_iter().map(summary).collect()
}

pub(crate) fn user_exists(tx: &mut Tx<'_>, id: UserId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(users::table.find(id))).get_result(tx.conn())?)
}

/// The records of a kind with these ids that exist. Calls are kept by a slice above, and are not found here.
pub(crate) fn find(tx: &mut Tx<'_>, kind: ObjectKind, ids: &[RecordId]) -> Result<Vec<RecordSummary>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(match kind {
        ObjectKind::Contact => {
            let rows: Vec<Summary<ContactId>> = contacts::table
                .filter(contacts::id.eq_any(ids))
                .filter(contacts::merged_into.is_null())
                .filter(contacts::erased_at.is_null())
                .select((contacts::id, contacts::name, contacts::email, contacts::owner_id))
                .load(tx.conn())?;
            summaries(kind, rows)
        }
        ObjectKind::Company => {
            let rows: Vec<Summary<CompanyId>> = companies::table
                .filter(companies::id.eq_any(ids))
                .select((companies::id, companies::name, companies::domain, companies::owner_id))
                .load(tx.conn())?;
            summaries(kind, rows)
        }
        ObjectKind::Deal => {
            let rows: Vec<Summary<DealId>> = deals::table
                .inner_join(deal_stages::table)
                .filter(deals::id.eq_any(ids))
                .select((deals::id, deals::name, deal_stages::name.nullable(), deals::owner_id))
                .load(tx.conn())?;
            summaries(kind, rows)
        }
        ObjectKind::Ticket => {
            let rows: Vec<Summary<TicketId>> = tickets::table
                .inner_join(ticket_statuses::table)
                .filter(tickets::id.eq_any(ids))
                .select((tickets::id, tickets::subject, ticket_statuses::name.nullable(), tickets::owner_id))
                .load(tx.conn())?;
            summaries(kind, rows)
        }
        ObjectKind::Call => Vec::new(),
    })
}

/// The first ids of a table's rows whose column starts with a text, of those that the actor sees.
macro_rules! starting_with {
    ($tx:expr, $table:ident, $column:ident, $start:expr, $visible:expr, $limit:expr) => {{
        let start: String = $start;
        let end = folding::end_of_prefix(&start);
        let mut rows = $table::table
            .filter($table::$column.ge(start))
            .filter($table::$column.lt(end))
            .order(($table::$column, $table::id))
            .select($table::id)
            .limit($limit)
            .into_boxed();
        if let Some(owners) = $visible {
            let owners: Vec<Option<UserId>> = owners.iter().copied().map(Some).collect();
            let theirs = $table::owner_id.eq_any(owners).assume_not_null();
            rows = rows.filter($table::owner_id.is_null().or(theirs));
        }
        rows.load::<RecordId>($tx.conn())?
    }};
}

/// The ids of records of a kind whose name, address or domain starts with a text, of those that the actor sees; at most
/// `limit` by each. Some may have gone since: [`find`] leaves those out.
pub(crate) fn search(
    tx: &mut Tx<'_>,
    kind: ObjectKind,
    text: &str,
    visible: Option<&[UserId]>,
    limit: i64,
) -> Result<Vec<RecordId>> {
    let (name, lower) = (folding::name_key(text), text.to_lowercase());
    Ok(match kind {
        ObjectKind::Contact => {
            let mut ids = starting_with!(tx, contacts, name_key, name, visible, limit);
            ids.extend(starting_with!(tx, contacts, email, lower, visible, limit));
            ids
        }
        ObjectKind::Company => {
            let mut ids = starting_with!(tx, companies, name_key, name, visible, limit);
            ids.extend(starting_with!(tx, companies, domain, lower, visible, limit));
            ids
        }
        ObjectKind::Deal => starting_with!(tx, deals, name_key, name, visible, limit),
        ObjectKind::Ticket => starting_with!(tx, tickets, subject_key, name, visible, limit),
        ObjectKind::Call => Vec::new(),
    })
}
