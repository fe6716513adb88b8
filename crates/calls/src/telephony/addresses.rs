//! Where Rapport fetches from when somebody outside names the address: not from its own network, which nobody outside can
//! reach, unless the settings say so.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

/// Longest wait for a connection, and for the next bytes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most redirects that are followed.
const MOST_REDIRECTS: usize = 5;

/// An address that is refused.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("its address is not one that recordings may be fetched from")]
struct Refused;

/// A client that refuses private addresses, whichever way it is led to them, unless they are allowed.
pub(super) fn client(allow_private: bool) -> reqwest::Result<Client> {
    let follow = Policy::custom(move |attempt| {
        if attempt.previous().len() > MOST_REDIRECTS {
            return attempt.error("too many redirects");
        }
        match check_url(attempt.url(), allow_private) {
            Ok(()) => attempt.follow(),
            Err(refused) => attempt.error(refused),
        }
    });
    // Through a proxy it would be the proxy that looks names up.
    let builder =
        Client::builder().no_proxy().redirect(follow).connect_timeout(PATIENCE).read_timeout(PATIENCE);
    if allow_private { builder.build() } else { builder.dns_resolver(Arc::new(Public)).build() }
}

/// Checks an address before it is asked for anything.
///
/// # Errors
/// Why it is refused.
pub(super) fn check(url: &str, allow_private: bool) -> Result<(), String> {
    let url = Url::parse(url).map_err(|cause| cause.to_string())?;
    check_url(&url, allow_private).map_err(|refused| refused.to_string())
}

/// Why a request failed, if an address was refused.
pub(super) fn refusal(error: &reqwest::Error) -> Option<String> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if error.is::<Refused>() || inner.is_some_and(|inner| inner.is::<Refused>()) {
            return Some(Refused.to_string());
        }
        cause = error.source();
    }
    None
}

/// A name is checked once it is looked up; a number here.
fn check_url(url: &Url, allow_private: bool) -> Result<(), Refused> {
    let is_allowed = allow_private
        || (url.scheme() == "https"
            && match url.host() {
                Some(url::Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
                Some(url::Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
                Some(url::Host::Domain(_)) => true,
                None => false,
            });
    if is_allowed { Ok(()) } else { Err(Refused) }
}

/// Looks names up, and refuses those that lead into a private network.
struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if found.iter().any(|address| !is_public(address.ip())) {
                return Err(io::Error::other(Refused).into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}

/// Whether an address is one of the public internet: none of the special ones of RFC 6890.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_for_protocols = (a, b, c) == (192, 0, 0);
    let is_for_benchmarks = a == 198 && (18..20).contains(&b);
    !(a == 0
        || a >= 240
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || is_shared
        || is_for_protocols
        || is_for_benchmarks)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // IPv4 written as IPv6 (RFC 4291), translated (RFC 6052), and through 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation (RFC 3849) and Teredo (RFC 4380).
        [0x2001, 0 | 0xdb8, ..] => false,
        // Global unicast (RFC 4291).
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for public in ["8.8.8.8", "100.63.0.1", "172.32.0.1", "2600::1", "::ffff:8.8.8.8", "2002:808:808::1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        let v4 = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.8 192.0.2.1 192.168.1.1 \
                  198.18.0.1 224.0.0.1 255.255.255.255";
        let v6 = ":: ::1 fe80::1 fd00::1 ff02::1 2001:db8::1 2001::1 ::ffff:127.0.0.1 64:ff9b::a00:1 2002:a00:1::1";
        for private in v4.split_whitespace().chain(v6.split_whitespace()) {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn only_public_addresses_are_asked_unless_others_are_allowed() {
        for (url, expected) in [
            ("https://api.example.org/x", true),
            ("http://api.example.org/x", false),
            ("https://127.0.0.1/x", false),
            ("https://[::1]/x", false),
            ("https://0x7f000001/x", false),
            ("https://8.8.8.8/x", true),
        ] {
            assert_eq!(check(url, false).is_ok(), expected, "{url}");
            assert!(check(url, true).is_ok(), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_is_refused() {
        let error = client(false).unwrap().get("https://localhost:1/x").send().await.unwrap_err();
        assert!(refusal(&error).is_some(), "{error:?}");
        let error = client(true).unwrap().get("http://localhost:1/x").send().await.unwrap_err();
        assert_eq!(refusal(&error), None);
    }
}
