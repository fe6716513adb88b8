//! Accounts at telephony providers.

use db::schema::telephony_accounts;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{TelephonyAccountId, Timestamp, UserId};

/// A row of `telephony_accounts`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = telephony_accounts, treat_none_as_null = true)]
pub(crate) struct AccountRow {
    pub(crate) id: TelephonyAccountId,
    pub(crate) name: String,
    pub(crate) account_sid: String,
    /// Sealed, in base64.
    pub(crate) auth_token_sealed: String,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) created_at: Timestamp,
}

pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<AccountRow>> {
    let rows = telephony_accounts::table.order((telephony_accounts::name, telephony_accounts::id));
    Ok(rows.select(AccountRow::as_select()).load(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: TelephonyAccountId) -> Result<Option<AccountRow>> {
    let account = telephony_accounts::table.find(id).select(AccountRow::as_select());
    Ok(account.get_result(tx.conn()).optional()?)
}

/// The account, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: TelephonyAccountId) -> Result<Option<AccountRow>> {
    let query = telephony_accounts::table.find(id);
    let found = match tx.conn() {
        db::Conn::Pg(conn) => query.select(AccountRow::as_select()).for_update().get_result(conn),
        db::Conn::Sqlite(conn) => query.select(AccountRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &AccountRow) -> Result<()> {
    diesel::insert_into(telephony_accounts::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<AccountRow>, row: &AccountRow) -> Result<()> {
    diesel::update(telephony_accounts::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, account: &Granted<AccountRow>) -> Result<()> {
    diesel::delete(telephony_accounts::table.find(account.id)).execute(tx.conn())?;
    Ok(())
}
