use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{User, UserPath, UserState};
use web::{Call, Path, Reply};

use crate::links::{self, Purpose};
use crate::store::users::UserRow;
use crate::{access, mails, settings};

/// Send an invitation again.
///
/// The link of the earlier mail stops working.
#[utoipa::path(operation_id = "resend_invitation", tag = "users", params(UserPath), responses((status = 200, body = User)))]
#[post("/v1/users/{user_id}/invite")]
pub async fn resend_invitation(call: Call, path: Path<UserPath>) -> Reply {
    call.write(move |tx| {
        let user = access::lock_user(tx, path.user_id)?;
        if user.state != UserState::Invited {
            let detail = "Only somebody who has not taken up the invitation yet can be invited again.";
            return Err(Error::conflict(ErrorCode::Conflict, detail));
        }
        send(tx, &user)?;
        tx.audit("user.invite", ("user", user.id.0), serde_json::json!({}))?;
        Ok(user.view())
    })
    .await
}

/// Mails an invitation with a new link.
pub(crate) fn send(tx: &mut Tx<'_>, user: &UserRow) -> Result<()> {
    let url = links::make(tx, user.id, Purpose::Invitation)?;
    let account = settings::load(tx)?;
    let by = tx.actor().name();
    let mail = mails::texts::invitation(user, by, &account, &url);
    mails::write(tx, mail).map(|_| ())
}
