//! Whoever is invited to a meeting as its contact.

use platform::{Result, Tx};

use crate::store::meetings::MeetingRow;

/// Whoever is invited to a meeting as its contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Invitee {
    pub(crate) name: String,
    /// Nothing when there is no address any more.
    pub(crate) email: Option<String>,
}

/// Whoever booked a meeting, as they typed their name and address: what is known of the contact, or of another one that it
/// was merged with, is not for them. Of a meeting that a user or a calendar made, the contact as it is now.
pub(crate) fn of(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<Invitee> {
    if let (Some(name), Some(email)) = (&row.booker_name, &row.booker_email) {
        return Ok(Invitee { name: name.clone(), email: Some(email.clone()) });
    }
    let contact = crm::contacts::find(tx, row.contact_id)?;
    Ok(Invitee { name: contact.name, email: contact.email })
}
