//! One-time links of mails: invitations and password resets.

use db::schema::one_time_links;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{Timestamp, UserId};

use super::first_locked;
use super::users::UserRow;
use crate::links::Purpose;

/// A row of `one_time_links`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_links)]
pub(crate) struct LinkRow {
    pub(crate) id: i64,
    pub(crate) user_id: UserId,
    purpose: String,
    token_hash: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) used_at: Option<Timestamp>,
}

/// Makes a link for a user, and earlier ones for the same purpose worthless.
pub(crate) fn replace(
    tx: &mut Tx<'_>,
    user: UserId,
    purpose: Purpose,
    token_hash: String,
    expires_at: Timestamp,
) -> Result<()> {
    delete_of_user(tx, user, purpose)?;
    let row = LinkRow {
        id: tx.new_id(),
        user_id: user,
        purpose: purpose.as_str().to_owned(),
        token_hash,
        expires_at,
        used_at: None,
    };
    diesel::insert_into(one_time_links::table).values(row).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_of_user(tx: &mut Tx<'_>, user: UserId, purpose: Purpose) -> Result<()> {
    let earlier = one_time_links::table
        .filter(one_time_links::user_id.eq(user))
        .filter(one_time_links::purpose.eq(purpose.as_str()));
    diesel::delete(earlier).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, purpose: Purpose, token_hash: &str) -> Result<Option<LinkRow>> {
    let found = one_time_links::table
        .filter(one_time_links::token_hash.eq(token_hash))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .select(LinkRow::as_select())
        .get_result(tx.conn());
    Ok(found.optional()?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: i64) -> Result<LinkRow> {
    Ok(first_locked!(tx.conn(), one_time_links::table.find(id).select(LinkRow::as_select()))?)
}

/// Uses a link up.
pub(crate) fn consume(tx: &mut Tx<'_>, link: &LinkRow, _proof: &Granted<UserRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(one_time_links::table.find(link.id))
        .set(one_time_links::used_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}
