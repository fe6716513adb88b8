//! The columns that a user last chose for a list.

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Result, Tx};
use types::crm::{ListLayout, ListLayoutPath, ObjectKind, SaveListLayout};
use web::{Body, Call, Path, Reply};

use super::columns;
use crate::{access, store};

/// Get the columns that you last chose for a list.
#[utoipa::path(operation_id = "get_list_layout", tag = "crm", params(ListLayoutPath), responses((status = 200, body = ListLayout)))]
#[get("/v1/list_layouts/{list}")]
pub async fn get_list_layout(call: Call, path: Path<ListLayoutPath>) -> Reply {
    call.read(move |tx| get_layout(tx, path.list)).await
}

/// Save the columns that you chose for a list.
#[utoipa::path(operation_id = "save_list_layout", tag = "crm", params(ListLayoutPath), request_body = SaveListLayout, responses((status = 200, body = ListLayout)))]
#[put("/v1/list_layouts/{list}")]
pub async fn save_list_layout(call: Call, path: Path<ListLayoutPath>, body: Body<SaveListLayout>) -> Reply {
    call.write(move |tx| save_layout(tx, path.list, &body)).await
}

/// The columns of the user who acts.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`, unless of calls.
pub fn get_layout(tx: &mut Tx<'_>, list: ObjectKind) -> Result<ListLayout> {
    access::require_list(tx, Some(list))?;
    let user = tx.actor().user_id()?;
    Ok(ListLayout { list, columns: store::views::layout(tx, user, list)? })
}

/// Writes the columns of the user who acts.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `columns`.
pub fn save_layout(tx: &mut Tx<'_>, list: ObjectKind, request: &SaveListLayout) -> Result<ListLayout> {
    access::require_list(tx, Some(list))?;
    let user = tx.actor().user_id()?;
    let mut fields = Fields::default();
    let columns = columns(&mut fields, &request.columns);
    fields.finish()?;
    store::views::save_layout(tx, user, list, &columns)?;
    Ok(ListLayout { list, columns: Some(columns) })
}
