use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{ConfirmPassword, RecoveryCodes};
use web::{Body, Call, Reply};

use super::Confirmed;

/// Get new recovery codes, with your password. The earlier ones stop working.
#[utoipa::path(operation_id = "renew_recovery_codes", tag = "me", request_body = ConfirmPassword, responses((status = 200, body = RecoveryCodes)))]
#[post("/v1/me/recovery_codes")]
pub async fn renew_recovery_codes(call: Call, body: Body<ConfirmPassword>) -> Reply {
    let confirmed = super::confirm_password(&call, "password", &body.password).await?;
    call.write_secret(move |tx| renew(tx, &confirmed)).await
}

fn renew(tx: &mut Tx<'_>, confirmed: &Confirmed) -> Result<RecoveryCodes> {
    let user = super::lock_confirmed(tx, confirmed)?;
    if !user.totp_enabled {
        return Err(Error::conflict(ErrorCode::Conflict, "No second factor is set up."));
    }
    tx.audit("user.renew_recovery_codes", ("user", user.id.0), serde_json::json!({}))?;
    super::make_recovery_codes(tx, &user)
}
