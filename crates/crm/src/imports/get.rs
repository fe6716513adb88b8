//! Reading imports, and what is wrong with their rows.

use actix_web::get;
use db::Cursor;
use platform::{Error, Paging, Result, Tx};
use types::crm::{Import, ImportPath, ImportProblem};
use types::page::PageQuery;
use types::{ImportId, Page};
use web::{Call, Params, Path, Reply};

use crate::{access, store};

/// Get an import of yours.
#[utoipa::path(operation_id = "get_import", tag = "crm", params(ImportPath), responses((status = 200, body = Import)))]
#[get("/v1/imports/{import_id}")]
pub async fn get_import(call: Call, path: Path<ImportPath>) -> Reply {
    call.read(move |tx| get(tx, path.import_id)).await
}

/// List your imports, the newest first.
#[utoipa::path(operation_id = "list_imports", tag = "crm", params(PageQuery), responses((status = 200, body = Page<Import>)))]
#[get("/v1/imports")]
pub async fn list_imports(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// List why rows of an import are refused, in the order of the rows.
#[utoipa::path(operation_id = "list_import_problems", tag = "crm", params(ImportPath, PageQuery), responses((status = 200, body = Page<ImportProblem>)))]
#[get("/v1/imports/{import_id}/problems")]
pub async fn list_import_problems(call: Call, path: Path<ImportPath>, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| problems(tx, path.import_id, &query)).await
}

/// An import of the user who acts.
///
/// # Errors
/// [`Error::NotFound`] for one of somebody else; [`Error::Forbidden`] without `EditContacts`.
pub fn get(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    access::read_import(tx, id).map(|row| row.to_wire())
}

/// A page of the imports of the user who acts.
///
/// # Errors
/// [`Error::Invalid`] for `cursor` or `limit`; [`Error::Forbidden`] without `EditContacts`.
pub fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Import>> {
    access::require_edit(tx)?;
    let user = tx.actor().user_id()?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::imports::page(tx, user, paging.after_id()?, paging.rows())?;
    Ok(paging.page(rows, |row| Cursor::new([row.id.0.into()])).map(|row| row.to_wire()))
}

/// A page of the problems of an import of the user who acts.
///
/// # Errors
/// [`Error::NotFound`] for an import of somebody else; [`Error::Invalid`] for `cursor` or `limit`.
pub fn problems(tx: &mut Tx<'_>, id: ImportId, query: &PageQuery) -> Result<Page<ImportProblem>> {
    access::read_import(tx, id)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = match &paging.after {
        Some(cursor) => {
            let position = i32::try_from(cursor.number(1)?);
            (cursor.number(0)?, position.map_err(|_| Error::from(db::MalformedCursor))?)
        }
        None => (0, 0),
    };
    let rows = store::imports::problems(tx, id, after, paging.rows())?;
    let cursor = |(position, problem): &(i32, ImportProblem)| {
        Cursor::new([problem.row.into(), i64::from(*position).into()])
    };
    Ok(paging.page(rows, cursor).map(|(_, problem)| problem))
}
