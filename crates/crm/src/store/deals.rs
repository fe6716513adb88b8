//! Deals and the stages of the pipeline.

use std::collections::BTreeMap;

use db::Conn;
use db::schema::{deal_stages, deals};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::{Deal, DealStage, ListDeals, StageOutcome};
use types::{Date, DealId, DealStageId, Timestamp, UserId};

use super::lists::{ListQuery, list_records};
use crate::folding;

/// A row of `deals`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = deals, treat_none_as_null = true)]
pub(crate) struct DealRow {
    pub(crate) id: DealId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) amount_minor: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) stage_id: DealStageId,
    pub(crate) close_date: Option<Date>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl DealRow {
    pub(crate) fn to_wire(&self, properties: BTreeMap<String, Value>) -> Deal {
        Deal {
            id: self.id,
            name: self.name.clone(),
            amount_minor: self.amount_minor,
            currency: self.currency.clone(),
            stage_id: self.stage_id,
            close_date: self.close_date,
            owner_id: self.owner_id,
            properties,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// A row of `deal_stages`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = deal_stages)]
pub(crate) struct DealStageRow {
    pub(crate) id: DealStageId,
    pub(crate) name: String,
    pub(crate) outcome: StageOutcome,
    pub(crate) position: i32,
}

impl DealStageRow {
    pub(crate) fn to_wire(&self) -> DealStage {
        DealStage { id: self.id, name: self.name.clone(), outcome: self.outcome }
    }
}

pub(crate) fn find_deal(tx: &mut Tx<'_>, id: DealId) -> Result<Option<DealRow>> {
    Ok(deals::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn lock_deal(tx: &mut Tx<'_>, id: DealId) -> Result<Option<DealRow>> {
    let query = deals::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert_deal(tx: &mut Tx<'_>, row: &DealRow) -> Result<()> {
    diesel::insert_into(deals::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_deal(tx: &mut Tx<'_>, locked: &Granted<DealRow>, row: &DealRow) -> Result<()> {
    diesel::update(deals::table.find(locked.id)).set(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_deal(tx: &mut Tx<'_>, deal: &Granted<DealRow>) -> Result<()> {
    diesel::delete(deals::table.find(deal.id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn list_deals(tx: &mut Tx<'_>, query: &ListDeals, list: &ListQuery<'_>) -> Result<Vec<DealRow>> {
    let mut rows = deals::table.limit(list.limit).into_boxed();
    if let Some(text) = list.q {
        let name = folding::name_key(text);
        let end = folding::end_of_prefix(&name);
        rows = rows.filter(deals::name_key.ge(name).and(deals::name_key.lt(end)));
    }
    if let Some(stage) = query.stage_id {
        rows = rows.filter(deals::stage_id.eq(stage));
    }
    Ok(list_records!(rows, deals, name_key, list).load(tx.conn())?)
}

/// The stages in order.
pub(crate) fn deal_stages(tx: &mut Tx<'_>) -> Result<Vec<DealStageRow>> {
    Ok(deal_stages::table.order((deal_stages::position, deal_stages::id)).load(tx.conn())?)
}

/// The stages in order; no deal can come into one or leave it until the end of the transaction.
pub(crate) fn lock_deal_stages(tx: &mut Tx<'_>) -> Result<Vec<DealStageRow>> {
    let query = deal_stages::table.order((deal_stages::position, deal_stages::id));
    Ok(match tx.conn() {
        Conn::Pg(conn) => query.for_update().load(conn)?,
        Conn::Sqlite(conn) => query.load(conn)?,
    })
}

/// A stage that a deal is put into, which cannot be deleted meanwhile.
pub(crate) fn hold_deal_stage(tx: &mut Tx<'_>, id: DealStageId) -> Result<Option<DealStageRow>> {
    let query = deal_stages::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_key_share().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn deals_in_stage(tx: &mut Tx<'_>, stage: DealStageId) -> Result<i64> {
    Ok(deals::table.filter(deals::stage_id.eq(stage)).count().get_result(tx.conn())?)
}

pub(crate) fn insert_deal_stage(tx: &mut Tx<'_>, row: &DealStageRow) -> Result<()> {
    diesel::insert_into(deal_stages::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_deal_stage(tx: &mut Tx<'_>, row: &DealStageRow) -> Result<()> {
    diesel::update(deal_stages::table.find(row.id)).set(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_deal_stage(tx: &mut Tx<'_>, id: DealStageId) -> Result<()> {
    diesel::delete(deal_stages::table.find(id)).execute(tx.conn())?;
    Ok(())
}
