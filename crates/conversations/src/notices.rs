//! Telling users of what concerns them. Whom a notification reaches by the user's own choice is decided in `accounts`.

use accounts::notifications::{Notice, Place, notify as notify_users};
use platform::{Result, Tx};
use types::UserId;
use types::accounts::NotificationKind;
use types::conversations::Message;

use crate::entries::Author;
use crate::store::threads::ThreadRow;

/// Notifies users of something in a thread that `author` did, in an entry if there is one.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    recipients: &[UserId],
    thread: &ThreadRow,
    kind: NotificationKind,
    (author, message): (&Author, Option<&Message>),
) -> Result<()> {
    if recipients.is_empty() {
        return Ok(());
    }
    let preview = match kind {
        NotificationKind::Mentioned => thread.comment_preview.clone().unwrap_or_default(),
        _ => thread.preview.clone(),
    };
    let notice = Notice {
        kind,
        place: Place::Thread(thread.id, message.map(|message| message.id)),
        from_name: author.name().to_owned(),
        preview,
        contact_id: Some(thread.contact_id),
        owner_user_id: thread.owner_user_id,
        owner_team_id: thread.owner_team_id,
    };
    notify_users(tx, recipients, &notice)
}
