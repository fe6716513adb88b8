//! A look at a domain from outside: its TXT record, and what it answers over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData};
use outgoing::Rule;
use platform::{Config, Ctx, Result};
use reqwest::dns::{Addrs, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};
use types::accounts::DomainFault;

use super::{DNS_LABEL, HTTP_PATH, http_body};
use crate::store::domains::DomainRow;

/// Time that a domain has to answer over HTTP.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Time that a DNS server has to answer; it is asked twice.
const DNS_TIMEOUT: Duration = Duration::from_secs(4);
/// Most redirects that are followed, such as from `http` to `https`.
const MOST_REDIRECTS: usize = 3;
/// Most bytes of an answer that are read: more than a right one has.
const READ_BYTES: usize = 1024;

/// What was seen: each proof, or why it is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) dns: Result<(), DomainFault>,
    pub(super) http: Result<(), DomainFault>,
}

/// The extension that looks at domains.
pub struct DomainVerifier {
    /// Nothing where the system names no DNS servers.
    resolver: Option<TokioResolver>,
    rule: Rule,
    client: Client,
    port: u16,
}

impl std::fmt::Debug for DomainVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DomainVerifier")
    }
}

impl DomainVerifier {
    /// A resolver without a memory, since somebody has just changed what it asks for, and a client that stays at the host.
    ///
    /// # Errors
    /// When the system offers no TLS.
    pub fn open(config: &Config) -> Result<Self, reqwest::Error> {
        let servers = &config.domains.dns_servers;
        let resolver = resolver(servers)
            .inspect_err(|cause| tracing::warn!(%cause, "no DNS server is known; domains cannot be verified by a record"))
            .ok();
        let rule = Rule::new(&config.outgoing);
        // Where DNS servers are named, they say where a domain leads too.
        let lookup = resolver.clone().filter(|_| !servers.is_empty());
        let builder = match lookup {
            Some(resolver) => rule.client_builder_with(Arc::new(Lookup(resolver))),
            None => rule.client_builder(),
        };
        let agent = concat!("Rapport-Domains/", env!("CARGO_PKG_VERSION"));
        let follow = rule.clone();
        let policy = Policy::custom(
            move |attempt| {
                if stays(&attempt, &follow) { attempt.follow() } else { attempt.stop() }
            },
        );
        let client = builder.redirect(policy).timeout(TIMEOUT).user_agent(agent).build()?;
        Ok(Self { resolver, rule, client, port: config.domains.http_port })
    }

    async fn dns(&self, row: &DomainRow) -> Result<(), DomainFault> {
        let resolver = self.resolver.as_ref().ok_or(DomainFault::DnsFailed)?;
        let name = absolute(&format!("{DNS_LABEL}.{}", row.name)).map_err(|_| DomainFault::DnsFailed)?;
        let found = match resolver.txt_lookup(name).await {
            Ok(found) => found,
            Err(cause) if cause.is_no_records_found() => return Err(DomainFault::NoRecord),
            Err(cause) => {
                tracing::info!(%cause, domain = row.name, "no DNS server answered");
                return Err(DomainFault::DnsFailed);
            }
        };
        let holds_token = |data: &RData| match data {
            // Long texts come in pieces (RFC 7208, section 3.3).
            RData::TXT(text) => text.txt_data.concat() == row.token.as_bytes(),
            _ => false,
        };
        let is_right = found.answers().iter().any(|record| holds_token(&record.data));
        if is_right { Ok(()) } else { Err(DomainFault::WrongRecord) }
    }

    async fn http(&self, row: &DomainRow) -> Result<(), DomainFault> {
        let url = format!("http://{}:{}{HTTP_PATH}{}", row.name, self.port, row.token);
        let url = Url::parse(&url).map_err(|_| DomainFault::Unreachable)?;
        self.rule.require_allowed(&url).map_err(|_| DomainFault::PrivateAddress)?;
        let reply = self.client.get(url).send().await.map_err(|cause| match outgoing::refusal(&cause) {
            Some(_) => DomainFault::PrivateAddress,
            None => DomainFault::Unreachable,
        })?;
        let status = reply.status();
        if status.is_redirection() {
            return Err(DomainFault::Redirected);
        }
        let body = outgoing::beginning(reply, READ_BYTES).await;
        let is_right = status == reqwest::StatusCode::OK
            && body.len() < READ_BYTES
            && body.trim_ascii() == http_body(&row.token).as_bytes();
        if is_right { Ok(()) } else { Err(DomainFault::WrongAnswer) }
    }
}

/// Looks at a domain for both proofs.
pub(super) async fn look(ctx: &Ctx, row: &DomainRow) -> Result<Seen> {
    let verifier = ctx.extension::<DomainVerifier>()?;
    let (dns, http) = tokio::join!(verifier.dns(row), verifier.http(row));
    Ok(Seen { dns, http })
}

/// Whether a redirect stays at the host: what another host answers proves nothing.
fn stays(attempt: &Attempt<'_>, rule: &Rule) -> bool {
    let before = attempt.previous();
    let is_same = before.first().and_then(Url::host_str) == attempt.url().host_str();
    is_same && before.len() <= MOST_REDIRECTS && rule.require_allowed(attempt.url()).is_ok()
}

fn resolver(servers: &[SocketAddr]) -> Result<TokioResolver, NetError> {
    let mut builder = if servers.is_empty() {
        TokioResolver::builder_tokio()?
    } else {
        let servers = servers.iter().map(|server| {
            let mut named = NameServerConfig::udp_and_tcp(server.ip());
            named.connections.iter_mut().for_each(|connection| connection.port = server.port());
            named
        });
        let config = ResolverConfig::from_name_servers(servers.collect());
        TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
    };
    let options = builder.options_mut();
    (options.timeout, options.attempts, options.cache_size) = (DNS_TIMEOUT, 2, 0);
    builder.build()
}

/// A name that is never completed with a search domain.
fn absolute(name: &str) -> Result<Name, NetError> {
    let mut name = Name::from_ascii(name)?;
    name.set_fqdn(true);
    Ok(name)
}

/// Looks addresses up with the DNS servers of the settings.
struct Lookup(TokioResolver);

impl Resolve for Lookup {
    fn resolve(&self, name: reqwest::dns::Name) -> Resolving {
        let resolver = self.0.clone();
        Box::pin(async move {
            let found = resolver.lookup_ip(absolute(name.as_str())?).await?;
            let found: Vec<SocketAddr> = found.iter().map(|address| SocketAddr::new(address, 0)).collect();
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}
