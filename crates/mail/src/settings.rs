//! Where mail is handed over.

use std::{fmt, time::Duration};

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: only for a server on the same machine or a trusted network.
    None,
    /// Upgraded after connecting (RFC 3207), usually port 587. A server that does not offer it is not used.
    StartTls,
    /// From the first byte (RFC 8314), usually port 465.
    Tls,
}

/// The company's mail server and the sender that mails carry unless they name another.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Host name or address; with TLS also the name that the server's certificate must carry.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the connection. Certificates are checked against the roots that the system trusts.
    pub tls: Tls,
    /// User name; `None` when the server asks for none.
    pub username: Option<String>,
    /// Password that belongs to `username`.
    pub password: Option<String>,
    /// Name shown as the sender; may be empty.
    pub from_name: String,
    /// Address of the sender; its domain is also the name given in the greeting (EHLO).
    pub from_address: String,
    /// Longest wait for each of the three steps: connecting, signing in, handing over the mail.
    pub timeout: Duration,
}

impl fmt::Debug for SmtpSettings {
    /// Leaves the password out, so that it cannot end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("username", &self.username)
            .field("from_name", &self.from_name)
            .field("from_address", &self.from_address)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
