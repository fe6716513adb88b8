//! What may be asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use platform::config::{Destination, Network, OutgoingConfig};
use reqwest::dns::Resolve;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};

use crate::Refused;
use crate::addresses::is_public;
use crate::resolver::Guarded;

/// Most redirects that are followed.
const MOST_REDIRECTS: usize = 5;

/// What may be asked. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Rule {
    allowed: Arc<[Destination]>,
    encrypted: bool,
}

impl Rule {
    /// The public internet, and the private addresses that the settings list.
    pub fn new(config: &OutgoingConfig) -> Self {
        Self { allowed: config.allowed_private.clone().into(), encrypted: false }
    }

    /// The same, and `http` only to what the settings list: for what must not be read or changed on its way.
    #[must_use]
    pub fn encrypted(self) -> Self {
        Self { encrypted: true, ..self }
    }

    /// The same, and every private address besides, with and without encryption: for a capability that has a setting of its
    /// own for that.
    #[must_use]
    pub fn with_private(self) -> Self {
        let every = |address: IpAddr| Destination::Network(Network::new(address, 0));
        let all = [every(Ipv4Addr::UNSPECIFIED.into()), every(Ipv6Addr::UNSPECIFIED.into())];
        Self { allowed: self.allowed.iter().cloned().chain(all).collect(), encrypted: false }
    }

    /// Checks an address before it is asked for anything: its scheme, and its host where that is a number or a name that
    /// the settings list. Other names are checked when they are looked up.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn require_allowed(&self, url: &Url) -> Result<(), Refused> {
        let is_listed = self.is_listed(url);
        match url.scheme() {
            "https" => {}
            "http" if !self.encrypted || is_listed => {}
            _ => return Err(Refused::Scheme),
        }
        let may = match url.host() {
            Some(_) if is_listed => true,
            Some(url::Host::Ipv4(address)) => is_public(address.into()),
            Some(url::Host::Ipv6(address)) => is_public(address.into()),
            // A name that is listed with other ports is not open at this one.
            Some(url::Host::Domain(name)) => !self.names(name),
            None => return Err(Refused::Host),
        };
        if may { Ok(()) } else { Err(Refused::Private) }
    }

    /// What to build a client from: it looks names up under this rule and follows at most five redirects, each checked.
    /// It has no limits of time yet.
    pub fn client_builder(&self) -> ClientBuilder {
        self.builder(None)
    }

    /// The same with another resolver than the system's, under the same rule.
    pub fn client_builder_with(&self, resolver: Arc<dyn Resolve>) -> ClientBuilder {
        self.builder(Some(resolver))
    }

    fn builder(&self, resolver: Option<Arc<dyn Resolve>>) -> ClientBuilder {
        let rule = self.clone();
        let follow = Policy::custom(move |attempt| {
            if attempt.previous().len() > MOST_REDIRECTS {
                return attempt.error("too many redirects");
            }
            match rule.require_allowed(attempt.url()) {
                Ok(()) => attempt.follow(),
                Err(refused) => attempt.error(refused),
            }
        });
        Client::builder().no_proxy().redirect(follow).dns_resolver(Arc::new(Guarded(self.clone(), resolver)))
    }

    /// Whether a name that was looked up may be connected to at an address.
    pub(crate) fn may_connect(&self, name: &str, address: IpAddr) -> bool {
        is_public(address) || self.is_listed_address(address) || self.names(name)
    }

    /// Whether the settings list exactly this.
    fn is_listed(&self, url: &Url) -> bool {
        let port = url.port_or_known_default();
        let by_host = |host: &str| {
            self.allowed.iter().any(|allowed| match allowed {
                Destination::Host(name, at) => is_name(name, host) && Some(*at) == port,
                Destination::Network(_) => false,
            })
        };
        let Some(host) = url.host_str() else { return false };
        by_host(host)
            || match url.host() {
                Some(url::Host::Ipv4(address)) => self.is_listed_address(address.into()),
                Some(url::Host::Ipv6(address)) => self.is_listed_address(address.into()),
                // It may lead anywhere: `http` to a name needs the name, or a name that can lead nowhere else.
                _ => is_name("localhost", host) && self.is_listed_address(Ipv4Addr::LOCALHOST.into()),
            }
    }

    fn is_listed_address(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|allowed| match allowed {
            Destination::Network(network) => network.contains(address),
            Destination::Host(..) => false,
        })
    }

    /// Whether the settings list this name, whatever the port.
    fn names(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| match allowed {
            Destination::Host(name, _) => is_name(name, host),
            Destination::Network(_) => false,
        })
    }
}

/// Names are compared without regard to case and to the root's dot (RFC 1034, section 3.1).
fn is_name(listed: &str, host: &str) -> bool {
    let bare = |name: &str| name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    bare(listed) == bare(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal;

    fn rule(allowed: &[&str]) -> Rule {
        let allowed_private = allowed.iter().map(|text| text.parse().unwrap()).collect();
        Rule::new(&OutgoingConfig { allowed_private })
    }

    fn refused(rule: &Rule, url: &str) -> Option<Refused> {
        rule.require_allowed(&Url::parse(url).unwrap()).err()
    }

    #[test]
    fn only_public_addresses_are_asked_unless_others_are_listed() {
        let (public, listed) =
            (rule(&[]), rule(&["127.0.0.1:8080", "10.0.0.0/8", "hooks.lan:8443", "[::1]:81"]));
        let cases = [
            ("https://api.example.org/x", None, None),
            ("http://api.example.org/x", None, None),
            ("https://8.8.8.8/x", None, None),
            ("ftp://api.example.org/x", Some(Refused::Scheme), Some(Refused::Scheme)),
            ("https://127.0.0.1/x", Some(Refused::Private), Some(Refused::Private)),
            ("https://127.0.0.1:8080/x", Some(Refused::Private), None),
            ("https://0x7f000001:8080/x", Some(Refused::Private), None),
            ("https://10.1.2.3/x", Some(Refused::Private), None),
            ("https://[::ffff:10.1.2.3]/x", Some(Refused::Private), None),
            ("https://[::1]/x", Some(Refused::Private), Some(Refused::Private)),
            ("http://[::1]:81/x", Some(Refused::Private), None),
            ("https://hooks.lan:8443/x", None, None),
            ("https://hooks.lan:22/x", None, Some(Refused::Private)),
        ];
        for (url, without, with) in cases {
            assert_eq!((refused(&public, url), refused(&listed, url)), (without, with), "{url}");
        }
    }

    #[test]
    fn what_must_be_encrypted_goes_without_only_to_what_is_listed() {
        let rule = rule(&["hooks.lan:80"]).encrypted();
        assert_eq!(refused(&rule, "http://api.example.org/"), Some(Refused::Scheme));
        assert_eq!(refused(&rule, "https://api.example.org/"), None);
        assert_eq!(refused(&rule, "http://Hooks.LAN./"), None);
        assert_eq!(refused(&rule.with_private(), "http://192.168.0.1/"), None);
    }

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_is_refused_when_it_is_looked_up() {
        let get = async |rule: &Rule, url: &str| {
            let client = rule.client_builder().build().unwrap();
            refusal(&client.get(url).send().await.unwrap_err())
        };
        assert_eq!(get(&rule(&[]), "https://localhost:1/x").await, Some(Refused::Private));
        assert_eq!(get(&rule(&["127.0.0.0/8", "::1"]), "http://localhost:1/x").await, None);
        assert_eq!(get(&rule(&["localhost:1"]), "http://localhost:1/x").await, None);
    }
}
