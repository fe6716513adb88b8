//! One SMTP session per mail.
//!
//! Sessions are not reused on purpose: a session left in an unknown state by a time-out could take the answer to one
//! mail for the answer to the next, and a mail would count as sent that was not.

use std::time::Duration;

use lettre::{
    Message,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
        response::Response,
    },
};
use tokio::time::timeout;

use crate::{Outgoing, SendError, SmtpSettings, Tls, compose};

/// Longest wait for the goodbye, which changes nothing any more.
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// The server's promise to deliver the mail or to report that it could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The server's reply, code first; it often holds the server's own id of the mail.
    pub response: String,
}

/// Hands mails to one mail server. Cheap to make and to keep: it holds no connection.
#[derive(Debug)]
pub struct Sender {
    settings: SmtpSettings,
    credentials: Option<Credentials>,
    hello_name: ClientId,
}

impl Sender {
    /// Checks the settings; opens no connection.
    ///
    /// # Errors
    /// [`SendError::Invalid`] names the setting at fault.
    pub fn new(settings: SmtpSettings) -> Result<Self, SendError> {
        if settings.host.is_empty() || settings.host.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(SendError::invalid("host", "must be a host name or an address"));
        }
        if settings.port == 0 {
            return Err(SendError::invalid("port", "must be between 1 and 65535"));
        }
        if settings.timeout.is_zero() {
            return Err(SendError::invalid("timeout", "must be longer than nothing"));
        }
        let credentials = match (&settings.username, &settings.password) {
            (Some(username), Some(password)) => Some(Credentials::new(username.clone(), password.clone())),
            (None, None) => None,
            _ => return Err(SendError::invalid("password", "must be given together with username")),
        };
        let sender = compose::sender_of(&settings)?;
        let hello_name = ClientId::Domain(sender.email.domain().to_owned());
        Ok(Self { settings, credentials, hello_name })
    }

    /// Hands over one mail and waits for the server's answer.
    ///
    /// # Errors
    /// See [`SendError`]; [`SendError::retry`] tells whether a later attempt makes sense. An [`SendError::Unreachable`]
    /// may come after the server took the mail (its answer was lost), so that a repeat can arrive twice, with the same
    /// Message-ID.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<Accepted, SendError> {
        let message = compose::compose(outgoing, &self.settings)?;
        let mut connection = self.open().await?;
        let response = self.deliver(&mut connection, &message).await?;
        say_goodbye(connection).await;
        let words: Vec<&str> = response.message().collect();
        Ok(Accepted { response: format!("{} {}", response.code(), words.join(" ")) })
    }

    /// Connects and signs in without sending anything: for a "test these settings" button.
    ///
    /// # Errors
    /// As [`Sender::send`].
    pub async fn check(&self) -> Result<(), SendError> {
        let connection = self.open().await?;
        say_goodbye(connection).await;
        Ok(())
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, SendError> {
        let mut connection = self.within("connecting", self.connect()).await?;
        if let Some(credentials) = &self.credentials {
            let signing_in = async {
                connection
                    .auth(DEFAULT_MECHANISMS, credentials)
                    .await
                    .map_err(|error| SendError::from_signing_in(&error))
            };
            self.within("signing in", signing_in).await?;
        }
        Ok(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let parameters = || {
            TlsParameters::new(self.settings.host.clone()).map_err(|error| SendError::from_connecting(&error))
        };
        let tls_from_start = match self.settings.tls {
            Tls::Tls => Some(parameters()?),
            Tls::None | Tls::StartTls => None,
        };
        let address = (self.settings.host.as_str(), self.settings.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(self.settings.timeout),
            &self.hello_name,
            tls_from_start,
            None,
        )
        .await
        .map_err(|error| SendError::from_connecting(&error))?;
        if self.settings.tls == Tls::StartTls {
            connection
                .starttls(parameters()?, &self.hello_name)
                .await
                .map_err(|error| SendError::from_connecting(&error))?;
        }
        Ok(connection)
    }

    async fn deliver(
        &self,
        connection: &mut AsyncSmtpConnection,
        message: &Message,
    ) -> Result<Response, SendError> {
        let bytes = message.formatted();
        let delivering = async {
            connection
                .send(message.envelope(), &bytes)
                .await
                .map_err(|error| SendError::from_delivering(&error))
        };
        self.within("handing over the mail", delivering).await
    }

    async fn within<T>(
        &self,
        step: &str,
        work: impl Future<Output = Result<T, SendError>>,
    ) -> Result<T, SendError> {
        let limit = self.settings.timeout;
        timeout(limit, work).await.unwrap_or_else(|_| {
            let reason = format!("no answer within {} s while {step}", limit.as_secs_f32());
            Err(SendError::Unreachable { reason })
        })
    }
}

/// Ends the session politely. The mail is accepted by now, so a server that does not answer is no failure.
async fn say_goodbye(mut connection: AsyncSmtpConnection) {
    let _ = timeout(QUIT_TIMEOUT, connection.quit()).await;
}

#[cfg(test)]
#[path = "sender_tests.rs"]
mod tests;
