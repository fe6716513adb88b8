//! Adding and changing accounts at telephony providers.

use actix_web::{post, put};
use platform::fields::{Fields, taken};
use platform::{Error, Result, Tx};
use types::calls::{SaveTelephonyAccount, TelephonyAccount, TelephonyAccountPath};
use types::{Permission, TelephonyAccountId};
use web::{Body, Call, Path, Reply};

use crate::store::telephony::{self, AccountRow};
use crate::{access, fields};

/// Add an account at a telephony provider. The provider is given its `callback_url`.
#[utoipa::path(operation_id = "create_telephony_account", tag = "calls", request_body = SaveTelephonyAccount, responses((status = 201, body = TelephonyAccount)))]
#[post("/v1/telephony_accounts")]
pub async fn create_telephony_account(call: Call, body: Body<SaveTelephonyAccount>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Change an account at a telephony provider.
#[utoipa::path(operation_id = "update_telephony_account", tag = "calls", params(TelephonyAccountPath), request_body = SaveTelephonyAccount, responses((status = 200, body = TelephonyAccount)))]
#[put("/v1/telephony_accounts/{account_id}")]
pub async fn update_telephony_account(
    call: Call,
    path: Path<TelephonyAccountPath>,
    body: Body<SaveTelephonyAccount>,
) -> Reply {
    call.write(move |tx| update(tx, path.account_id, &body)).await
}

/// Adds an account.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Forbidden`] without `ManageCalls`.
pub fn create(tx: &mut Tx<'_>, request: &SaveTelephonyAccount) -> Result<TelephonyAccount> {
    tx.actor().require(Permission::ManageCalls)?;
    let row = checked(tx, tx.new_id(), None, request)?;
    telephony::insert(tx, &row).map_err(sid_taken)?;
    saved(tx, "telephony_account.create", &row)
}

/// Writes the whole of an account; a secret that is left out stays.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::NotFound`]; [`Error::Forbidden`] without `ManageCalls`.
pub fn update(
    tx: &mut Tx<'_>,
    id: TelephonyAccountId,
    request: &SaveTelephonyAccount,
) -> Result<TelephonyAccount> {
    let locked = access::lock_telephony_account(tx, id)?;
    let row = checked(tx, id, Some(&locked), request)?;
    telephony::update(tx, &locked, &row).map_err(sid_taken)?;
    saved(tx, "telephony_account.update", &row)
}

fn saved(tx: &mut Tx<'_>, action: &str, row: &AccountRow) -> Result<TelephonyAccount> {
    let detail = serde_json::json!({ "name": row.name, "account_sid": row.account_sid });
    tx.audit(action, ("telephony_account", row.id.0), detail)?;
    Ok(super::show(tx, row))
}

fn sid_taken(cause: Error) -> Error {
    if cause.is_taken() { taken("account_sid", "is that of another account") } else { cause }
}

fn checked(
    tx: &mut Tx<'_>,
    id: TelephonyAccountId,
    before: Option<&AccountRow>,
    request: &SaveTelephonyAccount,
) -> Result<AccountRow> {
    let mut checked = Fields::default();
    let name = checked.required("name", &request.name, 100);
    let account_sid = checked.required("account_sid", &request.account_sid, 64);
    if !account_sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        checked.refuse("account_sid", "malformed", "must consist of letters and digits".to_owned());
    }
    let auth_token = checked.optional("auth_token", request.auth_token.as_deref(), 200);
    let kept = before.map(|row| row.auth_token_sealed.clone());
    if auth_token.is_none() && kept.is_none() {
        checked.refuse("auth_token", "required", "must not be empty".to_owned());
    }
    checked.finish()?;
    fields::owner(tx, request.owner_id)?;
    let auth_token_sealed = match auth_token {
        Some(auth_token) => super::seal(tx, &auth_token)?,
        None => kept.unwrap_or_default(),
    };
    Ok(AccountRow {
        id,
        name,
        account_sid,
        auth_token_sealed,
        owner_id: request.owner_id,
        created_at: before.map_or(tx.now(), |row| row.created_at),
    })
}
