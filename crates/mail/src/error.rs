//! Why a mail was not accepted, and whether it makes sense to try again.

use lettre::transport::smtp::Error as SmtpError;

/// Why the mail server did not accept a mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The message or the settings break a rule; nothing was sent.
    #[error("{field}: {rule}")]
    Invalid {
        /// Name of the field as in [`crate::Outgoing`] or [`crate::SmtpSettings`].
        field: &'static str,
        /// What the field must be.
        rule: String,
    },
    /// The server could not be reached, did not answer in time, broke off, or does not offer what the settings ask for.
    #[error("the mail server cannot be used: {reason}")]
    Unreachable {
        /// What went wrong, for an administrator.
        reason: String,
    },
    /// The server refused the user name and password, or demands some. A fault of the settings, not of the mail:
    /// it can be sent once an administrator has mended them.
    #[error("the mail server refused to let us sign in: {reason}")]
    SignIn {
        /// The server's words.
        reason: String,
    },
    /// The server refused the mail for now: a 4xx reply (RFC 5321, 4.2.1).
    #[error("the mail server refused the mail for now ({code}): {response}")]
    Deferred {
        /// The three-digit reply code.
        code: u16,
        /// The server's words.
        response: String,
    },
    /// The server refused the mail for good: a 5xx reply (RFC 5321, 4.2.1).
    #[error("the mail server refused the mail ({code}): {response}")]
    Refused {
        /// The three-digit reply code.
        code: u16,
        /// The server's words.
        response: String,
    },
}

impl SendError {
    /// Whether the same mail may be accepted later, unchanged.
    pub fn retry(&self) -> bool {
        match self {
            Self::Invalid { .. } | Self::Refused { .. } => false,
            Self::Unreachable { .. } | Self::SignIn { .. } | Self::Deferred { .. } => true,
        }
    }

    pub(crate) fn invalid(field: &'static str, rule: impl Into<String>) -> Self {
        Self::Invalid { field, rule: rule.into() }
    }

    /// A failure before any mail was named: whatever the reply code, it says nothing about the mail.
    pub(crate) fn from_connecting(error: &SmtpError) -> Self {
        Self::Unreachable { reason: error.to_string() }
    }

    /// A failure while signing in: a negative reply is about the credentials, anything else about the connection.
    pub(crate) fn from_signing_in(error: &SmtpError) -> Self {
        match error.status() {
            Some(_) if error.is_permanent() => Self::SignIn { reason: error.to_string() },
            _ => Self::Unreachable { reason: error.to_string() },
        }
    }

    /// A failure while handing over one mail.
    pub(crate) fn from_delivering(error: &SmtpError) -> Self {
        let Some(code) = error.status().map(u16::from) else {
            // The only complaint of the client itself at this point is an address that the server cannot take.
            return if error.is_client() {
                Self::invalid("to", "the mail server takes only addresses in ASCII (it has no SMTPUTF8)")
            } else {
                Self::Unreachable { reason: error.to_string() }
            };
        };
        let response = server_words(error);
        match code {
            // RFC 4954, 6: authentication required; credentials too weak, invalid, or needing encryption.
            530 | 534 | 535 | 538 => Self::SignIn { reason: response },
            _ if error.is_permanent() => Self::Refused { code, response },
            _ => Self::Deferred { code, response },
        }
    }
}

/// The text of a negative reply without its code.
fn server_words(error: &SmtpError) -> String {
    std::error::Error::source(error).map_or_else(String::new, ToString::to_string)
}
