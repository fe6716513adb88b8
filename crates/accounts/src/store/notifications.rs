//! Notifications of users.

use db::schema::notifications;
use db::{Cursor, on};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::accounts::{Notification, NotificationKind, ReadNotifications};
use types::{
    CallCommentId, CallId, ClipId, ContactId, MessageId, NotificationId, ThreadId, Timestamp, UserId,
};

use platform::Paging;

/// Stands for the conversation of a notification that is about none: the column cannot be empty, because the release
/// before could not read that.
pub(crate) const NO_THREAD: ThreadId = ThreadId(0);

/// A row of `notifications`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = notifications)]
pub(crate) struct NotificationRow {
    pub(crate) id: NotificationId,
    pub(crate) user_id: UserId,
    pub(crate) kind: NotificationKind,
    pub(crate) thread_id: ThreadId,
    pub(crate) message_id: Option<MessageId>,
    pub(crate) call_id: Option<CallId>,
    pub(crate) comment_id: Option<CallCommentId>,
    pub(crate) clip_id: Option<ClipId>,
    pub(crate) from_name: String,
    pub(crate) preview: String,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) read_at: Option<Timestamp>,
    pub(crate) mailed_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

impl NotificationRow {
    /// The notification as its user sees it.
    pub(crate) fn view(&self) -> Notification {
        Notification {
            id: self.id,
            kind: self.kind,
            thread_id: Some(self.thread_id).filter(|id| *id != NO_THREAD),
            message_id: self.message_id,
            call_id: self.call_id,
            comment_id: self.comment_id,
            clip_id: self.clip_id,
            from_name: self.from_name.clone(),
            preview: self.preview.clone(),
            read: self.read_at.is_some(),
            created_at: self.created_at,
        }
    }
}

pub(crate) fn insert_all(tx: &mut Tx<'_>, rows: &[NotificationRow]) -> Result<()> {
    if !rows.is_empty() {
        on!(tx.conn(), conn => diesel::insert_into(notifications::table).values(rows).execute(conn))?;
    }
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: NotificationId) -> Result<Option<NotificationRow>> {
    let found = notifications::table.find(id).select(NotificationRow::as_select()).get_result(tx.conn());
    Ok(found.optional()?)
}

/// Notifications of a user, the newest first.
pub(crate) fn page(tx: &mut Tx<'_>, user: UserId, paging: &Paging) -> Result<Vec<NotificationRow>> {
    let mut rows = notifications::table
        .filter(notifications::user_id.eq(user))
        .select(NotificationRow::as_select())
        .order((notifications::created_at.desc(), notifications::id.desc()))
        .limit(paging.rows())
        .into_boxed();
    if let Some(after) = &paging.after {
        let (at, id) = (after.number(0)?, after.number(1)?);
        let earlier = notifications::created_at
            .lt(at)
            .or(notifications::created_at.eq(at).and(notifications::id.lt(id)));
        rows = rows.filter(earlier);
    }
    Ok(rows.load(tx.conn())?)
}

/// Where a page that ends with this notification ends.
pub(crate) fn cursor(row: &NotificationRow) -> Cursor {
    Cursor::new([row.created_at.0.into(), row.id.0.into()])
}

/// How many notifications a user has not seen, counted up to `most`.
pub(crate) fn count_unread(tx: &mut Tx<'_>, user: UserId, most: i64) -> Result<i64> {
    let unread = notifications::table
        .filter(notifications::user_id.eq(user))
        .filter(notifications::read_at.is_null())
        .select(notifications::id)
        .limit(most);
    Ok(unread.load::<NotificationId>(tx.conn())?.len() as i64)
}

/// Marks a user's notifications as read: all, or those up to and with one, or of one thread or call; how many it
/// were.
pub(crate) fn mark_read(
    tx: &mut Tx<'_>,
    user: UserId,
    up_to: Option<(Timestamp, NotificationId)>,
    which: &ReadNotifications,
) -> Result<usize> {
    let now = tx.now();
    let mut unread = notifications::table
        .filter(notifications::user_id.eq(user))
        .filter(notifications::read_at.is_null())
        .select(notifications::id)
        .into_boxed();
    if let Some((at, id)) = up_to {
        let earlier = notifications::created_at
            .lt(at)
            .or(notifications::created_at.eq(at).and(notifications::id.le(id)));
        unread = unread.filter(earlier);
    }
    if let Some(thread) = which.thread_id {
        unread = unread.filter(notifications::thread_id.eq(thread));
    }
    if let Some(call) = which.call_id {
        unread = unread.filter(notifications::call_id.eq(call));
    }
    let ids: Vec<NotificationId> = unread.load(tx.conn())?;
    for some in ids.chunks(500) {
        diesel::update(notifications::table.filter(notifications::id.eq_any(some.to_vec())))
            .set(notifications::read_at.eq(now))
            .execute(tx.conn())?;
    }
    Ok(ids.len())
}

/// Whether the user was mailed about the same thread or call since then.
pub(crate) fn mailed_since(tx: &mut Tx<'_>, about: &NotificationRow, since: Timestamp) -> Result<bool> {
    let mut mailed = notifications::table
        .filter(notifications::user_id.eq(about.user_id))
        .filter(notifications::thread_id.eq(about.thread_id))
        .filter(notifications::created_at.gt(since))
        .filter(notifications::mailed_at.is_not_null())
        .select(notifications::id)
        .limit(1)
        .into_boxed();
    if let Some(call) = about.call_id {
        mailed = mailed.filter(notifications::call_id.eq(call));
    }
    Ok(!mailed.load::<NotificationId>(tx.conn())?.is_empty())
}

/// Deletes what users were told about a clip of a call.
pub(crate) fn delete_of_clip(tx: &mut Tx<'_>, call: CallId, clip: ClipId) -> Result<()> {
    let of_clip = notifications::table.filter(notifications::call_id.eq(call));
    diesel::delete(of_clip.filter(notifications::clip_id.eq(clip))).execute(tx.conn())?;
    Ok(())
}

/// Deletes what users were told about a call.
pub(crate) fn delete_of_call(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    diesel::delete(notifications::table.filter(notifications::call_id.eq(call))).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn mark_mailed(tx: &mut Tx<'_>, id: NotificationId) -> Result<()> {
    let now = tx.now();
    diesel::update(notifications::table.find(id)).set(notifications::mailed_at.eq(now)).execute(tx.conn())?;
    Ok(())
}
