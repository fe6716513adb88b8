//! The only door to a link, a meeting, a request, a profile and a calendar.
//!
//! Every user sees all links; a link is changed by whoever made it and by whoever may `ManageBooking`. A meeting is seen by
//! its hosts and by whoever sees its contact; it is changed by its hosts and by whoever may `ManageBooking` and sees it. A
//! profile and calendars are their user's alone. People outside come through the address of a link or the secret of a
//! meeting, which `pages` has checked.

use platform::{Actor, Error, Granted, Key, Result, Tx};
use types::{
    BookingLinkId, CalendarAccountId, CalendarId, ContactId, MeetingId, MeetingRequestId, MeetingTypeId,
    Permission, UserId,
};

use crate::store::calendars::{self, AccountRow, CalendarRow};
use crate::store::links::{self, LinkRow};
use crate::store::meeting_types::{self, MeetingTypeRow};
use crate::store::meetings::{self, MeetingRow};
use crate::store::profiles::{self, ProfileRow};
use crate::store::requests::{self, RequestRow};

/// Insists that the actor may have links of their own making.
pub(crate) fn require_user(tx: &Tx<'_>) -> Result<UserId> {
    tx.actor().user_id()
}

/// Whether the actor may have more than one link, and change all of it.
pub(crate) fn can_customize(tx: &Tx<'_>) -> bool {
    tx.actor().has(Permission::UseBooking)
}

/// Whether whoever made a link may change all of it, and so may have it embedded. A link outlives the sign-in of its owner as it is.
pub(crate) fn owner_can_customize(tx: &mut Tx<'_>, link: &LinkRow) -> Result<bool> {
    let owner = accounts::actor_of(tx, link.owner_id)?;
    Ok(owner.is_none_or(|owner| owner.has(Permission::UseBooking)))
}

