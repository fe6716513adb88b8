//! Who took part in calls.

use db::schema::{call_participants, contacts, speakers, users};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::{Participant, ParticipantKind};
use types::{CallId, ContactId, ParticipantId, UserId};

use super::calls::CallRow;

/// A row of `call_participants`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = call_participants, treat_none_as_null = true)]
pub(crate) struct ParticipantRow {
    pub(crate) id: ParticipantId,
    pub(crate) call_id: CallId,
    pub(crate) kind: ParticipantKind,
    pub(crate) user_id: Option<UserId>,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) position: i32,
}

impl ParticipantRow {
    /// As it is shown, under the name that the user or the contact has now.
    fn to_wire(&self, known_as: Option<String>) -> Participant {
        Participant {
            id: self.id,
            kind: self.kind,
            user_id: self.user_id,
            contact_id: self.contact_id,
            name: known_as.or_else(|| self.name.clone()),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// The participants of these calls, in the order they were added.
pub(crate) fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<(CallId, Participant)>> {
    let rows: Vec<(ParticipantRow, Option<String>, Option<String>)> = call_participants::table
        .left_join(users::table)
        .left_join(contacts::table)
        .filter(call_participants::call_id.eq_any(calls.to_vec()))
        .order((call_participants::call_id, call_participants::position))
        .select((ParticipantRow::as_select(), users::name.nullable(), contacts::name.nullable()))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(row, user, contact)| (row.call_id, row.to_wire(user.or(contact)))).collect())
}

/// The rows of one call's participants.
pub(crate) fn rows_of(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<ParticipantRow>> {
    let rows = call_participants::table.filter(call_participants::call_id.eq(call));
    Ok(rows.order(call_participants::position).select(ParticipantRow::as_select()).load(tx.conn())?)
}

/// The contacts that took part in a call.
pub(crate) fn contacts_of(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<ContactId>> {
    Ok(call_participants::table
        .filter(call_participants::call_id.eq(call))
        .filter(call_participants::contact_id.is_not_null())
        .order(call_participants::position)
        .select(call_participants::contact_id.assume_not_null())
        .load(tx.conn())?)
}

/// The calls that a contact took part in.
pub(crate) fn calls_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<CallId>> {
    let of_contact = call_participants::table.filter(call_participants::contact_id.eq(contact));
    Ok(of_contact.select(call_participants::call_id).load(tx.conn())?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &ParticipantRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    diesel::insert_into(call_participants::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &ParticipantRow) -> Result<()> {
    let of_call = call_participants::table.find(row.id).filter(call_participants::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Removes a participant; a speaker who was matched with it is nobody again.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Granted<CallRow>, id: ParticipantId) -> Result<()> {
    diesel::update(speakers::table.filter(speakers::participant_id.eq(id)))
        .set((speakers::participant_id.eq(None::<ParticipantId>), speakers::matched_by.eq(None::<String>)))
        .execute(tx.conn())?;
    let of_call = call_participants::table.find(id).filter(call_participants::call_id.eq(call.id));
    diesel::delete(of_call).execute(tx.conn())?;
    Ok(())
}

/// Has one contact stand in the place of another; of two participants who are the same then, one stays.
pub(crate) fn replace_contact(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    from: ContactId,
    into: ContactId,
) -> Result<()> {
    let rows = rows_of(tx, call.id)?;
    let of = |contact: ContactId| rows.iter().find(|row| row.contact_id == Some(contact));
    match (of(from), of(into)) {
        (Some(gone), Some(kept)) => {
            let heard = speakers::table.filter(speakers::participant_id.eq(kept.id));
            let is_heard: i64 = heard.count().get_result(tx.conn())?;
            if is_heard == 0 {
                diesel::update(speakers::table.filter(speakers::participant_id.eq(gone.id)))
                    .set(speakers::participant_id.eq(kept.id))
                    .execute(tx.conn())?;
            }
            delete(tx, call, gone.id)
        }
        (Some(row), None) => {
            let row = ParticipantRow { contact_id: Some(into), ..row.clone() };
            update(tx, call, &row)
        }
        (None, _) => Ok(()),
    }
}
