//! Checking every row of an import, without writing.

use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::ImportId;
use types::crm::{ImportProblem, ImportState};

use super::row::Layout;
use super::{announce, read_file};
use crate::store::imports::ImportRow;
use crate::{access, store};

/// How many rows one read looks at.
const ROWS_AT_A_TIME: usize = 500;
/// How many problems one transaction writes, so that nobody waits long for it.
const PROBLEMS_AT_A_TIME: usize = 50;

/// Looks at every row of an import, and notes what is wrong.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckImport {
    pub(super) import_id: ImportId,
}

impl Job for CheckImport {
    const KIND: &'static str = "check_import";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.import_id;
        let Some(import) = find(&ctx, id, ImportState::Checking).await? else { return Ok(()) };
        let file = match read_file(&ctx, import.file_id).await? {
            Ok(file) => file,
            Err(failure) => return fail(&ctx, id, failure).await,
        };
        let actor = accounts::acting_user(&ctx, import.user_id).await?;
        ctx.write(&Actor::System, move |tx| store::imports::delete_problems(tx, id)).await?;
        let row_count = i64::try_from(file.rows.len()).map_err(Error::internal)?;
        let mut refused = 0;
        let mut done = 0;
        for rows in file.rows.chunks(ROWS_AT_A_TIME) {
            let (rows, columns, import) = (rows.to_vec(), file.columns.clone(), import.clone());
            let first = done + 1;
            let checked = ctx.read(&actor, move |tx| check(tx, &import, &columns, &rows, first)).await?;
            let problems = match checked {
                Ok(problems) => problems,
                Err(failure) => return fail(&ctx, id, failure).await,
            };
            done += i64::try_from(ROWS_AT_A_TIME).map_err(Error::internal)?;
            refused += count_rows(&problems);
            note(&ctx, id, problems).await?;
            let so_far = (done.min(row_count), refused);
            progress(&ctx, id, row_count, so_far, ImportState::Checking).await?;
        }
        progress(&ctx, id, row_count, (row_count, refused), ImportState::Checked).await
    }
}

/// The import, while it is in this state; a job that runs again after its work is done has nothing to do.
pub(super) async fn find(ctx: &Ctx, id: ImportId, state: ImportState) -> Result<Option<ImportRow>> {
    match ctx.read(&Actor::System, move |tx| store::imports::find(tx, id)).await {
        Ok(row) => Ok(Some(row).filter(|row| row.state == state)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Gives an import up.
pub(super) async fn fail(ctx: &Ctx, id: ImportId, failure: String) -> Result<()> {
    ctx.write(&Actor::System, move |tx| {
        let locked = access::lock_import(tx, id)?;
        let mut row = locked.clone();
        row.state = ImportState::Failed;
        row.failure = Some(failure.clone());
        row.finished_at = Some(tx.now());
        store::imports::update(tx, &locked, &row)?;
        announce(tx, &row).map(|_| ())
    })
    .await
}

/// The problems of some rows.
fn check(
    tx: &mut Tx<'_>,
    import: &ImportRow,
    columns: &[String],
    rows: &[csv::StringRecord],
    first: i64,
) -> Result<Result<Vec<ImportProblem>, String>> {
    let layout = match Layout::of(tx, import.object, import.key, &import.mapping.0, columns)? {
        Ok(layout) => layout,
        Err(failure) => return Ok(Err(failure)),
    };
    let mut problems = Vec::new();
    for (number, row) in (first..).zip(rows) {
        match layout.carry_out(tx, row, true) {
            Ok(_) => {}
            Err(Error::Invalid(errors)) => problems.extend(layout.problems(number, errors)),
            Err(other) => return Err(other),
        }
    }
    Ok(Ok(problems))
}

/// How many rows have problems, which stand together by row.
fn count_rows(problems: &[ImportProblem]) -> i64 {
    let rows: std::collections::BTreeSet<i64> = problems.iter().map(|problem| problem.row).collect();
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

async fn note(ctx: &Ctx, id: ImportId, problems: Vec<ImportProblem>) -> Result<()> {
    let mut rest = problems.as_slice();
    while !rest.is_empty() {
        // A row's problems are numbered, so they stay together.
        let mut end = rest.len().min(PROBLEMS_AT_A_TIME);
        while end < rest.len() && rest[end].row == rest[end - 1].row {
            end += 1;
        }
        let (some, further) = rest.split_at(end);
        let some = some.to_vec();
        ctx.write(&Actor::System, move |tx| store::imports::insert_problems(tx, id, &some)).await?;
        rest = further;
    }
    Ok(())
}

async fn progress(
    ctx: &Ctx,
    id: ImportId,
    row_count: i64,
    (done, refused): (i64, i64),
    state: ImportState,
) -> Result<()> {
    ctx.write(&Actor::System, move |tx| {
        let locked = access::lock_import(tx, id)?;
        let mut row = locked.clone();
        row.row_count = Some(row_count);
        (row.done_count, row.refused_count, row.state) = (done, refused, state);
        store::imports::update(tx, &locked, &row)?;
        announce(tx, &row).map(|_| ())
    })
    .await
}
