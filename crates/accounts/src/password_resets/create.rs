use actix_web::post;
use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::{CreatePasswordReset, UserState};
use web::{Body, OpenCall, Quota, Reply};

use crate::links::{self, Purpose};
use crate::token::hash_token;
use crate::{fields, mails, settings, store, users};

/// Ask for a mail with a link to set a new password.
///
/// The reply is the same, and takes as long, whether the address is known or not.
#[utoipa::path(operation_id = "create_password_reset", tag = "sessions", request_body = CreatePasswordReset, responses((status = 204)))]
#[post("/v1/password_resets")]
pub async fn create_password_reset(call: OpenCall, body: Body<CreatePasswordReset>) -> Reply {
    let email = fields::email("email", &body.email)?;
    let quota = Quota::per_hour(call.ctx().config().limits.mails_per_hour);
    call.limit("password reset from", web::address_key(call.address()), quota)?;
    call.limit("password reset of", hash_token(&email), quota)?;
    call.delete(move |tx| tx.enqueue(&StartPasswordReset { email: email.clone() }).map(|_| ())).await
}

/// Mails a link to set a password, if the address is known. Apart from the request, so that its duration tells nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartPasswordReset {
    /// The address as it was given.
    pub email: String,
}

impl Job for StartPasswordReset {
    const KIND: &'static str = "start_password_reset";

    async fn run(self, ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, move |tx| start(tx, &self.email)).await
    }
}

fn start(tx: &mut Tx<'_>, email: &str) -> Result<()> {
    let Some(user) = store::users::find_by_email(tx, email)? else { return Ok(()) };
    match user.state {
        UserState::Deactivated => Ok(()),
        UserState::Invited => users::send_invitation(tx, &user),
        UserState::Active => {
            let url = links::make(tx, user.id, Purpose::PasswordReset)?;
            let account = settings::load(tx)?;
            mails::write(tx, mails::texts::password_reset(&user, &account, &url)).map(|_| ())
        }
    }
}
