use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{CompletePasswordReset, UserState};
use web::{Body, OpenCall, Reply};

use crate::links::Purpose;
use crate::passwords::Passwords;
use crate::store::users::UserRow;
use crate::{access, sessions, store};

/// Set a new password by the token of a link. Every session of the user ends; a second factor stays.
#[utoipa::path(operation_id = "complete_password_reset", tag = "sessions", request_body = CompletePasswordReset, responses(
    (status = 204),
    (status = 403, description = "The sign-in has been deactivated."),
))]
#[post("/v1/password_resets/complete")]
pub async fn complete_password_reset(call: OpenCall, body: Body<CompletePasswordReset>) -> Reply {
    let Body(CompletePasswordReset { token, password }) = body;
    let asked = token.clone();
    // Before the hash, which costs more than a stranger is worth.
    call.query(move |tx| access::read_link(tx, Purpose::PasswordReset, &asked)).await?;
    let hash = call.ctx().extension::<Passwords>()?.hash("password", &password).await?;
    call.transact(move |tx| complete(tx, &token, &hash)).await?;
    Ok(web::no_content())
}

fn complete(tx: &mut Tx<'_>, token: &str, hash: &str) -> Result<()> {
    let (user, link) = access::lock_by_link(tx, Purpose::PasswordReset, token)?;
    if user.state != UserState::Active {
        return Err(Error::conflict(
            ErrorCode::Deactivated,
            "This sign-in has been deactivated; ask an administrator.",
        ));
    }
    store::links::consume(tx, &link, &user)?;
    let after = UserRow { password_hash: Some(hash.to_owned()), ..user.clone() };
    store::users::update(tx, &user, &after)?;
    sessions::end_all(tx, user.id, None)?;
    tx.audit("user.reset_password", ("user", user.id.0), serde_json::json!({}))
}
