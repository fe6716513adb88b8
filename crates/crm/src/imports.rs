//! Records out of CSV files and into them.
//!
//! An import is checked first, in reads alone; once it is started a job writes its rows, some at a time, through the same
//! operations that people use. What was done is counted in the transaction that did it, so that no row is written twice.

mod check;
mod create;
mod csv_file;
mod delete_old;
mod export;
mod fields;
mod get;
mod preview;
mod refused;
mod row;
mod run;
mod start;

use platform::{Ctx, Error, Result, Tx};
use types::crm::Import;
use types::{Event, FileId, Subject};

use crate::store::imports::ImportRow;

pub use check::CheckImport;
pub use create::{create, create_import};
pub use delete_old::DeleteOldImports;
pub(crate) use delete_old::delete_ended;
pub use export::export_records;
pub use get::{get, get_import, list, list_import_problems, list_imports, problems};
pub use preview::preview_csv;
pub use refused::get_refused_rows;
pub use run::RunImport;
pub use start::{start, start_import};

/// Most rows of a file, without the names.
const MOST_ROWS: usize = 100_000;

/// Tells whose import it is how far it has come.
fn announce(tx: &mut Tx<'_>, row: &ImportRow) -> Result<Import> {
    let import = row.to_wire();
    tx.emit(Subject::User(row.user_id), Event::ImportChanged { import: Box::new(import.clone()) })?;
    Ok(import)
}

/// The rows of an uploaded file, read beside the transactions.
async fn read_file(ctx: &Ctx, file: FileId) -> Result<Result<csv_file::CsvFile, String>> {
    let bytes = accounts::files::read(ctx, file).await?;
    tokio::task::spawn_blocking(move || csv_file::read(&bytes, MOST_ROWS)).await.map_err(Error::internal)
}
