//! Hands the outbox's mails to the company's mail server.

use std::time::{Duration, UNIX_EPOCH};

use accounts::mails::{Delivery, Letter, MailTransport};
use anyhow::Result;
use futures_util::future::BoxFuture;
use mail::{AUTO_GENERATED, Mailbox, Outgoing, Sender, SmtpSettings, Tls};
use platform::config::{SmtpConfig, SmtpSecurity};

/// How long each step of handing a mail over may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Sends over SMTP.
pub(crate) struct SmtpTransport {
    sender: Sender,
    /// The address that all mails are from.
    from_address: String,
}

impl SmtpTransport {
    /// The transport that the settings name; nothing without a host.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub(crate) fn open(config: &SmtpConfig) -> Result<Option<Self>> {
        if config.host.is_empty() {
            return Ok(None);
        }
        let credential = |text: &String| (!config.username.is_empty()).then(|| text.clone());
        let sender = Sender::new(SmtpSettings {
            host: config.host.clone(),
            port: config.port,
            tls: match config.security {
                SmtpSecurity::Starttls => Tls::StartTls,
                SmtpSecurity::Tls => Tls::Tls,
                SmtpSecurity::None => Tls::None,
            },
            username: credential(&config.username),
            password: credential(&config.password),
            from_name: config.from_name.clone(),
            from_address: config.from_address.clone(),
            timeout: TIMEOUT,
        });
        let from_address = config.from_address.clone();
        sender
            .map(|sender| Some(Self { sender, from_address }))
            .map_err(|cause| anyhow::anyhow!("smtp.{cause}"))
    }
}

impl SmtpTransport {
    /// The sender in the name of somebody. The address stays: a mail server takes no other one for granted.
    fn sender_named(&self, name: String) -> Mailbox {
        Mailbox { name: Some(name), address: self.from_address.clone() }
    }
}

impl MailTransport for SmtpTransport {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Delivery> {
        Box::pin(async move {
            let written = Duration::from_micros(u64::try_from(letter.written_at.0).unwrap_or_default());
            let outgoing = Outgoing {
                message_id: letter.message_id.clone(),
                date: UNIX_EPOCH + written,
                from: letter.from_name.clone().map(|name| self.sender_named(name)),
                reply_to: letter.reply_to.as_ref().map(Mailbox::unnamed),
                to: vec![Mailbox::unnamed(&letter.to)],
                subject: letter.subject.clone(),
                text: letter.text.clone(),
                html: letter.html.clone(),
                calendar: letter
                    .calendar
                    .clone()
                    .map(|part| mail::Calendar { method: part.method, text: part.text }),
                in_reply_to: None,
                references: Vec::new(),
                headers: vec![(AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned())],
            };
            match self.sender.send(&outgoing).await {
                Ok(_) => Delivery::Accepted,
                Err(cause) if cause.retry() => Delivery::Later(cause.to_string()),
                Err(cause) => Delivery::Refused(cause.to_string()),
            }
        })
    }
}
