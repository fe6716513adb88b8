//! The signed-in user: profile, own settings, and what the user should know of.

use super::User;
use crate::wire::{replies, requests, text_enum};
use crate::{
    CallCommentId, CallId, ClipId, MessageId, NotificationId, PermissionSet, TeamId, ThreadId, Timestamp,
};

text_enum! {
    /// A language of the app and of mails.
    pub enum Locale {
        /// English.
        English = "en",
        /// French.
        French = "fr",
    }
}

text_enum! {
    /// The colours of the app.
    pub enum Theme {
        /// As the operating system.
        System = "system",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
}

text_enum! {
    /// Which conversations a user is told about.
    pub enum NotifyAbout {
        /// Every conversation of the user's inboxes.
        Everything = "everything",
        /// Conversations that are the user's, the user's teams' or nobody's.
        MineAndUnassigned = "mine_and_unassigned",
        /// Conversations that are the user's or the user's teams'.
        Mine = "mine",
        /// None.
        Nothing = "nothing",
    }
}

text_enum! {
    /// What a notification is about.
    pub enum NotificationKind {
        /// A visitor started a conversation.
        ConversationStarted = "conversation_started",
        /// A contact wrote in a conversation.
        MessageReceived = "message_received",
        /// A conversation was given to the user or to one of the user's teams.
        Assigned = "assigned",
        /// A comment mentions the user.
        Mentioned = "mentioned",
        /// A colleague shared a clip of a call with the user.
        ClipShared = "clip_shared",
    }
}

replies! {
    /// The signed-in user: profile, preferences and what the user may do.
    pub struct Me {
        /// The profile.
        pub user: User,
        /// What the user may do.
        pub permissions: PermissionSet,
        /// The user's own settings.
        pub preferences: Preferences,
        /// Whether a second factor is asked at sign-in.
        pub totp_enabled: bool,
        /// The teams the user is in.
        pub team_ids: Vec<TeamId>,
    }

    /// Something a user should know of.
    pub struct Notification {
        /// The notification's id.
        pub id: NotificationId,
        /// What it is about.
        pub kind: NotificationKind,
        /// The conversation, if it is about one.
        pub thread_id: Option<ThreadId>,
        /// The message, if it is about one.
        pub message_id: Option<MessageId>,
        /// The call, if it is about one.
        pub call_id: Option<CallId>,
        /// The comment on the call, if it is about one.
        pub comment_id: Option<CallCommentId>,
        /// The clip of the call, if it is about one.
        pub clip_id: Option<ClipId>,
        /// Who caused it: a contact's or a colleague's name.
        pub from_name: String,
        /// The beginning of the message or comment.
        pub preview: String,
        /// Whether the user has seen it.
        pub read: bool,
        /// When.
        pub created_at: Timestamp,
    }

    /// How many notifications the user has not seen.
    pub struct UnreadNotifications {
        /// The count, at most 1000.
        pub count: i64,
    }
}

/// The user's own settings. A field left out of a request takes its default.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// The language of the app and of mails to the user.
    pub locale: Locale,
    /// The colours of the app.
    pub theme: Theme,
    /// Which new messages and conversations the user is told about.
    pub notify_about: NotifyAbout,
    /// Whether the browser shows notifications.
    pub browser_notifications: bool,
    /// Whether a sound is played.
    pub sound: bool,
    /// Whether mentions and assignments are also mailed when the user is not connected.
    pub email_when_away: bool,
    /// Whether the inbox shows the views at its left.
    pub views_shown: bool,
    /// Whether the inbox shows the contact at its right.
    pub details_shown: bool,
    /// The height of the text in the composer, in CSS pixels: 64 to 2000.
    pub composer_height: i32,
}

impl Preferences {
    /// The heights that the composer's text may have, in CSS pixels.
    pub const COMPOSER_HEIGHTS: std::ops::RangeInclusive<i32> = 64..=2000;
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            locale: Locale::English,
            theme: Theme::System,
            notify_about: NotifyAbout::MineAndUnassigned,
            browser_notifications: true,
            sound: true,
            email_when_away: true,
            views_shown: true,
            details_shown: true,
            composer_height: 88,
        }
    }
}

requests! {
    /// Changes of one's own profile; what is left out stays.
    pub struct UpdateMe {
        /// The name: 1 to 100 characters.
        pub name: Option<String>,
        /// One's own settings, all of them.
        pub preferences: Option<Preferences>,
    }

    /// Marks notifications as read.
    pub struct ReadNotifications {
        /// Up to and with this one; absent for all.
        pub up_to: Option<NotificationId>,
        /// Only those of this conversation.
        pub thread_id: Option<ThreadId>,
        /// Only those of this call.
        pub call_id: Option<CallId>,
    }
}
