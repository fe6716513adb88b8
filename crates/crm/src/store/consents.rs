//! Subscription types, and the log of consents.

use db::schema::{consents, subscription_types};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::Locale;
use types::crm::{Consent, ConsentBasis, ConsentState, SubscriptionType};
use types::{ConsentId, ContactId, SubscriptionTypeId, Timestamp, UserId};

use super::ContactRow;

/// A row of `subscription_types`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = subscription_types, treat_none_as_null = true)]
pub(crate) struct SubscriptionTypeRow {
    pub(crate) id: SubscriptionTypeId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) description: Option<String>,
    pub(crate) is_internal: bool,
    pub(crate) archived: bool,
}

impl SubscriptionTypeRow {
    /// Whether it comes with Rapport.
    pub(crate) fn is_built_in(&self) -> bool {
        self.id == SubscriptionTypeId::ONE_TO_ONE
    }

    pub(crate) fn to_wire(&self) -> SubscriptionType {
        SubscriptionType {
            id: self.id,
            name: self.name.clone(),
            description: self.description.clone(),
            is_internal: self.is_internal,
            is_built_in: self.is_built_in(),
            archived: self.archived,
        }
    }
}

/// A row of `consents`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = consents)]
pub(crate) struct ConsentRow {
    pub(crate) id: ConsentId,
    pub(crate) contact_id: ContactId,
    pub(crate) subscription_type_id: SubscriptionTypeId,
    pub(crate) basis: ConsentBasis,
    pub(crate) state: ConsentState,
    pub(crate) text: Option<String>,
    pub(crate) privacy_policy_text: Option<String>,
    pub(crate) source: String,
    pub(crate) language: Option<Locale>,
    pub(crate) user_id: Option<UserId>,
    pub(crate) at: Timestamp,
}

impl ConsentRow {
    pub(crate) fn into_wire(self) -> Consent {
        Consent {
            id: self.id,
            subscription_type_id: self.subscription_type_id,
            basis: self.basis,
            state: self.state,
            text: self.text,
            privacy_policy_text: self.privacy_policy_text,
            source: self.source,
            language: self.language,
            user_id: self.user_id,
            at: self.at,
        }
    }
}

/// Every subscription type: the built-in one first, then by name.
pub(crate) fn types(tx: &mut Tx<'_>) -> Result<Vec<SubscriptionTypeRow>> {
    let mut rows: Vec<SubscriptionTypeRow> =
        subscription_types::table.order(subscription_types::name_key).load(tx.conn())?;
    rows.sort_by_key(|row| !row.is_built_in());
    Ok(rows)
}

pub(crate) fn find_type(tx: &mut Tx<'_>, id: SubscriptionTypeId) -> Result<Option<SubscriptionTypeRow>> {
    Ok(subscription_types::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn lock_type(tx: &mut Tx<'_>, id: SubscriptionTypeId) -> Result<SubscriptionTypeRow> {
    let query = subscription_types::table.find(id);
    Ok(match tx.conn() {
        db::Conn::Pg(conn) => query.for_no_key_update().get_result(conn)?,
        db::Conn::Sqlite(conn) => query.get_result(conn)?,
    })
}

/// The same where there may be no such type.
pub(crate) fn lock_type_if_any(
    tx: &mut Tx<'_>,
    id: SubscriptionTypeId,
) -> Result<Option<SubscriptionTypeRow>> {
    match find_type(tx, id)? {
        Some(_) => lock_type(tx, id).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn insert_type(tx: &mut Tx<'_>, row: &SubscriptionTypeRow) -> Result<()> {
    diesel::insert_into(subscription_types::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_type(
    tx: &mut Tx<'_>,
    locked: &Granted<SubscriptionTypeRow>,
    row: &SubscriptionTypeRow,
) -> Result<()> {
    diesel::update(subscription_types::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// When the newest entry of a contact was made.
pub(crate) fn newest(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<Timestamp>> {
    Ok(consents::table
        .filter(consents::contact_id.eq(contact))
        .order((consents::at.desc(), consents::id.desc()))
        .select(consents::at)
        .first(tx.conn())
        .optional()?)
}

/// Adds an entry to the log of a locked contact, whose id it carries.
pub(crate) fn insert(tx: &mut Tx<'_>, contact: &Granted<ContactRow>, row: ConsentRow) -> Result<()> {
    let row = ConsentRow { contact_id: contact.id, ..row };
    diesel::insert_into(consents::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Entries of a contact after a place in its log, the newest first.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    contact: ContactId,
    after: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<ConsentRow>> {
    let mut rows = consents::table
        .filter(consents::contact_id.eq(contact))
        .order((consents::at.desc(), consents::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some((at, id)) = after {
        rows = rows.filter(consents::at.le(at));
        rows = rows.filter(consents::at.lt(at).or(consents::id.lt(ConsentId(id))));
    }
    Ok(rows.load(tx.conn())?)
}

/// The newest entry of a contact about each subscription type.
pub(crate) fn current(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConsentRow>> {
    let concerned: Vec<SubscriptionTypeId> = consents::table
        .filter(consents::contact_id.eq(contact))
        .select(consents::subscription_type_id)
        .distinct()
        .load(tx.conn())?;
    let mut rows = Vec::with_capacity(concerned.len());
    for id in concerned {
        rows.extend(current_of(tx, contact, id)?);
    }
    Ok(rows)
}

/// The newest entry of a contact about one subscription type.
pub(crate) fn current_of(
    tx: &mut Tx<'_>,
    contact: ContactId,
    id: SubscriptionTypeId,
) -> Result<Option<ConsentRow>> {
    Ok(consents::table
        .filter(consents::contact_id.eq(contact))
        .filter(consents::subscription_type_id.eq(id))
        .order((consents::at.desc(), consents::id.desc()))
        .first(tx.conn())
        .optional()?)
}

/// Moves the log of a merged contact to the other one; whether there was any.
pub(crate) fn move_to(tx: &mut Tx<'_>, from: &ContactRow, into: ContactId) -> Result<bool> {
    let moved = diesel::update(consents::table.filter(consents::contact_id.eq(from.id)))
        .set(consents::contact_id.eq(into))
        .execute(tx.conn())?;
    Ok(moved > 0)
}

/// Deletes the log of a contact that is erased.
pub(crate) fn delete_all_of(tx: &mut Tx<'_>, contact: &Granted<ContactRow>) -> Result<()> {
    diesel::delete(consents::table.filter(consents::contact_id.eq(contact.id))).execute(tx.conn())?;
    Ok(())
}
