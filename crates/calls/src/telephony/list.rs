//! Listing accounts at telephony providers.

use actix_web::get;
use platform::{Result, Tx};
use types::calls::TelephonyAccount;
use types::{Page, Permission};
use web::{Call, Reply};

use crate::store::telephony;

/// List the accounts at telephony providers by name, all on one page.
#[utoipa::path(operation_id = "list_telephony_accounts", tag = "calls", responses((status = 200, body = Page<TelephonyAccount>)))]
#[get("/v1/telephony_accounts")]
pub async fn list_telephony_accounts(call: Call) -> Reply {
    call.read(list).await
}

/// The accounts.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageCalls`.
pub fn list(tx: &mut Tx<'_>) -> Result<Page<TelephonyAccount>> {
    tx.actor().require(Permission::ManageCalls)?;
    let rows = telephony::list(tx)?;
    Ok(Page { items: rows.iter().map(|row| super::show(tx, row)).collect(), next_cursor: None })
}
