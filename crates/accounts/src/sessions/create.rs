use actix_web::http::StatusCode;
use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform::{Error, Granted, Result, Tx};
use types::ErrorCode;
use types::accounts::{CreateSession, SessionReply, UserState};
use web::{Body, OpenCall, Reply};

use super::{Device, SignedIn};
use crate::attempts::Attempt;
use crate::passwords::Passwords;
use crate::second_factor::{self, SecondFactor};
use crate::store::users::UserRow;
use crate::token::hash_token;
use crate::{access, store};

/// Sign in.
///
/// With a second factor set up, the reply without a code is `second_factor_required`; send the request again with one.
/// The refresh token comes in an HttpOnly cookie.
#[utoipa::path(operation_id = "create_session", tag = "sessions", request_body = CreateSession, responses(
    (status = 201, body = SessionReply),
    (status = 401, description = "Address and password do not match, or a code of the second factor is needed."),
    (status = 403, description = "The sign-in has been deactivated."),
))]
#[post("/v1/sessions")]
pub async fn create_session(call: OpenCall, body: Body<CreateSession>) -> Reply {
    let attempt = Attempt::take(&call, &account_key(&body.email))?;
    let Body(CreateSession { email, password, code }) = body;
    let email = email.trim().to_lowercase();
    let found = call.query(move |tx| store::users::find_by_email(tx, &email)).await?;
    let hash = found.as_ref().and_then(|user| user.password_hash.clone());
    let fits = call.ctx().extension::<Passwords>()?.verify(&password, hash.as_deref()).await?;
    let user = found.filter(|_| fits).ok_or_else(wrong_credentials)?;
    let device = Device::of(&call);
    let signed_in = call.transact(move |tx| sign_in(tx, &user, code.as_deref(), &device)).await;
    // The password was right: asking for the code is not a failure, a wrong code is.
    if !matches!(&signed_in, Err(Error::Conflict { code: ErrorCode::WrongSecondFactor, .. })) {
        attempt.give_back();
    }
    super::reply(call.ctx(), StatusCode::CREATED, signed_in?)
}

/// What failed sign-ins of an account are counted under, whether there is such an account or not.
fn account_key(email: &str) -> String {
    hash_token(&email.trim().to_lowercase())
}

fn wrong_credentials() -> Error {
    Error::conflict(ErrorCode::WrongCredentials, "Address and password do not match.")
}

/// Starts the session, if the user is still as when the password was checked.
fn sign_in(tx: &mut Tx<'_>, checked: &UserRow, code: Option<&str>, device: &Device) -> Result<SignedIn> {
    let user = access::lock_signing_in(tx, checked.id)?;
    if user.password_hash != checked.password_hash {
        return Err(wrong_credentials());
    }
    match user.state {
        UserState::Active => {}
        UserState::Invited => return Err(wrong_credentials()),
        UserState::Deactivated => {
            let detail = "This sign-in has been deactivated; ask an administrator.";
            return Err(Error::conflict(ErrorCode::Deactivated, detail));
        }
    }
    if user.totp_enabled {
        let detail = "A code of the authenticator, or a recovery code, is needed too.";
        let code = code
            .filter(|code| !code.trim().is_empty())
            .ok_or_else(|| Error::conflict(ErrorCode::SecondFactorRequired, detail))?;
        consume_code(tx, &user, code)?;
    }
    super::start(tx, &user, device)
}

/// Uses up a code of the authenticator or a recovery code.
fn consume_code(tx: &mut Tx<'_>, user: &Granted<UserRow>, code: &str) -> Result<()> {
    let wrong = || {
        let detail = "The code is wrong, has expired, or was used already.";
        Error::conflict(ErrorCode::WrongSecondFactor, detail)
    };
    match authenticator(tx, user)?.step_of(code, tx.now()) {
        Some(step) if step > user.totp_last_step => {
            let after = UserRow { totp_last_step: step, ..(**user).clone() };
            store::users::update(tx, user, &after)
        }
        Some(_) => Err(wrong()),
        None => {
            let hash = hash_token(&second_factor::normalise_recovery_code(code));
            if store::recovery_codes::consume(tx, user, &hash)? { Ok(()) } else { Err(wrong()) }
        }
    }
}

/// The authenticator of a user who has one.
pub(crate) fn authenticator(tx: &mut Tx<'_>, user: &UserRow) -> Result<SecondFactor> {
    let sealed =
        user.totp_secret.as_ref().ok_or_else(|| Error::internal("a second factor without a secret"))?;
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
    let secret = tx.ctx().secrets().open(second_factor::PURPOSE, &sealed)?;
    let company = crate::settings::load(tx)?.company_name;
    let issuer = if company.is_empty() { "Rapport" } else { &company };
    SecondFactor::new(&secret, issuer, &user.email)
}
