use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{ConfirmTotp, RecoveryCodes};
use web::{Body, Call, Reply};

use crate::attempts::Attempt;
use crate::store::users::UserRow;
use crate::{access, sessions, store};

/// Confirm the second factor with a code, and switch it on.
///
/// The reply holds recovery codes, each of which stands once for a code; they are shown this one time.
#[utoipa::path(operation_id = "confirm_totp", tag = "me", request_body = ConfirmTotp, responses((status = 200, body = RecoveryCodes)))]
#[post("/v1/me/totp/confirm")]
pub async fn confirm_totp(call: Call, body: Body<ConfirmTotp>) -> Reply {
    let user = access::signed_in(call.actor())?.id;
    let attempt = Attempt::take(&call, &format!("of user {user}"))?;
    let codes = call.transact(move |tx| confirm(tx, &body.code)).await?;
    attempt.give_back();
    web::json(actix_web::http::StatusCode::OK, &codes)
}

fn confirm(tx: &mut Tx<'_>, code: &str) -> Result<RecoveryCodes> {
    let user = access::lock_self(tx)?;
    if user.totp_enabled || user.totp_secret.is_none() {
        let detail = "There is no second factor being set up; begin with POST /v1/me/totp.";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let step = sessions::authenticator(tx, &user)?.step_of(code, tx.now());
    let step =
        step.ok_or_else(|| Error::invalid("code", "is not the code that the authenticator shows now"))?;
    let after = UserRow { totp_enabled: true, totp_last_step: step, ..user.clone() };
    store::users::update(tx, &user, &after)?;
    tx.audit("user.enable_totp", ("user", user.id.0), serde_json::json!({}))?;
    super::make_recovery_codes(tx, &user)
}
