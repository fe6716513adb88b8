//! Reads what a visitor knows of itself.

use actix_web::get;
use types::channels::Visitor;
use web::{Call, Reply};

use super::view;
use crate::access;

/// Read the visitor whose token it is, with the conversation at hand.
#[utoipa::path(operation_id = "get_visitor", tag = "visitors",
    responses((status = 200, description = "The visitor.", body = Visitor)))]
#[get("/v1/visitor")]
pub(crate) async fn get_visitor(call: Call) -> Reply {
    call.read(|tx| {
        let visitor = access::read_visitor(tx)?;
        view::visitor(tx, &visitor)
    })
    .await
}
