use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::TotpSetup;
use web::{Call, Reply};

use crate::second_factor::{PURPOSE, SecondFactor};
use crate::store::users::UserRow;
use crate::{access, sessions, store};

/// Begin to set up a second factor.
///
/// It is not asked for at sign-in until a code of the authenticator has confirmed it.
#[utoipa::path(operation_id = "start_totp", tag = "me", responses((status = 200, body = TotpSetup)))]
#[post("/v1/me/totp")]
pub async fn start_totp(call: Call) -> Reply {
    call.write_secret(start).await
}

fn start(tx: &mut Tx<'_>) -> Result<TotpSetup> {
    let user = access::lock_self(tx)?;
    if user.totp_enabled {
        let detail = "A second factor is set up already; switch it off first.";
        return Err(Error::conflict(ErrorCode::AlreadyExists, detail));
    }
    let sealed = tx.ctx().secrets().seal(PURPOSE, &SecondFactor::new_secret())?;
    let after = UserRow { totp_secret: Some(STANDARD_NO_PAD.encode(sealed)), ..user.clone() };
    store::users::update(tx, &user, &after)?;
    sessions::authenticator(tx, &after)?.setup()
}
