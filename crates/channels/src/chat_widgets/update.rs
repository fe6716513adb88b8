//! Changes a chat widget.

use actix_web::put;
use db::Json;
use platform::fields::Fields;
use platform::{Result, Tx};
use serde_json::json;
use types::WidgetId;
use types::channels::{ChatWidget, UpdateChatWidget, WidgetPath};
use web::{Body, Call, Path, Reply};

use super::store::{self, WidgetRow};
use super::{emit_changed, show, validate};
use crate::access;

/// Change a chat widget: the whole of it.
#[utoipa::path(operation_id = "update_chat_widget", tag = "channels", params(WidgetPath),
    request_body = UpdateChatWidget, responses((status = 200, description = "The widget.", body = ChatWidget)))]
#[put("/v1/chat_widgets/{widget_id}")]
pub(crate) async fn update_chat_widget(
    call: Call,
    path: Path<WidgetPath>,
    body: Body<UpdateChatWidget>,
) -> Reply {
    call.write(move |tx| update(tx, path.widget_id, &body)).await
}

/// Replaces the settings of a widget.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageChannels`;
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Invalid`](platform::Error::Invalid) naming each setting that
/// breaks a rule.
pub fn update(tx: &mut Tx<'_>, id: WidgetId, new: &UpdateChatWidget) -> Result<ChatWidget> {
    let widget = access::lock_widget(tx, id)?;
    let mut fields = Fields::default();
    let new = validate::settings(&mut fields, new.clone());
    validate::inbox(tx, &mut fields, new.inbox_id)?;
    fields.finish()?;
    let changed = WidgetRow {
        name: new.name,
        inbox_id: new.inbox_id,
        enabled: new.enabled,
        style: Json(new.style),
        allowed_origins: Json(new.allowed_origins),
        require_signed_identity: new.require_signed_identity,
        ..WidgetRow::clone(&widget)
    };
    store::save(tx, widget, &changed)?;
    let detail = json!({
        "name": changed.name,
        "inbox_id": changed.inbox_id,
        "enabled": changed.enabled,
        "style": changed.style.0,
        "allowed_origins": changed.allowed_origins.0,
        "require_signed_identity": changed.require_signed_identity,
    });
    tx.audit("chat_widget.update", ("chat_widget", id.0), detail)?;
    let shown = show(tx, changed);
    emit_changed(tx, &shown)?;
    Ok(shown)
}
