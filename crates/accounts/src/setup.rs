//! The first start: as long as nobody can sign in, the first administrator is created without signing in.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use platform::{Error, Key, Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::{CreateFirstAdministrator, DemoSignIn, SessionReply, Setup};
use types::{BuiltinRole, ErrorCode};
use web::{Body, OpenCall, Reply};

use crate::passwords::Passwords;
use crate::sessions::{self, Device, SignedIn};
use crate::settings::{self, Account};
use crate::users::{self, NewUser};
use crate::{access, fields, store};

/// The sign-ins of a demo database, shown before sign-in. Saved by whoever makes the demo data, and shown in a demo
/// alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DemoSignIns(pub Vec<DemoSignIn>);

impl Setting for DemoSignIns {
    const KEY: &'static str = "demo_sign_ins";
}

/// Get how the account stands before anybody signs in.
#[utoipa::path(operation_id = "get_setup", tag = "setup", responses((status = 200, body = Setup)))]
#[get("/v1/setup")]
pub async fn get_setup(call: OpenCall) -> Reply {
    call.read(read).await
}

fn read(tx: &mut Tx<'_>) -> Result<Setup> {
    let DemoSignIns(demo_sign_ins) =
        if tx.ctx().config().demo { tx.setting()? } else { DemoSignIns::default() };
    Ok(Setup {
        needs_administrator: !store::users::any_active(tx)?,
        company_name: settings::load(tx)?.company_name,
        demo_sign_ins,
    })
}

/// Create the first administrator, and sign in.
///
/// It works once, while nobody can sign in.
#[utoipa::path(operation_id = "create_first_administrator", tag = "setup", request_body = CreateFirstAdministrator, responses((status = 201, body = SessionReply)))]
#[post("/v1/setup")]
pub async fn create_first_administrator(call: OpenCall, body: Body<CreateFirstAdministrator>) -> Reply {
    call.query(require_not_set_up).await?;
    let hash = call.ctx().extension::<Passwords>()?.hash("password", &body.password).await?;
    let device = Device::of(&call);
    let signed_in = call.transact(move |tx| set_up(tx, &body, &hash, &device)).await?;
    sessions::reply(call.ctx(), StatusCode::CREATED, signed_in)
}

fn require_not_set_up(tx: &mut Tx<'_>) -> Result<()> {
    if store::users::any_active(tx)? {
        return Err(Error::conflict(
            ErrorCode::AlreadySetUp,
            "The account has been set up already; sign in.",
        ));
    }
    Ok(())
}

fn set_up(tx: &mut Tx<'_>, new: &CreateFirstAdministrator, hash: &str, device: &Device) -> Result<SignedIn> {
    tx.lock(Key::LastAdministrator)?;
    require_not_set_up(tx)?;
    let company_name = fields::name("company_name", &new.company_name)?;
    let account = Account { company_name, ..settings::load(tx)? };
    tx.save_setting(&account)?;
    let administrator = NewUser {
        name: new.name.clone(),
        email: new.email.clone(),
        role: BuiltinRole::SuperAdministrator,
        password_hash: hash.to_owned(),
    };
    let user = users::add(tx, administrator)?;
    let user = access::lock_signing_in(tx, user.id)?;
    sessions::start(tx, &user, device)
}
