//! Rows of inboxes and their members.

use std::collections::{BTreeSet, HashMap};

use db::schema::{inbox_members, inboxes};
use db::{Conn, on};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::conversations::Inbox;
use types::{InboxId, Timestamp, UserId};

/// A row of `inboxes`.
#[derive(Clone, Debug, PartialEq, Queryable, Insertable)]
#[diesel(table_name = inboxes)]
pub(crate) struct InboxRow {
    pub(crate) id: InboxId,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
}

impl InboxRow {
    pub(crate) fn to_wire(&self, member_ids: Vec<UserId>) -> Inbox {
        Inbox { id: self.id, name: self.name.clone(), member_ids, created_at: self.created_at }
    }
}

pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<InboxRow>> {
    Ok(inboxes::table.order((inboxes::name, inboxes::id)).load(tx.conn())?)
}

pub(crate) fn all_ids(tx: &mut Tx<'_>) -> Result<Vec<InboxId>> {
    Ok(inboxes::table.select(inboxes::id).load(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<InboxRow>> {
    Ok(inboxes::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<InboxRow>> {
    let query = inboxes::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_no_key_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &InboxRow) -> Result<()> {
    diesel::insert_into(inboxes::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn rename(tx: &mut Tx<'_>, inbox: &Granted<InboxRow>, name: &str) -> Result<()> {
    diesel::update(inboxes::table.find(inbox.id)).set(inboxes::name.eq(name)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn members(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<UserId>> {
    let query = inbox_members::table
        .filter(inbox_members::inbox_id.eq(inbox))
        .order(inbox_members::user_id)
        .select(inbox_members::user_id);
    Ok(query.load(tx.conn())?)
}

/// The members of every inbox.
pub(crate) fn members_of_all(tx: &mut Tx<'_>) -> Result<HashMap<InboxId, Vec<UserId>>> {
    let query = inbox_members::table
        .order((inbox_members::inbox_id, inbox_members::user_id))
        .select((inbox_members::inbox_id, inbox_members::user_id));
    let rows: Vec<(InboxId, UserId)> = query.load(tx.conn())?;
    let mut members: HashMap<InboxId, Vec<UserId>> = HashMap::new();
    for (inbox, user) in rows {
        members.entry(inbox).or_default().push(user);
    }
    Ok(members)
}

pub(crate) fn add_members(
    tx: &mut Tx<'_>,
    inbox: &Granted<InboxRow>,
    users: &BTreeSet<UserId>,
) -> Result<()> {
    let rows: Vec<_> = users
        .iter()
        .map(|user| (inbox_members::inbox_id.eq(inbox.id), inbox_members::user_id.eq(*user)))
        .collect();
    on!(tx.conn(), conn => diesel::insert_into(inbox_members::table).values(rows).execute(conn))?;
    Ok(())
}

pub(crate) fn remove_members(
    tx: &mut Tx<'_>,
    inbox: &Granted<InboxRow>,
    users: &BTreeSet<UserId>,
) -> Result<()> {
    diesel::delete(inbox_members::table)
        .filter(inbox_members::inbox_id.eq(inbox.id))
        .filter(inbox_members::user_id.eq_any(users))
        .execute(tx.conn())?;
    Ok(())
}
