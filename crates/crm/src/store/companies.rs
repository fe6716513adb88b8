//! Companies.

use std::collections::BTreeMap;

use db::schema::{companies, contacts};
use db::{Cached, Conn};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::Company;
use types::{CompanyId, Timestamp, UserId};

use super::lists::{ListQuery, list_records};
use crate::folding;

/// A row of `companies`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = companies, treat_none_as_null = true)]
pub(crate) struct CompanyRow {
    pub(crate) id: CompanyId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) domain: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) phone: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) owner_id: Option<UserId>,
}

impl CompanyRow {
    pub(crate) fn to_wire(&self, contact_count: i64, properties: BTreeMap<String, Value>) -> Company {
        Company {
            id: self.id,
            name: self.name.clone(),
            domain: self.domain.clone(),
            phone: self.phone.clone(),
            street: self.street.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
            owner_id: self.owner_id,
            contact_count,
            properties,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

pub(crate) fn find_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<Option<CompanyRow>> {
    Ok(companies::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn lock_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<Option<CompanyRow>> {
    let query = companies::table.find(id);
    let found = match tx.conn() {
        // The full lock: a contact that names the company waits, so that it cannot be deleted under it.
        Conn::Pg(conn) => query.for_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert_company(tx: &mut Tx<'_>, row: &CompanyRow) -> Result<()> {
    diesel::insert_into(companies::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_company(tx: &mut Tx<'_>, locked: &Granted<CompanyRow>, row: &CompanyRow) -> Result<()> {
    diesel::update(companies::table.find(locked.id)).set(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_company(tx: &mut Tx<'_>, company: &Granted<CompanyRow>) -> Result<()> {
    diesel::update(contacts::table.filter(contacts::company_id.eq(company.id)))
        .set(contacts::company_id.eq(None::<CompanyId>))
        .execute(tx.conn())?;
    diesel::delete(companies::table.find(company.id)).execute(tx.conn())?;
    Ok(())
}

/// How many contacts work for each of these companies; those without any are left out.
pub(crate) fn count_contacts(tx: &mut Tx<'_>, ids: &[CompanyId]) -> Result<Vec<(CompanyId, i64)>> {
    let counts = contacts::table
        .filter(contacts::company_id.eq_any(ids.iter().copied().map(Some)))
        .group_by(contacts::company_id)
        .select((contacts::company_id.assume_not_null(), diesel::dsl::count_star()));
    Ok(Cached(counts).load(tx.conn())?)
}

pub(crate) fn list_companies(tx: &mut Tx<'_>, list: &ListQuery<'_>) -> Result<Vec<CompanyRow>> {
    let mut rows = companies::table.limit(list.limit).into_boxed();
    if let Some(text) = list.q {
        let (name, domain) = (folding::name_key(text), text.to_lowercase());
        let (name_end, domain_end) = (folding::end_of_prefix(&name), folding::end_of_prefix(&domain));
        let by_name = companies::name_key.ge(name).and(companies::name_key.lt(name_end));
        let by_domain = companies::domain.ge(domain).and(companies::domain.lt(domain_end)).assume_not_null();
        rows = rows.filter(by_name.or(by_domain));
    }
    Ok(list_records!(rows, companies, name_key, list).load(tx.conn())?)
}

/// The domains of companies that have one.
pub(crate) fn company_domains(tx: &mut Tx<'_>, ids: &[CompanyId]) -> Result<Vec<(CompanyId, String)>> {
    let query = companies::table
        .filter(companies::id.eq_any(ids.to_vec()))
        .filter(companies::domain.is_not_null())
        .select((companies::id, companies::domain.assume_not_null()));
    Ok(query.load(tx.conn())?)
}

/// The oldest company of this name.
pub(crate) fn find_company_by_name(tx: &mut Tx<'_>, name_key: &str) -> Result<Option<CompanyId>> {
    let query = companies::table.filter(companies::name_key.eq(name_key)).order(companies::id);
    Ok(query.select(companies::id).first(tx.conn()).optional()?)
}

/// The company that has this domain.
pub(crate) fn find_company_by_domain(tx: &mut Tx<'_>, domain: &str) -> Result<Option<CompanyId>> {
    let query = companies::table.filter(companies::domain.eq(domain)).select(companies::id);
    Ok(query.get_result(tx.conn()).optional()?)
}
