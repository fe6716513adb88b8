//! What administrators see of the whole account: settings, the audit log and the outbox of mails.

use super::Locale;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{AuditEntryId, MailId, Timestamp, UserId};

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

requests! {
    /// The whole settings of the account.
    pub struct UpdateAccountSettings {
        /// The company's name: 1 to 100 characters.
        pub company_name: String,
        /// The language of mails to people who have not chosen one.
        pub default_locale: Locale,
    }
}

queries! {
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
    /// The id of a mail.
    pub struct MailPath {
        /// The mail.
        pub mail_id: MailId,
    }
}
