//! The outbox.

use db::Cursor;
use db::schema::mails;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::{Mail, MailState};
use types::{ContactId, MailId, Timestamp};

use super::first_locked;
use platform::Paging;

/// A row of `mails`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mails)]
pub(crate) struct MailRow {
    pub(crate) id: MailId,
    /// With its angle brackets; the same at every attempt.
    pub(crate) message_id: String,
    pub(crate) to_address: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: Option<String>,
    pub(crate) purpose: String,
    pub(crate) state: MailState,
    pub(crate) attempts: i32,
    pub(crate) last_error: Option<String>,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) created_at: Timestamp,
    pub(crate) sent_at: Option<Timestamp>,
    pub(crate) from_name: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) calendar_method: Option<String>,
    pub(crate) calendar_text: Option<String>,
}

impl From<MailRow> for Mail {
    fn from(row: MailRow) -> Self {
        Self {
            id: row.id,
            to: row.to_address,
            subject: row.subject,
            text: row.text,
            html: row.html,
            purpose: row.purpose,
            state: row.state,
            attempts: row.attempts,
            last_error: row.last_error,
            created_at: row.created_at,
            sent_at: row.sent_at,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &MailRow) -> Result<()> {
    diesel::insert_into(mails::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: MailId) -> Result<MailRow> {
    Ok(mails::table.find(id).select(MailRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: MailId) -> Result<MailRow> {
    Ok(first_locked!(tx.conn(), mails::table.find(id).select(MailRow::as_select()))?)
}

/// Mails in a state or in any, the newest first.
pub(crate) fn page(tx: &mut Tx<'_>, state: Option<MailState>, paging: &Paging) -> Result<Vec<MailRow>> {
    let mut rows = mails::table
        .select(MailRow::as_select())
        .order((mails::created_at.desc(), mails::id.desc()))
        .limit(paging.rows())
        .into_boxed();
    if let Some(state) = state {
        rows = rows.filter(mails::state.eq(state));
    }
    if let Some(after) = &paging.after {
        let (at, id) = (after.number(0)?, after.number(1)?);
        rows = rows.filter(mails::created_at.lt(at).or(mails::created_at.eq(at).and(mails::id.lt(id))));
    }
    Ok(rows.load(tx.conn())?)
}

/// Where a page that ends with this mail ends.
pub(crate) fn cursor(row: &MailRow) -> Cursor {
    Cursor::new([row.created_at.0.into(), row.id.0.into()])
}

/// The oldest mails in a state.
pub(crate) fn ids_in_state(tx: &mut Tx<'_>, state: MailState, limit: i64) -> Result<Vec<MailId>> {
    let query = mails::table.filter(mails::state.eq(state)).select(mails::id);
    Ok(query.order((mails::created_at, mails::id)).limit(limit).load(tx.conn())?)
}

/// Deletes mails, whoever they were to.
pub(crate) fn delete(tx: &mut Tx<'_>, ids: &[MailId]) -> Result<()> {
    for some in ids.chunks(500) {
        diesel::delete(mails::table.filter(mails::id.eq_any(some.to_vec()))).execute(tx.conn())?;
    }
    Ok(())
}

/// Saves how far a mail has come.
pub(crate) fn update_state(tx: &mut Tx<'_>, mail: &Granted<MailRow>, after: &MailRow) -> Result<()> {
    diesel::update(mails::table.find(mail.id))
        .set((
            mails::state.eq(after.state),
            mails::attempts.eq(after.attempts),
            mails::last_error.eq(&after.last_error),
            mails::sent_at.eq(after.sent_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
