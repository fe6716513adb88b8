//! Making an import.

use std::collections::HashSet;

use actix_web::post;
use db::Json;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::crm::{CreateImport, Import, ImportKey, ImportState};
use web::{Body, Call, Reply};

use super::fields::{self, PROPERTY};
use super::{CheckImport, announce};
use crate::store::imports::ImportRow;
use crate::{access, records, store};

/// Make an import of a CSV file that was uploaded. Its rows are checked, and nothing is written until it is started.
#[utoipa::path(operation_id = "create_import", tag = "crm", request_body = CreateImport, responses((status = 201, body = Import)))]
#[post("/v1/imports")]
pub async fn create_import(call: Call, body: Body<CreateImport>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Makes an import for the user who acts, and has it checked.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Forbidden`] without `EditContacts`.
pub fn create(tx: &mut Tx<'_>, request: &CreateImport) -> Result<Import> {
    access::require_edit(tx)?;
    let user_id = tx.actor().user_id()?;
    records::require_own_kind("object", request.object)?;
    check_mapping(tx, request)?;
    let file = accounts::files::attach(tx, &[request.file_id], None)
        .map_err(|error| match error {
            Error::Invalid(_) => {
                Error::invalid("file_id", "must be a file that you uploaded and have not used yet")
            }
            other => other,
        })?
        .pop()
        .ok_or(Error::NotFound)?;
    let row = ImportRow {
        id: tx.new_id(),
        object: request.object,
        file_id: file.id,
        file_name: file.name,
        mapping: Json(request.columns.clone()),
        key: request.key,
        state: ImportState::Checking,
        failure: None,
        row_count: None,
        done_count: 0,
        created_count: 0,
        updated_count: 0,
        refused_count: 0,
        user_id,
        created_at: tx.now(),
        finished_at: None,
    };
    store::imports::insert(tx, &row)?;
    tx.enqueue(&CheckImport { import_id: row.id })?;
    announce(tx, &row)
}

fn check_mapping(tx: &mut Tx<'_>, request: &CreateImport) -> Result<()> {
    let known = store::properties::list(tx, Some(request.object))?;
    let mut errors = Fields::default();
    if request.columns.is_empty() || request.columns.len() > 200 {
        errors.refuse("columns", "out_of_range", "must be 1 to 200".to_owned());
    }
    let (mut seen, mut names) = (HashSet::new(), HashSet::new());
    for (index, column) in request.columns.iter().enumerate() {
        let field = format!("columns.{index}.field");
        let is_known = match column.field.strip_prefix(PROPERTY) {
            Some(key) => known.iter().any(|property| property.key == key && !property.archived),
            None => fields::is_importable(request.object, &column.field),
        };
        if !is_known {
            errors.refuse(&field, "unknown", format!("a {} has no such field to import", request.object));
        }
        if !seen.insert(column.field.as_str()) {
            errors.refuse(&field, "duplicate", "another column goes there already".to_owned());
        }
        if !names.insert(column.column.as_str()) {
            errors.refuse(&format!("columns.{index}.column"), "duplicate", "stands there twice".to_owned());
        }
    }
    match fields::of_key(request.object, request.key) {
        Some(field) if !seen.contains(field) => {
            errors.refuse("key", "invalid", format!("the field {field} must be mapped to a column"));
        }
        None if request.key != ImportKey::None => {
            errors.refuse("key", "invalid", format!("does not tell a {} from others", request.object));
        }
        _ => {}
    }
    errors.finish()
}
