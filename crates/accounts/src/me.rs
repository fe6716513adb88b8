//! The signed-in user's own profile, password and second factor.

mod confirm_second_factor;
mod disable_second_factor;
mod get;
mod password;
mod renew_codes;
mod start_second_factor;
mod update;

use platform::{Actor, Error, Granted, Result, Tx};
use types::ErrorCode;
use types::accounts::{Me, RecoveryCodes};
use web::Call;

use crate::attempts::Attempt;
use crate::passwords::Passwords;
use crate::store::users::UserRow;
use crate::token::hash_token;
use crate::{access, second_factor, store};

pub use confirm_second_factor::confirm_totp;
pub use disable_second_factor::disable_totp;
pub use get::get_me;
pub use password::change_password;
pub use renew_codes::renew_recovery_codes;
pub use start_second_factor::start_totp;
pub use update::{update, update_me};

/// The user, with what the role allows, or the token where one acts for the user.
pub(crate) fn view(tx: &mut Tx<'_>, user: &UserRow) -> Result<Me> {
    let permissions = match tx.actor() {
        Actor::Token(token) => token.grants.permissions.clone(),
        _ => store::roles::find(tx, user.role_id)?.permissions(),
    };
    Ok(Me {
        user: user.view(),
        permissions,
        preferences: user.preferences.0.clone(),
        totp_enabled: user.totp_enabled,
        team_ids: store::teams::of_user(tx, user.id)?,
    })
}

/// The hash that the password of the signed-in user was just checked against.
struct Confirmed(Option<String>);

/// Checks the password of the signed-in user again. It is counted as a sign-in is.
async fn confirm_password(call: &Call, field: &str, password: &str) -> Result<Confirmed> {
    let user = access::signed_in(call.actor())?.id;
    let attempt = Attempt::take(call, &format!("of user {user}"))?;
    let hash = call.query(|tx| Ok(access::read_self(tx)?.password_hash)).await?;
    if !call.ctx().extension::<Passwords>()?.verify(password, hash.as_deref()).await? {
        return Err(Error::invalid(field, "is not your password"));
    }
    attempt.give_back();
    Ok(Confirmed(hash))
}

/// The signed-in user's row, if the password is still the one that was checked.
fn lock_confirmed(tx: &mut Tx<'_>, confirmed: &Confirmed) -> Result<Granted<UserRow>> {
    let user = access::lock_self(tx)?;
    if user.password_hash == confirmed.0 {
        return Ok(user);
    }
    Err(Error::conflict(ErrorCode::Conflict, "Your password was changed meanwhile; try again."))
}

/// Gives the user new recovery codes.
fn make_recovery_codes(tx: &mut Tx<'_>, user: &Granted<UserRow>) -> Result<RecoveryCodes> {
    let codes = second_factor::new_recovery_codes();
    let hashes: Vec<String> =
        codes.iter().map(|code| hash_token(&second_factor::normalise_recovery_code(code))).collect();
    store::recovery_codes::replace(tx, user, &hashes)?;
    Ok(RecoveryCodes { codes })
}
