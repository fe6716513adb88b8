//! Entries of meetings in the hosts' calendars.

use platform::{Result, Tx};

use crate::store::meetings::MeetingRow;

pub(crate) fn follow(_tx: &mut Tx<'_>, _row: &MeetingRow) -> Result<()> {
    Ok(())
}

pub(crate) fn write_again(_tx: &mut Tx<'_>, _row: &MeetingRow) -> Result<()> {
    Ok(())
}

pub(crate) fn forget(_tx: &mut Tx<'_>, _row: &MeetingRow) -> Result<()> {
    Ok(())
}
