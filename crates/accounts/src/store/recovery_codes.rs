//! Recovery codes of the second factor.

use db::on;
use db::schema::recovery_codes;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};

use super::users::UserRow;

/// Gives a user these codes, hashed, in place of all earlier ones.
pub(crate) fn replace(tx: &mut Tx<'_>, user: &Granted<UserRow>, hashes: &[String]) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user.id))).execute(tx.conn())?;
    if hashes.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = hashes
        .iter()
        .map(|hash| {
            (
                recovery_codes::id.eq(tx.new_id::<i64>()),
                recovery_codes::user_id.eq(user.id),
                recovery_codes::code_hash.eq(hash.clone()),
            )
        })
        .collect();
    on!(tx.conn(), conn => diesel::insert_into(recovery_codes::table).values(&rows).execute(conn))?;
    Ok(())
}

/// Uses a code up; whether there was such a code that had not been used.
pub(crate) fn consume(tx: &mut Tx<'_>, user: &Granted<UserRow>, hash: &str) -> Result<bool> {
    let now = tx.now();
    let unused = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user.id))
        .filter(recovery_codes::code_hash.eq(hash))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(tx.conn())?;
    Ok(used > 0)
}
