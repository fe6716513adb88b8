//! What people are told by mail.

use platform::{Result, Tx};
use types::crm::Contact;

use crate::meetings::Told;
use crate::store::links::LinkRow;
use crate::store::meetings::MeetingRow;
use crate::store::requests::RequestRow;

pub(crate) fn tell(_tx: &mut Tx<'_>, _row: &MeetingRow, _told: Told) -> Result<()> {
    Ok(())
}

pub(crate) fn requested(
    _tx: &mut Tx<'_>,
    _link: &LinkRow,
    _row: &RequestRow,
    _contact: &Contact,
) -> Result<()> {
    Ok(())
}

pub(crate) fn code(_tx: &mut Tx<'_>, _link: &LinkRow, _email: &str, _code: &str) -> Result<()> {
    Ok(())
}
