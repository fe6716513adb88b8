//! The rows that an import refused, to be corrected and imported again.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get};
use platform::{Ctx, Error, Result};
use types::ImportId;
use types::crm::{ImportPath, ImportProblem};
use web::{Call, Path, Reply};

use super::csv_file::CsvFile;
use super::export::{attachment, guarded};
use super::read_file;
use crate::{access, store};

/// Problems that one read takes.
const AT_A_TIME: i64 = 1_000;

/// Get the rows that an import of yours refuses, as CSV: the columns of the file, and why.
#[utoipa::path(operation_id = "get_refused_rows", tag = "crm", params(ImportPath),
    responses((status = 200, description = "The rows.", body = String, content_type = "text/csv")))]
#[get("/v1/imports/{import_id}/refused")]
pub async fn get_refused_rows(call: Call, path: Path<ImportPath>) -> Reply {
    let id = path.import_id;
    let import = call.query(move |tx| access::read_import(tx, id)).await?;
    // An import whose file cannot be read has no rows.
    let file = read_file(call.ctx(), import.file_id).await?.map_err(|_| Error::NotFound)?;
    let problems = all_problems(call.ctx(), id).await?;
    let table =
        tokio::task::spawn_blocking(move || table(&file, &problems)).await.map_err(Error::internal)??;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(attachment("refused.csv"))
        .body(table))
}

/// Why rows were refused, by row.
async fn all_problems(ctx: &Ctx, id: ImportId) -> Result<BTreeMap<i64, Vec<ImportProblem>>> {
    let mut by_row: BTreeMap<i64, Vec<ImportProblem>> = BTreeMap::new();
    let mut after = (0, 0);
    loop {
        let system = platform::Actor::System;
        let some = ctx.read(&system, move |tx| store::imports::problems(tx, id, after, AT_A_TIME)).await?;
        let Some((position, last)) = some.last() else { return Ok(by_row) };
        after = (last.row, *position);
        for (_, problem) in some {
            by_row.entry(problem.row).or_default().push(problem);
        }
    }
}

fn table(file: &CsvFile, problems: &BTreeMap<i64, Vec<ImportProblem>>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let header = ["row", "problem"]
        .map(str::to_owned)
        .into_iter()
        .chain(file.columns.iter().map(|name| guarded(name)));
    writer.write_record(header).map_err(Error::internal)?;
    for (number, row) in (1_i64..).zip(&file.rows) {
        let Some(problems) = problems.get(&number) else { continue };
        let why = |problem: &ImportProblem| match &problem.column {
            Some(column) => format!("{column}: {}", problem.detail),
            None => problem.detail.clone(),
        };
        let why: Vec<String> = problems.iter().map(why).collect();
        let cells = [number.to_string(), guarded(&why.join("; "))].into_iter().chain(row.iter().map(guarded));
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}
