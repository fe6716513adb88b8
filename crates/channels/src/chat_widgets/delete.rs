//! Deletes a chat widget.

use actix_web::delete;
use platform::{Result, Tx};
use serde_json::json;
use types::channels::WidgetPath;
use types::{Event, Permission, Subject, WidgetId};
use web::{Call, Path, Reply};

use super::store;
use crate::access;

/// Delete a chat widget. Its conversations stay; its visitors can neither read nor write any more.
#[utoipa::path(operation_id = "delete_chat_widget", tag = "channels", params(WidgetPath),
    responses((status = 204, description = "The widget is gone.")))]
#[delete("/v1/chat_widgets/{widget_id}")]
pub(crate) async fn delete_chat_widget(call: Call, path: Path<WidgetPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.widget_id)).await
}

fn delete(tx: &mut Tx<'_>, id: WidgetId) -> Result<()> {
    let widget = access::lock_widget(tx, id)?;
    store::delete(tx, &widget)?;
    tx.audit("chat_widget.delete", ("chat_widget", id.0), json!({ "name": widget.name }))?;
    tx.emit(Subject::Permission(Permission::ManageChannels), Event::WidgetDeleted { widget_id: id })
}
