//! The settings of the whole account.

use actix_web::{get, put};
use platform::{Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::Permission;
use types::accounts::{AccountSettings, Locale, UpdateAccountSettings};
use web::{Body, Call, Reply};

use crate::{access, fields};

/// The settings of the account as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The company's name: at sign-in, in mails, in the chat. Empty until the account is set up.
    pub company_name: String,
    /// The language of mails to people who have not chosen one.
    pub default_locale: Locale,
}

impl Default for Account {
    fn default() -> Self {
        Self { company_name: String::new(), default_locale: Locale::English }
    }
}

impl Setting for Account {
    const KEY: &'static str = "account";
}

impl From<Account> for AccountSettings {
    fn from(account: Account) -> Self {
        Self { company_name: account.company_name, default_locale: account.default_locale }
    }
}

/// The settings of the account, whoever asks.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn load(tx: &mut Tx<'_>) -> Result<Account> {
    tx.setting()
}

/// Get the settings of the account.
#[utoipa::path(operation_id = "get_account_settings", tag = "settings", responses((status = 200, body = AccountSettings)))]
#[get("/v1/settings/account")]
pub async fn get_account_settings(call: Call) -> Reply {
    call.read(|tx| {
        access::colleague(tx.actor())?;
        Ok(AccountSettings::from(load(tx)?))
    })
    .await
}

/// Replace the settings of the account.
#[utoipa::path(operation_id = "update_account_settings", tag = "settings", request_body = UpdateAccountSettings, responses((status = 200, body = AccountSettings)))]
#[put("/v1/settings/account")]
pub async fn update_account_settings(call: Call, body: Body<UpdateAccountSettings>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

fn update(tx: &mut Tx<'_>, after: &UpdateAccountSettings) -> Result<AccountSettings> {
    tx.actor().require(Permission::ManageSettings)?;
    let before = load(tx)?;
    let after = Account {
        company_name: fields::name("company_name", &after.company_name)?,
        default_locale: after.default_locale,
    };
    tx.save_setting(&after)?;
    let detail = serde_json::json!({ "from": before, "to": after });
    tx.audit("settings.update", ("settings", 0), detail)?;
    Ok(after.into())
}
