//! Domains of the account's own, under which booking pages are shown.
//!
//! - A domain is used once it was shown to be the account's: by a TXT record, or by what it answers over HTTP. Whoever holds the
//!   DNS of a name or what answers there decides; nobody else can take a name.
//! - It is looked at again every day. A proof that is gone for three days makes it failing; nobody but a user removes it.
//! - Rapport answers the HTTP proof of its own domains itself, so that a domain that leads here proves itself.
//! - Names are kept in the one form that requests carry: lower case, A-labels.
//!
//! Map: `names` that form; `look` at the outside world; `outcome` what comes of it; `recheck` the daily look; `answer` what is
//! told to proxies and to whoever looks; the rest is one operation a file.

mod answer;
mod check;
mod create;
mod delete;
mod get;
mod list;
mod look;
mod names;
mod outcome;
mod recheck;
mod verify;

use platform::{Result, Tx};
use types::accounts::{Domain, DomainFault, DomainState};
use types::{DomainId, Event, Permission, Subject};

use crate::store;
use crate::store::domains::DomainRow;

pub use answer::mount_challenge;
pub use check::check_domain;
pub use create::create_domain;
pub use delete::delete_domain;
pub use get::get_domain;
pub use list::list_domains;
pub use look::DomainVerifier;
pub use recheck::RecheckDomains;
pub use verify::verify_domain;

/// Most domains of an account: each is looked at daily.
const MOST: i64 = 50;
/// Label of the TXT record that proves a domain.
const DNS_LABEL: &str = "_rapport-challenge";
/// Path below which the HTTP proof is answered (RFC 8615).
const HTTP_PATH: &str = "/.well-known/rapport-challenge/";

/// Whether requests to this host are for a domain of the account: one that was verified, though it may be failing now.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn is_connected(tx: &mut Tx<'_>, host: &str) -> Result<bool> {
    Ok(store::domains::named(tx, host)?.is_some_and(|row| row.verified_at.is_some()))
}

/// The name of a domain that can be chosen, in its normal form. It stays so to the end of the transaction. Nothing when no domain
/// has the name, or it is not verified.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn choosable(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>> {
    let Some(name) = names::normal(name) else { return Ok(None) };
    let row = store::domains::named_locked(tx, &name)?;
    Ok(row.filter(|row| row.state == DomainState::Verified).map(|row| row.name))
}

/// Tells whoever manages domains that one changed.
fn announce(tx: &mut Tx<'_>, domain_id: DomainId) -> Result<()> {
    tx.emit(Subject::Permission(Permission::ManageDomains), Event::DomainChanged { domain_id })
}

/// What must be answered over HTTP: more than the token, which stands in the address, so that a page that repeats its address
/// proves nothing.
fn http_body(token: &str) -> String {
    format!("rapport-challenge={token}")
}

fn sentence(fault: DomainFault) -> &'static str {
    match fault {
        DomainFault::NoRecord => "There is no TXT record at the name.",
        DomainFault::WrongRecord => "The TXT records at the name hold something else.",
        DomainFault::DnsFailed => "The DNS servers did not answer, or with an error.",
        DomainFault::Unreachable => "The domain leads nowhere, or nothing answers there.",
        DomainFault::PrivateAddress => {
            "The domain leads into a private network, which the settings do not allow (outgoing.allowed_private)."
        }
        DomainFault::Redirected => "The answer leads to another host.",
        DomainFault::WrongAnswer => "Something else is answered.",
    }
}

impl DomainRow {
    fn to_wire(&self, http_port: u16) -> Domain {
        let port = if http_port == 80 { String::new() } else { format!(":{http_port}") };
        let faults: Vec<_> = [self.dns_fault, self.http_fault].into_iter().flatten().map(sentence).collect();
        Domain {
            id: self.id,
            name: self.name.clone(),
            state: self.state,
            dns_name: format!("{DNS_LABEL}.{}", self.name),
            dns_value: self.token.clone(),
            http_url: format!("http://{}{port}{HTTP_PATH}{}", self.name, self.token),
            http_body: http_body(&self.token),
            proof: self.proof,
            dns_fault: self.dns_fault,
            http_fault: self.http_fault,
            error: (!faults.is_empty()).then(|| faults.join(" ")),
            verified_at: self.verified_at,
            checked_at: self.checked_at,
            failing_since: self.failing_since,
            created_by: self.created_by,
            created_at: self.created_at,
        }
    }
}

/// A domain as it is shown.
fn shown(tx: &Tx<'_>, row: &DomainRow) -> Domain {
    row.to_wire(tx.ctx().config().domains.http_port)
}
