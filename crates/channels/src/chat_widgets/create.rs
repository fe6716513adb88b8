//! Creates a chat widget.

use accounts::token::new_token;
use actix_web::post;
use db::Json;
use platform::fields::Fields;
use platform::{Result, Tx};
use serde_json::json;
use types::channels::{ChatWidget, CreateChatWidget};
use web::{Body, Call, Reply};

use super::store::{self, WidgetRow};
use super::{default_style, emit_changed, renew_identity_secret, show, validate};
use crate::access;

/// Create a chat widget. It can be used at once.
#[utoipa::path(operation_id = "create_chat_widget", tag = "channels", request_body = CreateChatWidget,
    responses((status = 201, description = "The widget.", body = ChatWidget)))]
#[post("/v1/chat_widgets")]
pub(crate) async fn create_chat_widget(call: Call, body: Body<CreateChatWidget>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a widget that can be used at once.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageChannels`;
/// [`Error::Invalid`](platform::Error::Invalid) for `name` or `inbox_id`.
pub fn create(tx: &mut Tx<'_>, new: &CreateChatWidget) -> Result<ChatWidget> {
    access::require_manage(tx)?;
    let mut fields = Fields::default();
    let name = validate::name(&mut fields, &new.name);
    validate::inbox(tx, &mut fields, new.inbox_id)?;
    fields.finish()?;
    let row = WidgetRow {
        id: tx.new_id(),
        name,
        inbox_id: new.inbox_id,
        enabled: true,
        style: Json(default_style()),
        allowed_origins: Json(Vec::new()),
        require_signed_identity: false,
        // Nobody knows this secret: the first one that can be used comes with its renewal.
        identity_secret_sealed: renew_identity_secret::seal(tx, &new_token())?,
        created_at: tx.now(),
        deleted_at: None,
    };
    store::insert(tx, &row)?;
    tx.audit("chat_widget.create", ("chat_widget", row.id.0), json!({ "name": row.name }))?;
    let widget = show(tx, row);
    emit_changed(tx, &widget)?;
    Ok(widget)
}
