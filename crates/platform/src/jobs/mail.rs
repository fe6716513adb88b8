//! The job that every slice sends mail with.

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::Job;
use crate::{Ctx, Result};

/// A mail to one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMail {
    /// The recipient's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text for readers without HTML.
    pub text: String,
    /// The same as HTML, if there is such a form.
    pub html: Option<String>,
    /// What the mail is for, in a word such as `password_reset`.
    pub purpose: String,
}

/// Carries out [`SendMail`]. The server wires one in as a [`Mailer`].
pub trait MailSender: Send + Sync {
    /// Sends a mail, or keeps it where it is not lost.
    ///
    /// # Errors
    /// Any error has it tried again later.
    fn send<'a>(&'a self, ctx: &'a Ctx, mail: SendMail) -> BoxFuture<'a, Result<()>>;
}

/// The extension under which [`SendMail`] finds its sender.
pub struct Mailer(pub Box<dyn MailSender>);

impl Job for SendMail {
    const KIND: &'static str = "send_mail";

    async fn run(self, ctx: Ctx) -> Result<()> {
        ctx.extension::<Mailer>()?.0.send(&ctx, self).await
    }
}
