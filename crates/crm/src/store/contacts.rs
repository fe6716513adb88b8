//! Contacts and their identities.

use std::collections::BTreeMap;

use db::Conn;
use db::schema::{contact_identities, contacts};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::{Contact, ListContacts};
use types::{CompanyId, ContactId, Timestamp, UserId};

use super::lists::{ListQuery, list_records};
use crate::folding;

/// A row of `contacts`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_null = true)]
pub(crate) struct ContactRow {
    pub(crate) id: ContactId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) company_id: Option<CompanyId>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) verified: bool,
    pub(crate) time_zone: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) merged_into: Option<ContactId>,
    pub(crate) erased_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl ContactRow {
    /// A contact of whom only the name is known.
    pub(crate) fn named(id: ContactId, name: String, verified: bool, now: Timestamp) -> Self {
        Self {
            id,
            name_key: folding::name_key(&name),
            name,
            email: None,
            phone: None,
            job_title: None,
            company_id: None,
            owner_id: None,
            verified,
            time_zone: None,
            language: None,
            merged_into: None,
            erased_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    pub(crate) fn rename(&mut self, name: String) {
        self.name_key = folding::name_key(&name);
        self.name = name;
    }

    pub(crate) fn to_wire(&self, properties: BTreeMap<String, Value>) -> Contact {
        Contact {
            id: self.id,
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            job_title: self.job_title.clone(),
            company_id: self.company_id,
            owner_id: self.owner_id,
            verified: self.verified,
            time_zone: self.time_zone.clone(),
            language: self.language.clone(),
            properties,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

pub(crate) fn find_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<ContactRow>> {
    Ok(contacts::table.find(id).get_result(tx.conn()).optional()?)
}

/// The contact, or the one it was merged into.
pub(crate) fn follow_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<ContactRow>> {
    match find_contact(tx, id)? {
        Some(ContactRow { merged_into: Some(into), .. }) => find_contact(tx, into),
        found => Ok(found),
    }
}

pub(crate) fn lock_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<ContactRow>> {
    let query = contacts::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.for_no_key_update().get_result(conn),
        Conn::Sqlite(conn) => query.get_result(conn),
    };
    Ok(found.optional()?)
}

/// The verified contact other than `except` that has this address.
pub(crate) fn holder_of_email(tx: &mut Tx<'_>, email: &str, except: ContactId) -> Result<Option<ContactId>> {
    Ok(contacts::table
        .filter(contacts::email.eq(email))
        .filter(contacts::verified.eq(true))
        .filter(contacts::id.ne(except))
        .select(contacts::id)
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn insert_contact(tx: &mut Tx<'_>, row: &ContactRow) -> Result<()> {
    diesel::insert_into(contacts::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update_contact(tx: &mut Tx<'_>, locked: &Granted<ContactRow>, row: &ContactRow) -> Result<()> {
    diesel::update(contacts::table.find(locked.id)).set(row).execute(tx.conn())?;
    Ok(())
}

/// Has every id that led to `from` lead to `into`.
pub(crate) fn redirect(tx: &mut Tx<'_>, from: &Granted<ContactRow>, into: ContactId) -> Result<()> {
    diesel::update(contacts::table.filter(contacts::merged_into.eq(from.id)))
        .set(contacts::merged_into.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn list_contacts(
    tx: &mut Tx<'_>,
    query: &ListContacts,
    list: &ListQuery<'_>,
) -> Result<Vec<ContactRow>> {
    let mut rows = contacts::table
        .filter(contacts::merged_into.is_null())
        .filter(contacts::erased_at.is_null())
        .limit(list.limit)
        .into_boxed();
    if let Some(text) = list.q {
        let (name, email) = (folding::name_key(text), text.to_lowercase());
        let (name_end, email_end) = (folding::end_of_prefix(&name), folding::end_of_prefix(&email));
        let by_name = contacts::name_key.ge(name).and(contacts::name_key.lt(name_end));
        let by_email = contacts::email.ge(email).and(contacts::email.lt(email_end)).assume_not_null();
        rows = rows.filter(by_name.or(by_email));
    }
    if let Some(company) = query.company_id {
        rows = rows.filter(contacts::company_id.eq(company));
    }
    Ok(list_records!(rows, contacts, name_key, list).load(tx.conn())?)
}

/// The verified contact that has this address.
pub(crate) fn find_contact_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<ContactId>> {
    Ok(contacts::table
        .filter(contacts::email.eq(email))
        .filter(contacts::verified.eq(true))
        .select(contacts::id)
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn find_identity(tx: &mut Tx<'_>, kind: &str, value: &str) -> Result<Option<ContactId>> {
    Ok(contact_identities::table
        .filter(contact_identities::kind.eq(kind))
        .filter(contact_identities::value.eq(value))
        .select(contact_identities::contact_id)
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn insert_identity(
    tx: &mut Tx<'_>,
    contact: &Granted<ContactRow>,
    kind: &str,
    value: &str,
) -> Result<()> {
    let row = (
        contact_identities::id.eq(tx.new_id::<i64>()),
        contact_identities::contact_id.eq(contact.id),
        contact_identities::kind.eq(kind),
        contact_identities::value.eq(value),
        contact_identities::created_at.eq(tx.now()),
    );
    diesel::insert_into(contact_identities::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn move_identities(tx: &mut Tx<'_>, from: &Granted<ContactRow>, into: ContactId) -> Result<()> {
    diesel::update(contact_identities::table.filter(contact_identities::contact_id.eq(from.id)))
        .set(contact_identities::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_identities(tx: &mut Tx<'_>, contact: &Granted<ContactRow>) -> Result<()> {
    diesel::delete(contact_identities::table.filter(contact_identities::contact_id.eq(contact.id)))
        .execute(tx.conn())?;
    Ok(())
}
