//! What users have chosen about their links.

use std::collections::HashMap;

use db::schema::booking_profiles;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{BookingLinkId, Timestamp, UserId};

use super::links::LinkRow;

/// A row of `booking_profiles`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = booking_profiles, primary_key(user_id), treat_none_as_null = true)]
pub(crate) struct ProfileRow {
    pub(crate) user_id: UserId,
    pub(crate) user_slug: String,
    pub(crate) default_link_id: Option<BookingLinkId>,
    pub(crate) time_zone: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

pub(crate) fn find(tx: &mut Tx<'_>, user: UserId) -> Result<Option<ProfileRow>> {
    let query = booking_profiles::table.find(user).select(ProfileRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// The profiles of these users.
pub(crate) fn of_users(tx: &mut Tx<'_>, users: &[UserId]) -> Result<HashMap<UserId, ProfileRow>> {
    let rows = booking_profiles::table.filter(booking_profiles::user_id.eq_any(users.to_vec()));
    let rows: Vec<ProfileRow> = rows.select(ProfileRow::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.user_id, row)).collect())
}

/// Whether a user has this first part of addresses.
pub(crate) fn holder_of(tx: &mut Tx<'_>, user_slug: &str) -> Result<Option<UserId>> {
    let query = booking_profiles::table.filter(booking_profiles::user_slug.eq(user_slug.to_owned()));
    Ok(query.select(booking_profiles::user_id).get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ProfileRow) -> Result<()> {
    diesel::insert_into(booking_profiles::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<ProfileRow>, row: &ProfileRow) -> Result<()> {
    diesel::update(booking_profiles::table.find(locked.user_id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Takes a link that has ended from those whose default it is.
pub(crate) fn forget_default(tx: &mut Tx<'_>, link: &Granted<LinkRow>) -> Result<()> {
    let its = booking_profiles::table.filter(booking_profiles::default_link_id.eq(link.id));
    diesel::update(its)
        .set(booking_profiles::default_link_id.eq(None::<BookingLinkId>))
        .execute(tx.conn())?;
    Ok(())
}
