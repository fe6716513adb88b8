use platform::{Result, Tx};
use types::accounts::{NotificationKind, NotifyAbout, Preferences, UserState};
use types::{CallCommentId, CallId, ClipId, ContactId, Event, MessageId, Subject, TeamId, ThreadId, UserId};

use super::MailAwayUser;
use crate::store;
use crate::store::notifications::{NO_THREAD, NotificationRow};

/// Most characters of a preview.
const PREVIEW_CHARACTERS: usize = 200;
/// How long a user has to see a notification before it is mailed.
const MAIL_AFTER_SECONDS: i64 = 60;

/// Where something happened that users are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a conversation.
    Thread(ThreadId, Option<MessageId>),
    /// In a comment on a call.
    Call(CallId, CallCommentId),
    /// In a clip of a call.
    Clip(CallId, ClipId),
}

/// What users are to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NotificationKind,
    /// Where it happened.
    pub place: Place,
    /// Who caused it: a contact's or a colleague's name.
    pub from_name: String,
    /// The beginning of the message or comment; it is cut to 200 characters.
    pub preview: String,
    /// The contact that it is about: erasing it erases the notification.
    pub contact_id: Option<ContactId>,
    /// The user who has the conversation.
    pub owner_user_id: Option<UserId>,
    /// The team that has the conversation.
    pub owner_team_id: Option<TeamId>,
}

/// Tells users something, each as the user's preferences want it. Whoever acts is not told, nor is anybody who was
/// deactivated. Mentions, assignments and clips are told whatever the preferences say, and mailed to users who are away.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn notify(tx: &mut Tx<'_>, recipients: &[UserId], notice: &Notice) -> Result<()> {
    let acting = tx.actor().user_id().ok();
    let others: Vec<UserId> = recipients.iter().copied().filter(|id| Some(*id) != acting).collect();
    if others.is_empty() {
        return Ok(());
    }
    let team = match notice.owner_team_id {
        Some(team) if !always_told(notice.kind) => store::teams::members(tx, team)?,
        _ => Vec::new(),
    };
    let mut rows = Vec::new();
    for (user, state, preferences) in store::users::preferences_of(tx, &others)? {
        if state == UserState::Active && wants(user, &preferences.0, notice, &team) {
            rows.push((row(tx, user, notice), preferences.0.email_when_away));
        }
    }
    let stored: Vec<NotificationRow> = rows.iter().map(|(row, _)| row.clone()).collect();
    store::notifications::insert_all(tx, &stored)?;
    let about = tx.contact();
    tx.about(notice.contact_id);
    for (row, mail_when_away) in rows {
        let event = Event::NotificationCreated { notification: row.view() };
        tx.emit(Subject::User(row.user_id), event)?;
        // Of a clip its own mail tells, wherever the user is.
        if mail_when_away && always_told(row.kind) && row.kind != NotificationKind::ClipShared {
            let job = MailAwayUser { notification_id: row.id };
            tx.enqueue_at(&job, tx.now().plus_seconds(MAIL_AFTER_SECONDS))?;
        }
    }
    tx.about(about);
    Ok(())
}

fn row(tx: &Tx<'_>, user_id: UserId, notice: &Notice) -> NotificationRow {
    let (thread_id, message_id) = match notice.place {
        Place::Thread(thread, message) => (thread, message),
        Place::Call(..) | Place::Clip(..) => (NO_THREAD, None),
    };
    let (call_id, comment_id, clip_id) = match notice.place {
        Place::Thread(..) => (None, None, None),
        Place::Call(call, comment) => (Some(call), Some(comment), None),
        Place::Clip(call, clip) => (Some(call), None, Some(clip)),
    };
    NotificationRow {
        id: tx.new_id(),
        user_id,
        kind: notice.kind,
        thread_id,
        message_id,
        call_id,
        comment_id,
        clip_id,
        from_name: notice.from_name.clone(),
        preview: notice.preview.chars().take(PREVIEW_CHARACTERS).collect(),
        contact_id: notice.contact_id,
        read_at: None,
        mailed_at: None,
        created_at: tx.now(),
    }
}

/// Whether it concerns the user so much that the preferences are not asked.
fn always_told(kind: NotificationKind) -> bool {
    matches!(kind, NotificationKind::Mentioned | NotificationKind::Assigned | NotificationKind::ClipShared)
}

/// Whether a user wants to be told. `team` are the members of the team that has the conversation.
fn wants(user: UserId, preferences: &Preferences, notice: &Notice, team: &[UserId]) -> bool {
    let mine = notice.owner_user_id == Some(user) || team.contains(&user);
    let unassigned = notice.owner_user_id.is_none() && notice.owner_team_id.is_none();
    always_told(notice.kind)
        || match preferences.notify_about {
            NotifyAbout::Everything => true,
            NotifyAbout::MineAndUnassigned => mine || unassigned,
            NotifyAbout::Mine => mine,
            NotifyAbout::Nothing => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: UserId = UserId(1);
    const BOB: UserId = UserId(2);

    fn told(
        about: NotifyAbout,
        kind: NotificationKind,
        owner: Option<UserId>,
        team: Option<&[UserId]>,
    ) -> bool {
        let notice = Notice {
            kind,
            place: Place::Thread(ThreadId(1), None),
            from_name: "Visitor".to_owned(),
            preview: "Hello".to_owned(),
            contact_id: None,
            owner_user_id: owner,
            owner_team_id: team.map(|_| TeamId(1)),
        };
        let preferences = Preferences { notify_about: about, ..Preferences::default() };
        wants(ANN, &preferences, &notice, team.unwrap_or_default())
    }

    #[test]
    fn preferences_decide_about_messages() {
        use NotifyAbout::*;
        let message = NotificationKind::MessageReceived;
        let cases = [
            (None, None, [true, true, false, false]),
            (Some(ANN), None, [true, true, true, false]),
            (Some(BOB), None, [true, false, false, false]),
            (None, Some([ANN].as_slice()), [true, true, true, false]),
            (None, Some([BOB].as_slice()), [true, false, false, false]),
        ];
        for (owner, team, expected) in cases {
            let got =
                [Everything, MineAndUnassigned, Mine, Nothing].map(|about| told(about, message, owner, team));
            assert_eq!(got, expected, "{owner:?} {team:?}");
        }
    }

    #[test]
    fn mentions_and_assignments_are_always_told() {
        assert!(told(NotifyAbout::Nothing, NotificationKind::Mentioned, Some(BOB), None));
        assert!(told(NotifyAbout::Nothing, NotificationKind::Assigned, Some(ANN), None));
    }
}
