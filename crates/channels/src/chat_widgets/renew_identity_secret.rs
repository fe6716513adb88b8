//! Renews the secret that a site signs its users' identities with.

use accounts::token::new_token;
use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use platform::{Error, Result, Secrets, Tx};
use serde_json::json;
use types::WidgetId;
use types::channels::{IdentitySecret, WidgetPath};
use web::{Call, Path, Reply};

use super::SECRET_PURPOSE;
use super::store::{self, WidgetRow};
use crate::access;

/// What a secret starts with, so that it is recognised where it should not be.
const PREFIX: &str = "ris_";

/// Renew the secret to sign identities with. The one before stops to be accepted at once.
#[utoipa::path(operation_id = "renew_identity_secret", tag = "channels", params(WidgetPath),
    responses((status = 200, description = "The secret, shown this once.", body = IdentitySecret)))]
#[post("/v1/chat_widgets/{widget_id}/identity_secret")]
pub(crate) async fn renew_identity_secret(call: Call, path: Path<WidgetPath>) -> Reply {
    call.write_secret(move |tx| renew(tx, path.widget_id)).await
}

fn renew(tx: &mut Tx<'_>, id: WidgetId) -> Result<IdentitySecret> {
    let widget = access::lock_widget(tx, id)?;
    let secret = format!("{PREFIX}{}", new_token());
    let sealed = seal(tx, &secret)?;
    store::save_secret(tx, &widget, &sealed)?;
    tx.audit("chat_widget.renew_identity_secret", ("chat_widget", id.0), json!({}))?;
    Ok(IdentitySecret { secret })
}

/// A secret as it is stored: sealed, in base64.
pub(super) fn seal(tx: &Tx<'_>, secret: &str) -> Result<String> {
    Ok(STANDARD.encode(tx.ctx().secrets().seal(SECRET_PURPOSE, secret.as_bytes())?))
}

/// The secret of a widget.
pub(crate) fn open(secrets: &Secrets, widget: &WidgetRow) -> Result<String> {
    let sealed = STANDARD.decode(&widget.identity_secret_sealed).map_err(Error::internal)?;
    String::from_utf8(secrets.open(SECRET_PURPOSE, &sealed)?).map_err(Error::internal)
}
