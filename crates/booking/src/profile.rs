//! What users have chosen about their links. A user gets a profile, and the links that everybody begins with, the first time
//! that one is asked for.

mod get;
mod template;
mod update;

use platform::{Key, Result, Tx};
use types::UserId;
use types::booking::BookingProfile;

use crate::links::{presets, slugs};
use crate::store::profiles::{self, ProfileRow};
use crate::{access, view};

pub use get::get_booking_profile;
pub use template::{get_booking_template, template};
pub use update::{update, update_booking_profile};

/// The zone of a user who has not chosen one.
const NO_ZONE: &str = "UTC";

/// Whether the actor has no profile yet.
pub(crate) fn is_missing(tx: &mut Tx<'_>) -> Result<bool> {
    let user = access::require_user(tx)?;
    Ok(profiles::find(tx, user)?.is_none())
}

/// Makes the actor's profile, with the links that everybody begins with, if there is none.
pub(crate) fn ensure_own(tx: &mut Tx<'_>) -> Result<ProfileRow> {
    let user = access::require_user(tx)?;
    ensure(tx, user)
}

/// The profile of a user, made now if there is none.
pub(crate) fn ensure(tx: &mut Tx<'_>, user: UserId) -> Result<ProfileRow> {
    tx.lock(Key::User(user))?;
    if let Some(row) = profiles::find(tx, user)? {
        return Ok(row);
    }
    tx.lock(Key::Named("booking_user_slug", ""))?;
    let name = accounts::users::find(tx, user)?.name;
    let row = ProfileRow {
        user_id: user,
        user_slug: slugs::free_user_slug(tx, &name)?,
        default_link_id: None,
        time_zone: NO_ZONE.to_owned(),
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    profiles::insert(tx, &row)?;
    let has_all = access::can_customize(tx);
    let default_link_id = presets::make(tx, user, &row, has_all)?;
    let locked = access::lock_own_profile(tx, user)?;
    let row = ProfileRow { default_link_id, ..row };
    profiles::update(tx, &locked, &row)?;
    Ok(row)
}

fn to_wire(tx: &mut Tx<'_>, row: &ProfileRow) -> Result<BookingProfile> {
    Ok(BookingProfile {
        pages_url: view::pages_url(tx)?,
        user_slug: row.user_slug.clone(),
        default_link_id: row.default_link_id,
        time_zone: row.time_zone.clone(),
        can_customize: access::can_customize(tx),
    })
}
