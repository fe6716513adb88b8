//! Reads a chat widget.

use actix_web::get;
use types::channels::{ChatWidget, WidgetPath};
use web::{Call, Path, Reply};

use super::show;
use crate::access;

/// Read a chat widget.
#[utoipa::path(operation_id = "get_chat_widget", tag = "channels", params(WidgetPath),
    responses((status = 200, description = "The widget.", body = ChatWidget)))]
#[get("/v1/chat_widgets/{widget_id}")]
pub(crate) async fn get_chat_widget(call: Call, path: Path<WidgetPath>) -> Reply {
    call.read(move |tx| access::read_widget(tx, path.widget_id).map(|row| show(tx, row))).await
}
