//! Imports that have ended go again, with the files and the rows they refused: both hold what people's records hold.

use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result, Tx};
use types::Timestamp;
use types::crm::ObjectKind;

use crate::store;

/// For how many seconds an import can be looked at.
const KEPT_SECONDS: i64 = 30 * 86_400;
/// How many one transaction deletes.
const AT_A_TIME: i64 = 5;

/// Deletes imports after thirty days.
pub struct DeleteOldImports;

impl Periodic for DeleteOldImports {
    const NAME: &'static str = "delete_old_imports";
    const EVERY: Duration = Duration::from_secs(3600);

    async fn run(ctx: Ctx) -> Result<()> {
        let before = ctx.now().plus_seconds(-KEPT_SECONDS);
        while ctx.write(&Actor::System, move |tx| delete_ended(tx, None, before)).await? > 0 {}
        Ok(())
    }
}

/// Deletes some imports that have ended, or were never started; how many. The records that they made stay.
pub(crate) fn delete_ended(tx: &mut Tx<'_>, object: Option<ObjectKind>, before: Timestamp) -> Result<usize> {
    let ended = store::imports::ended(tx, object, before, AT_A_TIME)?;
    for import in &ended {
        store::imports::delete(tx, import.id)?;
        accounts::files::delete(tx, &[import.file_id])?;
    }
    Ok(ended.len())
}
