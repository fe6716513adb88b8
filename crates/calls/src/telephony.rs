//! Telephony providers that report recordings as Twilio does: their accounts, the callback, and fetching what it names.
//!
//! The callback is signed with the account's secret; whoever cannot sign learns nothing. It is answered at once, and a job
//! fetches the recording.

mod delete;
mod fetch;
mod list;
mod receive;
mod report;
mod save;
mod signature;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use platform::{Ctx, Error, Result, Tx};
use types::TelephonyAccountId;
use types::calls::TelephonyAccount;

use crate::store::telephony::AccountRow;

pub use delete::{delete, delete_telephony_account};
pub use fetch::FetchRecording;
pub use list::{list, list_telephony_accounts};
pub use receive::receive_telephony_recording;
pub use save::{create, create_telephony_account, update, update_telephony_account};

/// What the secrets of accounts are sealed for.
const SECRET_PURPOSE: &str = "telephony-auth-token";

/// A secret as it is stored: sealed, in base64.
fn seal(tx: &Tx<'_>, auth_token: &str) -> Result<String> {
    Ok(STANDARD.encode(tx.ctx().secrets().seal(SECRET_PURPOSE, auth_token.as_bytes())?))
}

/// The secret of an account.
fn open(ctx: &Ctx, account: &AccountRow) -> Result<String> {
    let sealed = STANDARD.decode(&account.auth_token_sealed).map_err(Error::internal)?;
    String::from_utf8(ctx.secrets().open(SECRET_PURPOSE, &sealed)?).map_err(Error::internal)
}

/// The address that the provider calls.
fn callback_url(ctx: &Ctx, id: TelephonyAccountId) -> String {
    format!("{}/v1/telephony/{id}/recordings", ctx.config().server.public_url)
}

/// An account as it is shown: without its secret.
fn show(tx: &Tx<'_>, row: &AccountRow) -> TelephonyAccount {
    TelephonyAccount {
        id: row.id,
        name: row.name.clone(),
        account_sid: row.account_sid.clone(),
        owner_id: row.owner_id,
        callback_url: callback_url(tx.ctx(), row.id),
        created_at: row.created_at,
    }
}
