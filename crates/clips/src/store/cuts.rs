//! Cuts: what is known of each. The bytes are in the blob store.

use db::schema::{clip_cuts, clip_links};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::clips::{ClipCut, CutState};
use types::{ClipId, Timestamp};

use super::clips::ClipRow;

/// A row of `clip_cuts`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clip_cuts, primary_key(clip_id), treat_none_as_null = true)]
pub(crate) struct CutRow {
    pub(crate) clip_id: ClipId,
    /// New with every cut, so that deleting the bytes of one never takes those of the next.
    pub(crate) blob_key: String,
    pub(crate) state: CutState,
    pub(crate) error: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) bytes: Option<i64>,
    pub(crate) sha256: Option<String>,
    pub(crate) duration_ms: Option<i64>,
    pub(crate) has_picture: bool,
    pub(crate) picture_left_out: bool,
}

impl CutRow {
    /// A cut that is yet to be made.
    pub(crate) fn making(tx: &Tx<'_>, clip: ClipId) -> Self {
        Self {
            clip_id: clip,
            blob_key: format!("clips/{}", tx.new_id::<i64>()),
            state: CutState::Making,
            error: None,
            media_type: None,
            bytes: None,
            sha256: None,
            duration_ms: None,
            has_picture: false,
            picture_left_out: false,
        }
    }

    pub(crate) fn to_wire(&self) -> ClipCut {
        ClipCut {
            state: self.state,
            error: self.error.clone(),
            media_type: self.media_type.clone(),
            bytes: self.bytes,
            duration_ms: self.duration_ms,
            has_picture: self.has_picture,
            picture_left_out: self.picture_left_out,
        }
    }
}

/// The cut of a clip.
pub(crate) fn find(tx: &mut Tx<'_>, clip: ClipId) -> Result<Option<CutRow>> {
    Ok(clip_cuts::table.find(clip).select(CutRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The cuts of these clips.
pub(crate) fn of_clips(tx: &mut Tx<'_>, clips: &[ClipId]) -> Result<Vec<CutRow>> {
    let some = clip_cuts::table.filter(clip_cuts::clip_id.eq_any(clips.to_vec()));
    Ok(some.select(CutRow::as_select()).load(tx.conn())?)
}

/// Clips that have a cut, and no link that could still open it: all were ended, or their time was over then.
pub(crate) fn idle(tx: &mut Tx<'_>, over: Timestamp, limit: i64) -> Result<Vec<ClipId>> {
    let alive = clip_links::table
        .filter(clip_links::clip_id.eq(clip_cuts::clip_id))
        .filter(clip_links::revoked_at.is_null())
        .filter(clip_links::expires_at.gt(over));
    let idle = clip_cuts::table.filter(diesel::dsl::not(exists(alive)));
    Ok(idle.select(clip_cuts::clip_id).order(clip_cuts::clip_id).limit(limit).load(tx.conn())?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, row: &CutRow) -> Result<()> {
    debug_assert_eq!(clip.id, row.clip_id);
    diesel::insert_into(clip_cuts::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, row: &CutRow) -> Result<()> {
    debug_assert_eq!(clip.id, row.clip_id);
    diesel::update(clip_cuts::table.find(row.clip_id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    diesel::delete(clip_cuts::table.find(clip.id)).execute(tx.conn())?;
    Ok(())
}
