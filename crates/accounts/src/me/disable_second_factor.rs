use actix_web::post;
use platform::{Result, Tx};
use types::accounts::ConfirmPassword;
use web::{Body, Call, Reply};

use super::Confirmed;
use crate::store;
use crate::store::users::UserRow;

/// Switch the second factor off, with your password.
#[utoipa::path(operation_id = "disable_totp", tag = "me", request_body = ConfirmPassword, responses((status = 204)))]
#[post("/v1/me/totp/disable")]
pub async fn disable_totp(call: Call, body: Body<ConfirmPassword>) -> Reply {
    let confirmed = super::confirm_password(&call, "password", &body.password).await?;
    call.delete(move |tx| disable(tx, &confirmed)).await
}

fn disable(tx: &mut Tx<'_>, confirmed: &Confirmed) -> Result<()> {
    let user = super::lock_confirmed(tx, confirmed)?;
    let after = UserRow { totp_enabled: false, totp_secret: None, ..user.clone() };
    store::users::update(tx, &user, &after)?;
    store::recovery_codes::replace(tx, &user, &[])?;
    tx.audit("user.disable_totp", ("user", user.id.0), serde_json::json!({}))
}
