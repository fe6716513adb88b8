//! Comments on calls.

use db::schema::call_comments;
use db::{Cursor, Json};
use diesel::prelude::*;
use platform::{Granted, Paging, Result, Tx};
use types::calls::CallComment;
use types::{CallCommentId, CallId, Timestamp, UserId};

use super::calls::CallRow;

/// A row of `call_comments`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = call_comments, treat_none_as_null = true)]
pub(crate) struct CommentRow {
    pub(crate) id: CallCommentId,
    pub(crate) call_id: CallId,
    pub(crate) parent_id: Option<CallCommentId>,
    pub(crate) author_id: Option<UserId>,
    pub(crate) author_name: String,
    pub(crate) at_ms: Option<i64>,
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) mentioned_user_ids: Json<Vec<UserId>>,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
}

impl CommentRow {
    /// As it is shown.
    pub(crate) fn to_wire(&self) -> CallComment {
        CallComment {
            id: self.id,
            call_id: self.call_id,
            parent_id: self.parent_id,
            author_id: self.author_id,
            author_name: self.author_name.clone(),
            at_ms: self.at_ms,
            html: self.html.clone(),
            mentioned_user_ids: self.mentioned_user_ids.0.clone(),
            created_at: self.created_at,
            edited_at: self.edited_at,
        }
    }
}

/// The comment of a call.
pub(crate) fn find(tx: &mut Tx<'_>, call: CallId, id: CallCommentId) -> Result<Option<CommentRow>> {
    let comment = call_comments::table.find(id).filter(call_comments::call_id.eq(call));
    Ok(comment.select(CommentRow::as_select()).get_result(tx.conn()).optional()?)
}

/// Comments on a call, the oldest first.
pub(crate) fn page(tx: &mut Tx<'_>, call: CallId, paging: &Paging) -> Result<Vec<CommentRow>> {
    let mut rows = call_comments::table
        .filter(call_comments::call_id.eq(call))
        .select(CommentRow::as_select())
        .order((call_comments::created_at, call_comments::id))
        .limit(paging.rows())
        .into_boxed();
    if let Some(after) = &paging.after {
        let (at, id) = (Timestamp(after.number(0)?), CallCommentId(after.number(1)?));
        rows = rows.filter(call_comments::created_at.ge(at));
        rows = rows.filter(call_comments::created_at.gt(at).or(call_comments::id.gt(id)));
    }
    Ok(rows.load(tx.conn())?)
}

/// Where a page that ends with this comment ends.
pub(crate) fn cursor(row: &CommentRow) -> Cursor {
    Cursor::new([row.created_at.0.into(), row.id.0.into()])
}

/// Whether somebody has answered a comment.
pub(crate) fn is_answered(tx: &mut Tx<'_>, id: CallCommentId) -> Result<bool> {
    let answers = call_comments::table.filter(call_comments::parent_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(answers)).get_result(tx.conn())?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &CommentRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    diesel::insert_into(call_comments::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &CommentRow) -> Result<()> {
    let of_call = call_comments::table.find(row.id).filter(call_comments::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a comment with its answers.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Granted<CallRow>, id: CallCommentId) -> Result<()> {
    let of_call = call_comments::table.filter(call_comments::call_id.eq(call.id));
    diesel::delete(of_call.filter(call_comments::parent_id.eq(id))).execute(tx.conn())?;
    diesel::delete(of_call.filter(call_comments::id.eq(id))).execute(tx.conn())?;
    Ok(())
}
