//! Users: inviting, changing, deactivating.

mod create;
mod deactivate;
mod get;
mod invite;
mod list;
mod reactivate;
mod sign_out;
mod update;

use platform::{Error, Key, Result, Tx};
use types::accounts::{Preferences, User, UserState};
use types::{BuiltinRole, Event, RoleId, Subject, UserId};

use crate::store::roles::RoleRow;
use crate::store::users::UserRow;
use crate::{ensure_builtin_roles, fields, roles, store};

pub use create::create_user;
pub use deactivate::deactivate_user;
pub use get::get_user;
pub use invite::resend_invitation;
pub(crate) use invite::send as send_invitation;
pub use list::list_users;
pub use reactivate::reactivate_user;
pub use sign_out::sign_out_user;
pub use update::update_user;

/// Somebody to be added who can sign in at once.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The name: 1 to 100 characters.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The role.
    pub role: BuiltinRole,
    /// As [`passwords::hash`](crate::passwords::hash) makes it.
    pub password_hash: String,
}

/// Adds a user who can sign in at once: the first administrator, the command line, the demo.
///
/// # Errors
/// [`Error::Invalid`] for a malformed name or address, or an address that is taken.
pub fn add(tx: &mut Tx<'_>, new: NewUser) -> Result<User> {
    ensure_builtin_roles(tx)?;
    let role = builtin_role(tx, new.role)?;
    let row = UserRow {
        password_hash: Some(new.password_hash),
        state: UserState::Active,
        ..draft(tx, &new.name, &new.email, role.id)?
    };
    insert(tx, &row)?;
    Ok(row.view())
}

/// A user, whoever asks.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(tx: &mut Tx<'_>, id: UserId) -> Result<User> {
    Ok(store::users::find(tx, id)?.view())
}

/// The language that a user is spoken to, whoever asks.
///
/// # Errors
/// [`Error::NotFound`].
pub fn locale_of(tx: &mut Tx<'_>, id: UserId) -> Result<types::accounts::Locale> {
    Ok(store::users::find(tx, id)?.preferences.0.locale)
}

pub(crate) fn builtin_role(tx: &mut Tx<'_>, role: BuiltinRole) -> Result<RoleRow> {
    store::roles::find_builtin(tx, role)?.ok_or_else(|| Error::internal("a built-in role is missing"))
}

/// A user who was just invited, not stored yet.
fn draft(tx: &mut Tx<'_>, name: &str, email: &str, role_id: RoleId) -> Result<UserRow> {
    let locale = crate::settings::load(tx)?.default_locale;
    Ok(UserRow {
        id: tx.new_id(),
        email: fields::email("email", email)?,
        name: fields::name("name", name)?,
        password_hash: None,
        role_id,
        state: UserState::Invited,
        preferences: db::Json(Preferences { locale, ..Preferences::default() }),
        totp_secret: None,
        totp_enabled: false,
        totp_last_step: 0,
        created_at: tx.now(),
        last_seen_at: None,
    })
}

fn insert(tx: &mut Tx<'_>, row: &UserRow) -> Result<()> {
    tx.lock(Key::Named("email", &row.email))?;
    if store::users::find_by_email(tx, &row.email)?.is_some() {
        return Err(platform::fields::taken("email", "belongs to another user"));
    }
    store::users::insert(tx, row)?;
    announce(tx, row)?;
    roles::announce(tx, row.role_id)?;
    let detail = serde_json::json!({ "email": row.email, "role_id": row.role_id });
    tx.audit("user.create", ("user", row.id.0), detail)
}

/// Tells everybody how a user is now.
pub(crate) fn announce(tx: &mut Tx<'_>, row: &UserRow) -> Result<()> {
    tx.emit(Subject::Everyone, Event::UserChanged { user: row.view() })
}

/// Refuses to leave the account without a super administrator who can sign in. The caller holds
/// [`Key::LastAdministrator`] and has made the change.
pub(crate) fn require_an_administrator(tx: &mut Tx<'_>) -> Result<()> {
    if store::users::count_active_super_administrators(tx)? > 0 {
        return Ok(());
    }
    let detail = "This is the last active super administrator; make somebody else one first.";
    Err(Error::conflict(types::ErrorCode::LastAdministrator, detail))
}

/// The role that a request names.
fn role_of_request(tx: &mut Tx<'_>, id: RoleId) -> Result<RoleRow> {
    store::roles::find(tx, id).map_err(|error| match error {
        Error::NotFound => Error::invalid("role_id", "names a role that does not exist"),
        other => other,
    })
}
