//! The one rule of requests to addresses that users gave, or that somebody outside named: webhooks, calendars, feeds,
//! recordings of telephony providers. They reach the public internet, and of private networks what the settings list.
//!
//! - A name is checked after it is looked up, on the addresses that are connected to: a name that is public once and
//!   private the next time (DNS rebinding) leads nowhere.
//! - A number in place of a name is looked up by nobody: [`Rule::require_allowed`] checks it, and must be asked before the
//!   first request to an address. Redirects are checked here.
//! - No proxy is used: it would be the proxy that looks names up.
//!
//! Map: `rule` what is allowed; `resolver` the same for names; `addresses` which addresses are public.

mod addresses;
mod resolver;
mod rule;

use std::io;
use std::time::Duration;

use platform::config::OutgoingConfig;
use reqwest::{Client, Response, Url};

pub use rule::Rule;

/// Longest wait for a connection, and for the next bytes, of [`client`].
const PATIENCE: Duration = Duration::from_secs(30);

/// An address that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is private, or leads into a private network.
    #[error(
        "the address is in a private network, which the settings do not allow (outgoing.allowed_private)"
    )]
    Private,
    /// It is neither `http` nor `https`, or `http` where encryption is asked for.
    #[error("the address must start with https://")]
    Scheme,
    /// It is no address that anything can be fetched from.
    #[error("the address has no host")]
    Host,
}

/// A client that reaches only what the settings allow, with at most five redirects and 30 seconds of patience. Ask
/// [`require_allowed`] before the first request to an address.
///
/// # Errors
/// When the system offers no TLS.
pub fn client(config: &OutgoingConfig) -> reqwest::Result<Client> {
    let rule = Rule::new(config);
    rule.client_builder().connect_timeout(PATIENCE).read_timeout(PATIENCE).build()
}

/// Checks an address before it is asked for anything; see [`Rule::require_allowed`].
///
/// # Errors
/// Why it is refused.
pub fn require_allowed(config: &OutgoingConfig, url: &Url) -> Result<(), Refused> {
    Rule::new(config).require_allowed(url)
}

/// Why a request failed, if an address was refused on the way.
pub fn refusal(error: &reqwest::Error) -> Option<Refused> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let refused = error.downcast_ref::<Refused>();
        if let Some(refused) = refused.or_else(|| inner.and_then(|inner| inner.downcast_ref())) {
            return Some(*refused);
        }
        cause = error.source();
    }
    None
}

/// The beginning of an answer: reading ends with the chunk that reaches so many bytes, or where the answer is cut.
pub async fn beginning(mut reply: Response, bytes: usize) -> Vec<u8> {
    let mut read = Vec::new();
    while read.len() < bytes {
        match reply.chunk().await {
            Ok(Some(chunk)) => read.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    read
}
