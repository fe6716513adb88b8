//! One mail on its way out.

use std::time::SystemTime;

/// Header of a mail that a program wrote by itself, such as a notification (RFC 3834, section 5). Answering machines
/// leave such mails alone, so that two of them cannot keep each other busy.
pub const AUTO_GENERATED: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// Header of a mail that a program wrote in answer to a mail, such as an out-of-office reply (RFC 3834, section 5).
pub const AUTO_REPLIED: (&str, &str) = ("Auto-Submitted", "auto-replied");

/// A name and an address (RFC 5322, section 3.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Name to show; may hold any letters, no control characters.
    pub name: Option<String>,
    /// `local@domain`.
    pub address: String,
}

impl Mailbox {
    /// A mailbox without a name.
    pub fn unnamed(address: impl Into<String>) -> Self {
        Self { name: None, address: address.into() }
    }
}

/// An invitation for the recipient's calendar (RFC 6047): an alternative to the text, and attached as `invite.ics` for
/// programs that do not read it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The METHOD that the text holds, in capitals, such as `REQUEST` (RFC 5546, section 1.4).
    pub method: String,
    /// The iCalendar text (RFC 5545).
    pub text: String,
}

/// A mail to hand over. Everything that identifies it is chosen and stored by the caller before the first attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The Message-ID with its angle brackets, `<unique@domain>` (RFC 5322, section 3.6.4); the same at every attempt.
    pub message_id: String,
    /// When the mail was written; the same at every attempt.
    pub date: SystemTime,
    /// Sender, where it differs from that of the settings.
    pub from: Option<Mailbox>,
    /// Where answers go, where that differs from the sender.
    pub reply_to: Option<Mailbox>,
    /// Recipients, at least one. The mail is accepted for all of them or for none.
    pub to: Vec<Mailbox>,
    /// Subject, one line in any letters.
    pub subject: String,
    /// Body as plain text.
    pub text: String,
    /// The same body as HTML; recipients' programs choose (multipart/alternative, RFC 2046).
    pub html: Option<String>,
    /// The invitation that goes with it.
    pub calendar: Option<Calendar>,
    /// Message-ID of the mail that this one answers.
    pub in_reply_to: Option<String>,
    /// Message-IDs of the conversation so far, oldest first.
    pub references: Vec<String>,
    /// Further headers as name and value, for instance [`AUTO_GENERATED`] or `List-Unsubscribe`. Those that the other
    /// fields make cannot be given here.
    pub headers: Vec<(String, String)>,
}
