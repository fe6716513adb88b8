//! Tickets and their statuses.

use std::collections::BTreeMap;

use db::Conn;
use db::schema::{ticket_statuses, tickets};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::{ListTickets, Ticket, TicketPriority, TicketStatus};
use types::{TicketId, TicketStatusId, Timestamp, UserId};

use super::lists::{ListQuery, list_records};
use crate::folding;

/// A row of `tickets`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = tickets, treat_none_as_null = true)]
pub(crate) struct TicketRow {
    pub(crate) id: TicketId,
    pub(crate) subject: String,
    pub(crate) subject_key: String,
    pub(crate) description: Option<String>,
    pub(crate) status_id: TicketStatusId,
    pub(crate) priority: TicketPriority,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl TicketRow {
    pub(crate) fn to_wire(&self, properties: BTreeMap<String, Value>) -> Ticket {
        Ticket {
            id: self.id,
            subject: self.subject.clone(),
            description: self.description.clone(),
            status_id: self.status_id,
            priority: self.priority,
            owner_id: self.owner_id,
            properties,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// A row of `ticket_statuses`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = ticket_statuses)]
pub(crate) struct TicketStatusRow {
    pub(crate) id: TicketStatusId,
    pub(crate) name: String,
    pub(crate) closed: bool,
    pub(crate) position: i32,
}

impl TicketStatusRow {
    pub(crate) fn to_wire(&self) -> TicketStatus {
        TicketStatus { id: self.id, name: self.name.clone(), closed: self.closed }
    }
}

pub(crate) fn find_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<TicketRow>> {
    Ok(tickets::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn lock_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<TicketRow>> {
    let query = tickets::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert_ticket(tx: &mut Tx<'_>, row: &TicketRow) -> Result<()> {
    diesel::insert_into(tickets::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_ticket(tx: &mut Tx<'_>, locked: &Granted<TicketRow>, row: &TicketRow) -> Result<()> {
    diesel::update(tickets::table.find(locked.id)).set(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_ticket(tx: &mut Tx<'_>, ticket: &Granted<TicketRow>) -> Result<()> {
    diesel::delete(tickets::table.find(ticket.id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn list_tickets(
    tx: &mut Tx<'_>,
    query: &ListTickets,
    list: &ListQuery<'_>,
) -> Result<Vec<TicketRow>> {
    let mut rows = tickets::table.limit(list.limit).into_boxed();
    if let Some(text) = list.q {
        let start = folding::name_key(text);
        let end = folding::end_of_prefix(&start);
        rows = rows.filter(tickets::subject_key.ge(start).and(tickets::subject_key.lt(end)));
    }
    if let Some(status) = query.status_id {
        rows = rows.filter(tickets::status_id.eq(status));
    }
    if let Some(priority) = query.priority {
        rows = rows.filter(tickets::priority.eq(priority));
    }
    Ok(list_records!(rows, tickets, subject_key, list).load(tx.conn())?)
}

/// The statuses in order.
pub(crate) fn ticket_statuses(tx: &mut Tx<'_>) -> Result<Vec<TicketStatusRow>> {
    Ok(ticket_statuses::table.order((ticket_statuses::position, ticket_statuses::id)).load(tx.conn())?)
}

/// The statuses in order; no ticket can get one until the end of the transaction.
pub(crate) fn lock_ticket_statuses(tx: &mut Tx<'_>) -> Result<Vec<TicketStatusRow>> {
    let query = ticket_statuses::table.order((ticket_statuses::position, ticket_statuses::id));
    Ok(match tx.conn() {
        Conn::Pg(conn) => query.for_update().load(conn)?,
        Conn::Sqlite(conn) => query.load(conn)?,
    })
}

/// A status that a ticket gets, which cannot be deleted meanwhile.
pub(crate) fn hold_ticket_status(tx: &mut Tx<'_>, id: TicketStatusId) -> Result<Option<TicketStatusRow>> {
    let query = ticket_statuses::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_key_share().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn tickets_with_status(tx: &mut Tx<'_>, status: TicketStatusId) -> Result<i64> {
    Ok(tickets::table.filter(tickets::status_id.eq(status)).count().get_result(tx.conn())?)
}

pub(crate) fn insert_ticket_status(tx: &mut Tx<'_>, row: &TicketStatusRow) -> Result<()> {
    diesel::insert_into(ticket_statuses::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_ticket_status(tx: &mut Tx<'_>, row: &TicketStatusRow) -> Result<()> {
    diesel::update(ticket_statuses::table.find(row.id)).set(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_ticket_status(tx: &mut Tx<'_>, id: TicketStatusId) -> Result<()> {
    diesel::delete(ticket_statuses::table.find(id)).execute(tx.conn())?;
    Ok(())
}
