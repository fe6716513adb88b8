use platform::{Actor, Ctx, Job, Result, Sockets, Tx};
use serde::{Deserialize, Serialize};
use types::NotificationId;
use types::accounts::UserState;

use crate::{mails, store};

/// A user who asked for something so recently is at work, whichever node the user's sockets are on.
const PRESENT_SECONDS: i64 = 3 * 60;
/// Of one conversation or call a user is mailed at most once in so long.
const ONCE_IN_SECONDS: i64 = 15 * 60;

/// Mails a notification that its user has not seen for a while and is not there to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailAwayUser {
    /// The notification.
    pub notification_id: NotificationId,
}

impl Job for MailAwayUser {
    const KIND: &'static str = "mail_away_user";

    async fn run(self, ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, move |tx| mail_if_away(tx, self.notification_id)).await
    }
}

fn mail_if_away(tx: &mut Tx<'_>, id: NotificationId) -> Result<()> {
    let Some(notification) = store::notifications::find(tx, id)? else { return Ok(()) };
    let user = store::users::find(tx, notification.user_id)?;
    let seen_recently = user.last_seen_at.is_some_and(|at| tx.now().seconds_since(at) < PRESENT_SECONDS);
    let is_there = seen_recently || tx.ctx().live().connections_of(Sockets::User(user.id)) > 0;
    let is_settled = notification.read_at.is_some() || notification.mailed_at.is_some();
    let wants = user.state == UserState::Active && user.preferences.0.email_when_away;
    if is_settled || is_there || !wants {
        return Ok(());
    }
    let since = tx.now().plus_seconds(-ONCE_IN_SECONDS);
    if store::notifications::mailed_since(tx, &notification, since)? {
        return Ok(());
    }
    let app = tx.ctx().config().server.app_url();
    let url = match (notification.call_id, notification.comment_id) {
        (Some(call), Some(comment)) => format!("{app}/calls/{call}?comment={comment}"),
        _ => format!("{app}/inbox/{}", notification.thread_id),
    };
    tx.about(notification.contact_id);
    mails::write(tx, mails::texts::notification(&user, &notification, &url))?;
    store::notifications::mark_mailed(tx, id)
}
