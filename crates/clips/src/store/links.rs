//! Links for people outside, and how often each was opened.

use db::schema::{clip_links, clip_views};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{ClipId, ClipLinkId, Timestamp, UserId};

use super::clips::ClipRow;

/// A row of `clip_links`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = clip_links)]
pub(crate) struct LinkRow {
    pub(crate) id: ClipLinkId,
    pub(crate) clip_id: ClipId,
    pub(crate) token_hash: String,
    /// As `accounts::passwords` makes it.
    pub(crate) password_hash: Option<String>,
    pub(crate) has_transcript: bool,
    pub(crate) expires_at: Timestamp,
    pub(crate) revoked_at: Option<Timestamp>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
}

/// How often a link was opened, and when last.
pub(crate) type Views = (ClipLinkId, i64, Option<Timestamp>);

/// The links of these clips, the latest first.
pub(crate) fn of_clips(tx: &mut Tx<'_>, clips: &[ClipId]) -> Result<Vec<LinkRow>> {
    let some = clip_links::table.filter(clip_links::clip_id.eq_any(clips.to_vec()));
    let latest_first = some.order((clip_links::created_at.desc(), clip_links::id.desc()));
    Ok(latest_first.select(LinkRow::as_select()).load(tx.conn())?)
}

/// How many links a clip has, ended ones too.
pub(crate) fn count(tx: &mut Tx<'_>, clip: ClipId) -> Result<i64> {
    Ok(clip_links::table.filter(clip_links::clip_id.eq(clip)).count().get_result(tx.conn())?)
}

/// A link of a clip.
pub(crate) fn find(tx: &mut Tx<'_>, clip: ClipId, id: ClipLinkId) -> Result<Option<LinkRow>> {
    let of_clip = clip_links::table.find(id).filter(clip_links::clip_id.eq(clip));
    Ok(of_clip.select(LinkRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The link with a secret of this hash.
pub(crate) fn with_token(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<LinkRow>> {
    let with_token = clip_links::table.filter(clip_links::token_hash.eq(token_hash));
    Ok(with_token.select(LinkRow::as_select()).get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, row: &LinkRow) -> Result<()> {
    debug_assert_eq!(clip.id, row.clip_id);
    diesel::insert_into(clip_links::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Ends a link. One that was ended before stays ended since then.
pub(crate) fn revoke(tx: &mut Tx<'_>, link: &Granted<LinkRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(clip_links::table.find(link.id).filter(clip_links::revoked_at.is_null()))
        .set(clip_links::revoked_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a link was opened.
pub(crate) fn add_view(tx: &mut Tx<'_>, link: ClipLinkId) -> Result<()> {
    let row = (
        clip_views::id.eq(tx.new_id::<i64>()),
        clip_views::link_id.eq(link),
        clip_views::viewed_at.eq(tx.now()),
    );
    diesel::insert_into(clip_views::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// How often each of these links was opened; those that never were are left out.
pub(crate) fn views(tx: &mut Tx<'_>, links: &[ClipLinkId]) -> Result<Vec<Views>> {
    Ok(clip_views::table
        .filter(clip_views::link_id.eq_any(links.to_vec()))
        .group_by(clip_views::link_id)
        .select((clip_views::link_id, count_star(), max(clip_views::viewed_at)))
        .load(tx.conn())?)
}

/// Deletes all links of a clip.
pub(crate) fn delete(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    let of_clip = clip_links::table.filter(clip_links::clip_id.eq(clip.id));
    let ids: Vec<ClipLinkId> = of_clip.select(clip_links::id).load(tx.conn())?;
    diesel::delete(clip_views::table.filter(clip_views::link_id.eq_any(ids))).execute(tx.conn())?;
    diesel::delete(of_clip).execute(tx.conn())?;
    Ok(())
}
