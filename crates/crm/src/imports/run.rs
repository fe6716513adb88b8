//! Writing the rows of an import.

use std::sync::Arc;
use std::time::{Duration, Instant};

use csv::StringRecord;
use platform::{Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::ImportId;
use types::crm::ImportState;

use super::check::{fail, find};
use super::csv_file::CsvFile;
use super::row::{Layout, Outcome};
use super::{announce, read_file};
use crate::{access, store};

/// How long one transaction writes rows: SQLite has one writer, and people wait for it.
const BUDGET: Duration = Duration::from_millis(12);

/// Writes the rows of an import, some at a time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RunImport {
    pub(super) import_id: ImportId,
}

impl Job for RunImport {
    const KIND: &'static str = "run_import";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.import_id;
        let Some(import) = find(&ctx, id, ImportState::Running).await? else { return Ok(()) };
        let file = match read_file(&ctx, import.file_id).await? {
            Ok(file) => Arc::new(file),
            Err(failure) => return fail(&ctx, id, failure).await,
        };
        let actor = accounts::acting_user(&ctx, import.user_id).await?;
        loop {
            let rows = Arc::clone(&file);
            match ctx.write(&actor, move |tx| write_some(tx, id, &rows)).await? {
                Some(true) => {}
                Some(false) => return Ok(()),
                None => return fail(&ctx, id, "the file has lost a column".to_owned()).await,
            }
        }
    }
}

/// Writes rows until the time is up, and counts them in the same transaction; whether there are more. Nothing when the
/// file has not the columns any more.
fn write_some(tx: &mut Tx<'_>, id: ImportId, file: &CsvFile) -> Result<Option<bool>> {
    let began = Instant::now();
    let locked = access::lock_import(tx, id)?;
    let mut row = locked.clone();
    let Ok(layout) = Layout::of(tx, row.object, row.key, &row.mapping.0, &file.columns)? else {
        return Ok(None);
    };
    let first = usize::try_from(row.done_count).map_err(Error::internal)?;
    let percent = percent_done(row.done_count, file.rows.len());
    for record in file.rows.iter().skip(first) {
        row.done_count += 1;
        write_one(tx, &layout, record, &mut row)?;
        if began.elapsed() >= BUDGET {
            break;
        }
    }
    let more = usize::try_from(row.done_count).is_ok_and(|done| done < file.rows.len());
    if !more {
        row.state = ImportState::Done;
        row.finished_at = Some(tx.now());
    }
    store::imports::update(tx, &locked, &row)?;
    if !more || percent_done(row.done_count, file.rows.len()) != percent {
        announce(tx, &row)?;
    }
    Ok(Some(more))
}

fn write_one(
    tx: &mut Tx<'_>,
    layout: &Layout,
    record: &StringRecord,
    row: &mut store::imports::ImportRow,
) -> Result<()> {
    // Each row is checked whole before it writes anything. Somebody else may take an address in between: then the job
    // fails, and comes back to a row that is refused.
    let written = layout.carry_out(tx, record, true).and_then(|_| layout.carry_out(tx, record, false));
    tx.about(None);
    match written {
        Ok(Outcome::Created) => row.created_count += 1,
        Ok(Outcome::Updated) => row.updated_count += 1,
        Err(Error::Invalid(errors)) => {
            row.refused_count += 1;
            let problems = layout.problems(row.done_count, errors);
            store::imports::insert_problems(tx, row.id, &problems)?;
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

fn percent_done(done: i64, of: usize) -> i64 {
    done.saturating_mul(100) / i64::try_from(of).unwrap_or(i64::MAX).max(1)
}
