//! Taking up an invitation.

use actix_web::http::StatusCode;
use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{AcceptInvitation, SessionReply, UserState};
use web::{Body, OpenCall, Reply};

use crate::links::Purpose;
use crate::passwords::Passwords;
use crate::sessions::{Device, SignedIn};
use crate::store::users::UserRow;
use crate::{access, fields, sessions, store, users};

/// Take up an invitation by the token of its link: set a name and a password, and be signed in.
#[utoipa::path(operation_id = "accept_invitation", tag = "sessions", request_body = AcceptInvitation, responses((status = 201, body = SessionReply)))]
#[post("/v1/invitations/accept")]
pub async fn accept_invitation(call: OpenCall, body: Body<AcceptInvitation>) -> Reply {
    let Body(AcceptInvitation { token, name, password }) = body;
    let name = fields::name("name", &name)?;
    let asked = token.clone();
    // Before the hash, which costs more than a stranger is worth.
    call.query(move |tx| access::read_link(tx, Purpose::Invitation, &asked)).await?;
    let hash = call.ctx().extension::<Passwords>()?.hash("password", &password).await?;
    let device = Device::of(&call);
    let signed_in = call.transact(move |tx| accept(tx, &token, &name, &hash, &device)).await?;
    sessions::reply(call.ctx(), StatusCode::CREATED, signed_in)
}

fn accept(tx: &mut Tx<'_>, token: &str, name: &str, hash: &str, device: &Device) -> Result<SignedIn> {
    let (user, link) = access::lock_by_link(tx, Purpose::Invitation, token)?;
    store::links::consume(tx, &link, &user)?;
    let after = UserRow {
        name: name.to_owned(),
        password_hash: Some(hash.to_owned()),
        state: UserState::Active,
        ..user.clone()
    };
    store::users::update(tx, &user, &after)?;
    users::announce(tx, &after)?;
    tx.audit("user.accept_invitation", ("user", user.id.0), serde_json::json!({}))?;
    sessions::start(tx, &user, device)
}
