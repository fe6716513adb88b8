//! What clips need to know of users, who belong to another slice.

use db::Json;
use db::schema::users;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::UserId;
use types::accounts::{Locale, Preferences, UserState};

/// A user who may sign in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) locale: Locale,
}

type Columns = (UserId, String, String, Json<Preferences>);

fn person((id, name, email, preferences): Columns) -> Person {
    Person { id, name, email, locale: preferences.0.locale }
}

/// Those of these users who may sign in.
pub(crate) fn active(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<Vec<Person>> {
    let rows: Vec<Columns> = users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .filter(users::state.eq(UserState::Active))
        .select((users::id, users::name, users::email, users::preferences))
        .order(users::id)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(person).collect())
}

/// Users who may sign in after one in the order of their ids, all of them.
pub(crate) fn all_active(tx: &mut Tx<'_>, after: Option<UserId>) -> Result<Vec<Person>> {
    let mut query = users::table
        .filter(users::state.eq(UserState::Active))
        .select((users::id, users::name, users::email, users::preferences))
        .order(users::id)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(users::id.gt(after));
    }
    let rows: Vec<Columns> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(person).collect())
}
