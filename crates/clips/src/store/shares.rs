//! Whom clips were sent to.

use db::schema::clip_shares;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{ClipId, MailId, Timestamp, UserId};

use super::clips::ClipRow;

/// A row of `clip_shares`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Insertable)]
#[diesel(table_name = clip_shares)]
pub(crate) struct ShareRow {
    pub(crate) mail_id: MailId,
    pub(crate) clip_id: ClipId,
    pub(crate) user_id: UserId,
    pub(crate) shared_by: UserId,
    pub(crate) shared_at: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, row: &ShareRow) -> Result<()> {
    debug_assert_eq!(clip.id, row.clip_id);
    diesel::insert_into(clip_shares::table).values(*row).execute(tx.conn())?;
    Ok(())
}

/// Whom these clips were sent to, each user once.
pub(crate) fn recipients(tx: &mut Tx<'_>, clips: &[ClipId]) -> Result<Vec<(ClipId, UserId)>> {
    Ok(clip_shares::table
        .filter(clip_shares::clip_id.eq_any(clips.to_vec()))
        .select((clip_shares::clip_id, clip_shares::user_id))
        .distinct()
        .order((clip_shares::clip_id, clip_shares::user_id))
        .load(tx.conn())?)
}

/// Deletes what is known of the sendings of a clip; returns the mails.
pub(crate) fn delete(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<Vec<MailId>> {
    let of_clip = clip_shares::table.filter(clip_shares::clip_id.eq(clip.id));
    let mails = of_clip.select(clip_shares::mail_id).load(tx.conn())?;
    diesel::delete(of_clip).execute(tx.conn())?;
    Ok(mails)
}
