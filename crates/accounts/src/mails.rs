//! The outbox: every mail is a row first, and nothing in it is lost.
//!
//! A mail is `held` while no SMTP server is set, `queued` until the server has taken it, then `sent`; after three days
//! of failed attempts, or a refusal for good, it is `failed` and can be sent again by hand.

mod deliver;
mod get;
mod list;
mod release_held;
mod retry;
mod retry_all;
pub(crate) mod texts;

use futures_util::future::BoxFuture;
use platform::{Ctx, Result, Tx};
use types::accounts::{Mail, MailState};
use types::{Event, MailId, Permission, Subject, Timestamp};

use crate::store::mails::MailRow;
use crate::{access, store};

pub use deliver::DeliverMail;
pub use get::get_mail;
pub use list::list_mails;
pub use release_held::ReleaseHeldMails;
pub use retry::retry_mail;
pub use retry_all::retry_mails;

/// An invitation that goes with a mail, for the recipient's calendar (RFC 6047).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The METHOD of the text, in capitals, such as `REQUEST` (RFC 5546, section 1.4).
    pub method: String,
    /// The iCalendar text (RFC 5545).
    pub text: String,
}

/// A mail to one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMail {
    /// The recipient's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text for readers without HTML.
    pub text: String,
    /// The same as HTML, if there is such a form.
    pub html: Option<String>,
    /// What it is for, in a word such as `invitation`.
    pub purpose: String,
    /// The sender's name, where it is not that of the settings. The address is always theirs.
    pub from_name: Option<String>,
    /// The address that answers go to, where it is not the sender's.
    pub reply_to: Option<String>,
    /// The invitation that goes with it.
    pub calendar: Option<Calendar>,
}

/// A mail as it is handed to the SMTP server; the same at every attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The Message-ID with its angle brackets (RFC 5322, section 3.6.4), by which a mail that came twice is recognised.
    pub message_id: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// The recipient's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text for readers without HTML.
    pub text: String,
    /// The same as HTML, if there is such a form.
    pub html: Option<String>,
    /// The sender's name, where it is not that of the settings.
    pub from_name: Option<String>,
    /// The address that answers go to, where it is not the sender's.
    pub reply_to: Option<String>,
    /// The invitation that goes with it.
    pub calendar: Option<Calendar>,
}

/// What came of handing a mail over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server has taken it.
    Accepted,
    /// Not now, for this reason; the same mail may be accepted later.
    Later(String),
    /// Never, for this reason.
    Refused(String),
}

/// Hands mails to an SMTP server. The server wires one in when a host is set.
pub trait MailTransport: Send + Sync {
    /// Hands over one mail and waits for the answer.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Delivery>;
}

/// The extension under which the outbox finds its transport. Without one, mails are held.
pub struct Transport(pub Box<dyn MailTransport>);

fn has_transport(ctx: &Ctx) -> bool {
    ctx.extension::<Transport>().is_ok()
}

/// Puts a mail into the outbox. Erasing the contact that the transaction is about erases it too.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn write(tx: &mut Tx<'_>, mail: NewMail) -> Result<MailId> {
    let id: MailId = tx.new_id();
    let host = host_of(&tx.ctx().config().smtp.from_address).to_owned();
    let (calendar_method, calendar_text) = mail.calendar.map(|part| (part.method, part.text)).unzip();
    let row = MailRow {
        id,
        message_id: format!("<{id}.rapport@{host}>"),
        to_address: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        purpose: mail.purpose,
        state: if has_transport(tx.ctx()) { MailState::Queued } else { MailState::Held },
        attempts: 0,
        last_error: None,
        contact_id: tx.contact(),
        created_at: tx.now(),
        sent_at: None,
        from_name: mail.from_name,
        reply_to: mail.reply_to,
        calendar_method,
        calendar_text,
    };
    store::mails::insert(tx, &row)?;
    if row.state == MailState::Queued {
        tx.enqueue(&DeliverMail { mail_id: id })?;
    }
    announce(tx, id)?;
    Ok(id)
}

/// Takes mails out of the outbox, whether they were sent or not: what they were about is gone. Those that are not there
/// any more are left out.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn withdraw(tx: &mut Tx<'_>, ids: &[MailId]) -> Result<()> {
    store::mails::delete(tx, ids)
}

fn host_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("localhost", |(_, host)| host)
}

/// Tells whoever manages mail that a mail came further.
fn announce(tx: &mut Tx<'_>, mail_id: MailId) -> Result<()> {
    tx.emit(Subject::Permission(Permission::ManageMail), Event::MailChanged { mail_id })
}

/// Has a mail tried again from the start, or wait for a transport.
fn queue(tx: &mut Tx<'_>, id: MailId) -> Result<MailRow> {
    let mail = access::lock_mail(tx, id)?;
    let state = if has_transport(tx.ctx()) { MailState::Queued } else { MailState::Held };
    let after = MailRow { state, attempts: 0, last_error: None, ..mail.clone() };
    tx.about(mail.contact_id);
    store::mails::update_state(tx, &mail, &after)?;
    if state == MailState::Queued {
        tx.enqueue(&DeliverMail { mail_id: id })?;
    }
    announce(tx, id)?;
    Ok(after)
}

/// The mail as the actor may see it: without its text when a link in it would let the actor become somebody who may
/// do more.
fn view(tx: &mut Tx<'_>, row: MailRow) -> Result<Mail> {
    let mut mail = Mail::from(row);
    if texts::SIGNS_IN.contains(&mail.purpose.as_str()) && !access::may_read_links_to(tx, &mail.to)? {
        mail.text = "The text is hidden: its link signs in as somebody who may do more than you.".to_owned();
        mail.html = None;
    }
    Ok(mail)
}
