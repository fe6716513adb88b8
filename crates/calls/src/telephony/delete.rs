//! Removing an account at a telephony provider.

use actix_web::delete;
use platform::{Result, Tx};
use types::TelephonyAccountId;
use types::calls::TelephonyAccountPath;
use web::{Call, Path, Reply};

use crate::access;
use crate::store::telephony;

/// Remove an account at a telephony provider. Its callbacks are refused from then on; its calls stay.
#[utoipa::path(operation_id = "delete_telephony_account", tag = "calls", params(TelephonyAccountPath), responses((status = 204)))]
#[delete("/v1/telephony_accounts/{account_id}")]
pub async fn delete_telephony_account(call: Call, path: Path<TelephonyAccountPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.account_id)).await
}

/// Deletes an account.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) without
/// `ManageCalls`.
pub fn delete(tx: &mut Tx<'_>, id: TelephonyAccountId) -> Result<()> {
    let account = access::lock_telephony_account(tx, id)?;
    telephony::delete(tx, &account)?;
    let name = serde_json::json!({ "name": account.name });
    tx.audit("telephony_account.delete", ("telephony_account", id.0), name)
}
