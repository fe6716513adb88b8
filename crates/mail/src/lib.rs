//! Mail: handing messages to the company's own mail server over SMTP (RFC 5321).
//!
//! One outside thing and nothing else: no actor, no tables, no queue. Whoever sends keeps the mail in its own
//! outbox and asks [`SendError::retry`] whether to try again.
//!
//! What holds here:
//! - The **Message-ID and the date are the caller's** and are never replaced, so that a mail which had to be sent
//!   twice (the connection broke after the server took it) can be recognised as the same mail, and so that answers
//!   find their conversation.
//! - [`Accepted`] is returned only after the server's positive answer to the whole message; what happens to the
//!   connection afterwards no longer matters.
//! - Nothing that a caller passes can add a header or a recipient: values with control characters are refused
//!   before a connection is opened.
//!
//! Map: [`Outgoing`] is the message, [`SmtpSettings`] says where it goes, [`Sender`] brings it there.

mod compose;
mod error;
mod outgoing;
mod sender;
mod settings;

pub use error::SendError;
pub use outgoing::{AUTO_GENERATED, AUTO_REPLIED, Calendar, Mailbox, Outgoing};
pub use sender::{Accepted, Sender};
pub use settings::{SmtpSettings, Tls};