/// A link to read.
pub(crate) fn read_link(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<LinkRow> {
    require_user(tx)?;
    links::find(tx, id)?.ok_or(Error::NotFound)
}

/// Whether the actor may change a link.
pub(crate) fn may_edit(actor: &Actor, link: &LinkRow) -> bool {
    actor.user_id().is_ok_and(|user| user == link.owner_id) || actor.has(Permission::ManageBooking)
}

/// A link to change or to end.
pub(crate) fn lock_link(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<Granted<LinkRow>> {
    require_user(tx)?;
    let row = links::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    if !may_edit(tx.actor(), &row) {
        return Err(Error::Forbidden(Permission::ManageBooking));
    }
    Ok(Granted::new(row))
}

/// A link that changes because of what happened elsewhere.
pub(crate) fn lock_link_to_follow(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<Option<Granted<LinkRow>>> {
    Ok(links::find_locked(tx, id)?.map(Granted::new))
}

/// A link that has just been made in this transaction.
pub(crate) fn grant_new_link(row: LinkRow) -> Granted<LinkRow> {
    Granted::new(row)
}

/// A kind of meeting to delete.
pub(crate) fn lock_meeting_type(tx: &mut Tx<'_>, id: MeetingTypeId) -> Result<Granted<MeetingTypeRow>> {
    tx.actor().require(Permission::ManageBooking)?;
    meeting_types::find(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}

/// The actor's own profile, which has been made before.
pub(crate) fn lock_own_profile(tx: &mut Tx<'_>, user: UserId) -> Result<Granted<ProfileRow>> {
    tx.lock(Key::User(user))?;
    profiles::find(tx, user)?.map(Granted::new).ok_or(Error::NotFound)
}

/// Whether the actor sees a meeting with this contact and these hosts.
fn sees(tx: &mut Tx<'_>, contact: ContactId, hosts: &[UserId]) -> Result<bool> {
    let user = tx.actor().user_id()?;
    if hosts.contains(&user) {
        return Ok(true);
    }
    if !tx.actor().has(Permission::ReadContacts) {
        return Ok(false);
    }
    Ok(tx.actor().sees_records_of(crm::contacts::find(tx, contact)?.owner_id))
}

/// A meeting to read, and its hosts.
pub(crate) fn read_meeting(tx: &mut Tx<'_>, id: MeetingId) -> Result<MeetingRow> {
    require_user(tx)?;
    let row = meetings::find(tx, id)?.ok_or(Error::NotFound)?;
    let hosts = meetings::hosts_of(tx, id)?;
    if sees(tx, row.contact_id, &hosts)? { Ok(row) } else { Err(Error::NotFound) }
}

/// A meeting to change: by its hosts, and by whoever may manage booking.
pub(crate) fn lock_meeting(tx: &mut Tx<'_>, id: MeetingId) -> Result<Granted<MeetingRow>> {
    let user = require_user(tx)?;
    let row = meetings::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    let hosts = meetings::hosts_of(tx, id)?;
    if !sees(tx, row.contact_id, &hosts)? {
        return Err(Error::NotFound);
    }
    if !hosts.contains(&user) {
        tx.actor().require(Permission::ManageBooking)?;
    }
    tx.about(row.contact_id);
    Ok(Granted::new(row))
}

/// A meeting that changes because of what happened elsewhere, or by whoever holds its secret.
pub(crate) fn lock_meeting_to_follow(tx: &mut Tx<'_>, id: MeetingId) -> Result<Option<Granted<MeetingRow>>> {
    let found = meetings::find_locked(tx, id)?;
    if let Some(row) = &found {
        tx.about(row.contact_id);
    }
    Ok(found.map(Granted::new))
}

/// The meetings of a contact that is erased.
pub(crate) fn lock_meetings_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Granted<MeetingRow>>> {
    Ok(meetings::of_contact(tx, contact)?.into_iter().map(Granted::new).collect())
}

/// A request to take care of: by the hosts of its link, and by whoever may manage booking.
pub(crate) fn lock_request(tx: &mut Tx<'_>, id: MeetingRequestId) -> Result<Granted<RequestRow>> {
    let user = require_user(tx)?;
    let row = requests::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    let hosts = links::hosts_of(tx, row.link_id)?;
    if !hosts.iter().any(|host| host.user_id == user) && !tx.actor().has(Permission::ManageBooking) {
        return Err(Error::NotFound);
    }
    tx.about(row.contact_id);
    Ok(Granted::new(row))
}

/// An account of calendars of the actor's own.
pub(crate) fn read_calendar_account(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<AccountRow> {
    let user = require_user(tx)?;
    calendars::account(tx, id)?.filter(|row| row.user_id == user).ok_or(Error::NotFound)
}

/// An account of calendars of the actor's own, to change or to delete.
pub(crate) fn lock_calendar_account(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<Granted<AccountRow>> {
    let user = require_user(tx)?;
    tx.lock(Key::User(user))?;
    read_calendar_account(tx, id).map(Granted::new)
}

/// An account of calendars that changes because of what its provider said.
pub(crate) fn lock_calendar_account_to_follow(
    tx: &mut Tx<'_>,
    id: CalendarAccountId,
) -> Result<Option<Granted<AccountRow>>> {
    let Some(row) = calendars::account(tx, id)? else { return Ok(None) };
    tx.lock(Key::User(row.user_id))?;
    Ok(calendars::account(tx, id)?.map(Granted::new))
}

/// The actor, whose calendars are locked together until the end of the transaction.
pub(crate) fn lock_own_calendars(tx: &mut Tx<'_>) -> Result<UserId> {
    let user = require_user(tx)?;
    tx.lock(Key::User(user))?;
    Ok(user)
}

/// A calendar of the actor's own, to change. All of a user's calendars are locked together.
pub(crate) fn lock_calendar(tx: &mut Tx<'_>, id: CalendarId) -> Result<Granted<CalendarRow>> {
    let user = require_user(tx)?;
    tx.lock(Key::User(user))?;
    let row = calendars::find(tx, id)?.filter(|row| row.user_id == user).ok_or(Error::NotFound)?;
    Ok(Granted::new(row))
}

/// A calendar that changes because of what its provider said.
pub(crate) fn lock_calendar_to_follow(
    tx: &mut Tx<'_>,
    id: CalendarId,
) -> Result<Option<Granted<CalendarRow>>> {
    let Some(row) = calendars::find(tx, id)? else { return Ok(None) };
    tx.lock(Key::User(row.user_id))?;
    Ok(calendars::find(tx, id)?.map(Granted::new))
}
