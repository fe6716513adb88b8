use actix_web::post;
use platform::{Result, Tx};
use types::accounts::ChangePassword;
use web::{Body, Call, Reply};

use super::Confirmed;
use crate::links::Purpose;
use crate::passwords::Passwords;
use crate::store::users::UserRow;
use crate::{access, sessions, store};

/// Change your password. Every other session of yours ends.
#[utoipa::path(operation_id = "change_password", tag = "me", request_body = ChangePassword, responses((status = 204)))]
#[post("/v1/me/password")]
pub async fn change_password(call: Call, body: Body<ChangePassword>) -> Reply {
    let confirmed = super::confirm_password(&call, "current_password", &body.current_password).await?;
    let hash = call.ctx().extension::<Passwords>()?.hash("new_password", &body.new_password).await?;
    call.transact(move |tx| change(tx, &confirmed, &hash)).await?;
    Ok(web::no_content())
}

fn change(tx: &mut Tx<'_>, confirmed: &Confirmed, hash: &str) -> Result<()> {
    let user = super::lock_confirmed(tx, confirmed)?;
    let after = UserRow { password_hash: Some(hash.to_owned()), ..user.clone() };
    store::users::update(tx, &user, &after)?;
    store::links::delete_of_user(tx, user.id, Purpose::PasswordReset)?;
    let session = access::signed_in(tx.actor())?.session_id;
    sessions::end_all(tx, user.id, Some(session))?;
    tx.audit("user.change_password", ("user", user.id.0), serde_json::json!({}))
}
