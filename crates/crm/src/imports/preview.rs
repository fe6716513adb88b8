//! Looking into a CSV file, to say where its columns go.

use actix_web::http::StatusCode;
use actix_web::post;
use platform::Error;
use types::crm::{CsvPreview, PreviewCsv};
use web::{Body, Call, Reply, json};

use super::read_file;
use crate::access;

/// Rows that are shown.
const ROWS: usize = 5;

/// Look into a CSV file that you uploaded: its columns and its first rows.
#[utoipa::path(operation_id = "preview_csv", tag = "crm", request_body = PreviewCsv, responses((status = 200, body = CsvPreview)))]
#[post("/v1/import_previews")]
pub async fn preview_csv(call: Call, body: Body<PreviewCsv>) -> Reply {
    let file_id = body.file_id;
    call.query(move |tx| {
        access::require_edit(tx)?;
        accounts::files::require_own(tx, file_id)
    })
    .await?;
    let file = read_file(call.ctx(), file_id).await?.map_err(|failure| Error::invalid("file_id", failure))?;
    let rows = file.rows.iter().take(ROWS).map(|row| row.iter().map(str::to_owned).collect()).collect();
    json(StatusCode::OK, &CsvPreview { columns: file.columns, rows })
}
