//! Users, sessions, teams, roles, API tokens, the audit log, notifications, settings and the outbox of mails.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{
    ApiTokenId, AuditEntryId, BuiltinRole, MailId, MessageId, NotificationId, PermissionSet, RoleId,
    SessionId, TeamId, ThreadId, Timestamp, UserId,
};

text_enum! {
    /// Where a user stands.
    pub enum UserState {
        /// Invited, has not set a password yet.
        Invited = "invited",
        /// May sign in.
        Active = "active",
        /// May not sign in; what the user wrote stays.
        Deactivated = "deactivated",
    }
}

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
    }
}

text_enum! {
    /// How far a mail has come.
    pub enum MailState {
        /// Waits because no SMTP server is set; nothing is lost.
        Held = "held",
        /// Waits for its turn or for the next attempt.
        Queued = "queued",
        /// The SMTP server has taken it.
        Sent = "sent",
        /// Given up; it can be sent again by hand.
        Failed = "failed",
    }
}

replies! {
    /// How the account stands before anybody signs in.
    pub struct Setup {
        /// Nobody can sign in yet: the first administrator must be created.
        pub needs_administrator: bool,
        /// The company's name, shown at sign-in.
        pub company_name: String,
        /// In a demo database alone: the sign-ins to try.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub demo_sign_ins: Vec<DemoSignIn>,
    }

    /// A sign-in of the demo.
    pub struct DemoSignIn {
        /// The user's name.
        pub name: String,
        /// The role's name.
        pub role: String,
        /// The address to sign in with.
        pub email: String,
        /// The password.
        pub password: String,
    }

    /// A fresh access token; the refresh token travels in an HttpOnly cookie.
    pub struct SessionReply {
        /// A JWT for `Authorization: Bearer`, valid for some minutes.
        pub access_token: String,
        /// When the access token ends.
        pub expires_at: Timestamp,
        /// Who signed in.
        pub me: Me,
    }

    /// One of the user's sign-ins.
    pub struct Session {
        /// The session's id.
        pub id: SessionId,
        /// Whether this is the session that asks.
        pub current: bool,
        /// The browser, as it described itself.
        pub user_agent: String,
        /// The address it was last used from.
        pub address: String,
        /// When the user signed in.
        pub created_at: Timestamp,
        /// When it was last refreshed.
        pub last_used_at: Timestamp,
    }

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

    /// Somebody who signs in.
    pub struct User {
        /// The user's id.
        pub id: UserId,
        /// The name shown to colleagues and visitors.
        pub name: String,
        /// The address to sign in with.
        pub email: String,
        /// The role.
        pub role_id: RoleId,
        /// Where the user stands.
        pub state: UserState,
        /// When the user was invited or created.
        pub created_at: Timestamp,
        /// When the user was last seen; absent if never.
        pub last_seen_at: Option<Timestamp>,
    }

    /// A second factor about to be set up (RFC 6238).
    pub struct TotpSetup {
        /// The secret in Base32, to type into an authenticator.
        pub secret: String,
        /// The `otpauth://` address.
        pub otpauth_url: String,
        /// The same address as a QR code: an SVG image.
        pub qr_svg: String,
    }

    /// Codes that each stand once for the second factor. They are shown this one time.
    pub struct RecoveryCodes {
        /// The codes.
        pub codes: Vec<String>,
    }

    /// A team.
    pub struct Team {
        /// The team's id.
        pub id: TeamId,
        /// The name.
        pub name: String,
        /// Its members.
        pub member_ids: Vec<UserId>,
    }

    /// A role: a named set of permissions.
    pub struct Role {
        /// The role's id.
        pub id: RoleId,
        /// The name.
        pub name: String,
        /// Set on the roles that come with Rapport and cannot be changed.
        pub builtin: Option<BuiltinRole>,
        /// What its users may do.
        pub permissions: PermissionSet,
        /// How many users have it.
        pub user_count: i64,
    }

    /// A token for programs. Its secret is not in here: it is shown once, when the token is made.
    pub struct ApiToken {
        /// The token's id.
        pub id: ApiTokenId,
        /// What it is for.
        pub name: String,
        /// The beginning of the secret, to recognise it by.
        pub prefix: String,
        /// What it may do; never more than its maker may.
        pub scopes: PermissionSet,
        /// Who made it, and whose inboxes it may use.
        pub user_id: UserId,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last used, to within a minute.
        pub last_used_at: Option<Timestamp>,
        /// When it ends; absent if never.
        pub expires_at: Option<Timestamp>,
    }

    /// A new API token with its secret, which is never shown again.
    pub struct NewApiToken {
        /// The token.
        pub token: ApiToken,
        /// The secret for `Authorization: Bearer`.
        pub secret: String,
    }

    /// One administrative act.
    pub struct AuditEntry {
        /// The entry's id.
        pub id: AuditEntryId,
        /// Who: `user:ID`, `token:ID` or `system`.
        pub actor: String,
        /// The actor's name at that time.
        pub actor_name: String,
        /// What was done, for example `user.deactivated`.
        pub action: String,
        /// The kind of thing it was done to, for example `user`.
        pub subject_kind: String,
        /// The thing's id.
        pub subject_id: String,
        /// What changed.
        pub detail: serde_json::Value,
        /// The address it came from.
        pub address: Option<String>,
        /// When.
        pub created_at: Timestamp,
    }

    /// Something a user should know of.
    pub struct Notification {
        /// The notification's id.
        pub id: NotificationId,
        /// What it is about.
        pub kind: NotificationKind,
        /// The conversation.
        pub thread_id: ThreadId,
        /// The message, if it is about one.
        pub message_id: Option<MessageId>,
        /// Who caused it: a contact's or a colleague's name.
        pub from_name: String,
        /// The beginning of the message.
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

    /// The settings of the whole account.
    pub struct AccountSettings {
        /// The company's name: at sign-in, in mails, in the chat.
        pub company_name: String,
        /// The language of mails to people who have not chosen one.
        pub default_locale: Locale,
    }

    /// A mail in the outbox.
    pub struct Mail {
        /// The mail's id.
        pub id: MailId,
        /// To whom.
        pub to: String,
        /// The subject.
        pub subject: String,
        /// The plain text.
        pub text: String,
        /// The HTML, if there is one.
        pub html: Option<String>,
        /// What it is for, for example `invitation`.
        pub purpose: String,
        /// How far it has come.
        pub state: MailState,
        /// How often sending was tried.
        pub attempts: i32,
        /// Why the last attempt failed.
        pub last_error: Option<String>,
        /// When it was written.
        pub created_at: Timestamp,
        /// When the SMTP server took it.
        pub sent_at: Option<Timestamp>,
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
    /// The first administrator. Works once, while nobody can sign in.
    pub struct CreateFirstAdministrator {
        /// The administrator's name: 1 to 100 characters.
        pub name: String,
        /// The address to sign in with.
        pub email: String,
        /// The password: 10 to 200 characters.
        pub password: String,
        /// The company's name: 1 to 100 characters.
        pub company_name: String,
    }

    /// A sign-in.
    pub struct CreateSession {
        /// The address.
        pub email: String,
        /// The password.
        pub password: String,
        /// Six digits of the authenticator, or a recovery code, if a second factor is set up.
        pub code: Option<String>,
    }

    /// Asks for a mail with a link to set a new password.
    pub struct CreatePasswordReset {
        /// The address to sign in with. The reply is the same whether it is known or not.
        pub email: String,
    }

    /// A new password, by the link of a mail.
    pub struct CompletePasswordReset {
        /// The token of the link.
        pub token: String,
        /// The new password: 10 to 200 characters.
        pub password: String,
    }

    /// An invitation taken up.
    pub struct AcceptInvitation {
        /// The token of the link.
        pub token: String,
        /// The name to be shown: 1 to 100 characters.
        pub name: String,
        /// The password: 10 to 200 characters.
        pub password: String,
    }

    /// Changes of one's own profile; what is left out stays.
    pub struct UpdateMe {
        /// The name: 1 to 100 characters.
        pub name: Option<String>,
        /// One's own settings, all of them.
        pub preferences: Option<Preferences>,
    }

    /// A new password, by the old one. Every other session of the user ends.
    pub struct ChangePassword {
        /// The password until now.
        pub current_password: String,
        /// The new password: 10 to 200 characters.
        pub new_password: String,
    }

    /// Proves that the authenticator works, and switches the second factor on.
    pub struct ConfirmTotp {
        /// Six digits of the authenticator.
        pub code: String,
    }

    /// The password again, before something that weakens the account.
    pub struct ConfirmPassword {
        /// The password.
        pub password: String,
    }

    /// An invitation.
    pub struct CreateUser {
        /// The name: 1 to 100 characters.
        pub name: String,
        /// The address the invitation goes to, and to sign in with.
        pub email: String,
        /// The role.
        pub role_id: RoleId,
        /// The teams to join.
        #[serde(default)]
        pub team_ids: Vec<TeamId>,
    }

    /// Changes of a user; what is left out stays.
    pub struct UpdateUser {
        /// The name: 1 to 100 characters.
        pub name: Option<String>,
        /// The role.
        pub role_id: Option<RoleId>,
    }

    /// A team to be, or the whole of what a team shall be.
    pub struct SaveTeam {
        /// The name: 1 to 100 characters, no two teams the same.
        pub name: String,
        /// The members.
        pub member_ids: Vec<UserId>,
    }

    /// A custom role to be, or the whole of what it shall be.
    pub struct SaveRole {
        /// The name: 1 to 100 characters, no two roles the same.
        pub name: String,
        /// What its users may do.
        pub permissions: PermissionSet,
    }

    /// A new API token.
    pub struct CreateApiToken {
        /// What it is for: 1 to 100 characters.
        pub name: String,
        /// What it may do: at least one permission, and only ones that you hold.
        pub scopes: PermissionSet,
        /// When it ends; absent for never.
        pub expires_at: Option<Timestamp>,
    }

    /// The whole settings of the account.
    pub struct UpdateAccountSettings {
        /// The company's name: 1 to 100 characters.
        pub company_name: String,
        /// The language of mails to people who have not chosen one.
        pub default_locale: Locale,
    }

    /// Marks notifications as read.
    pub struct ReadNotifications {
        /// Up to and with this one; absent for all.
        pub up_to: Option<NotificationId>,
        /// Only those of this conversation.
        pub thread_id: Option<ThreadId>,
    }
}

queries! {
    /// Which users.
    pub struct ListUsers {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only users in this state.
        pub state: Option<UserState>,
    }

    /// Which entries of the audit log.
    pub struct ListAuditEntries {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only acts of this user.
        pub user_id: Option<UserId>,
        /// Only acts whose name starts so, for example `user.`.
        pub action: Option<String>,
        /// Only acts at or after this time.
        pub from: Option<Timestamp>,
        /// Only acts before this time.
        pub until: Option<Timestamp>,
    }

    /// Which mails.
    pub struct ListMails {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only mails in this state.
        pub state: Option<MailState>,
    }
}

paths! {
    /// The id of a user.
    pub struct UserPath {
        /// The user.
        pub user_id: UserId,
    }
    /// The id of a session.
    pub struct SessionPath {
        /// The session.
        pub session_id: SessionId,
    }
    /// The id of a team.
    pub struct TeamPath {
        /// The team.
        pub team_id: TeamId,
    }
    /// The id of a role.
    pub struct RolePath {
        /// The role.
        pub role_id: RoleId,
    }
    /// The id of an API token.
    pub struct ApiTokenPath {
        /// The token.
        pub token_id: ApiTokenId,
    }
    /// The id of a mail.
    pub struct MailPath {
        /// The mail.
        pub mail_id: MailId,
    }
}
