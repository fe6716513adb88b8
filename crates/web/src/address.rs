//! Where a request came from, seen through proxies that are trusted.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName};
use platform::config::Network;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the client: the last one that no trusted proxy has.
///
/// `X-Forwarded-For` and `Forwarded` (RFC 7239) are believed only from a trusted proxy. A proxy maintains one of the two
/// and lets the other through, so when they disagree neither is believed.
pub fn client_address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    let client = |hops: Vec<Option<IpAddr>>| {
        let mut nearest = peer;
        for hop in hops.into_iter().rev() {
            // An address that cannot be read ends what is known.
            let Some(hop) = hop else { break };
            nearest = hop;
            if !is_trusted(hop) {
                break;
            }
        }
        nearest
    };
    let x_forwarded_for =
        list(headers, X_FORWARDED_FOR).map(|hops| client(hops.iter().map(|h| parse(h)).collect()));
    let forwarded =
        list(headers, FORWARDED).map(|hops| client(hops.iter().map(|h| parse(for_of(h))).collect()));
    match (x_forwarded_for, forwarded) {
        (Some(one), Some(other)) if one != other => peer,
        (one, other) => one.or(other).unwrap_or(peer),
    }
}

/// The comma-separated elements of a header and its repetitions; nothing when it is absent.
fn list(headers: &HeaderMap, name: HeaderName) -> Option<Vec<String>> {
    let elements: Vec<String> = headers
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|element| element.trim().to_owned())
        .collect();
    (!elements.is_empty()).then_some(elements)
}

/// The parameter `for` of an element of `Forwarded`.
fn for_of(element: &str) -> &str {
    element
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("for"))
        .map_or("", |(_, value)| value.trim_matches('"'))
}

/// An address, with or without a port, IPv6 with or without brackets.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None if text.matches(':').count() == 1 => text.split(':').next()?,
        None => text,
    };
    bare.parse().ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn seen(peer: &str, headers: &[(HeaderName, &'static str)]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.clone(), HeaderValue::from_static(value));
        }
        client_address(Some(peer.parse().unwrap()), &map, &trusted).to_string()
    }

    #[test]
    fn headers_of_strangers_are_not_believed() {
        assert_eq!(seen("203.0.113.9", &[(X_FORWARDED_FOR, "1.2.3.4")]), "203.0.113.9");
    }

    #[test]
    fn the_last_untrusted_hop_is_the_client() {
        assert_eq!(seen("10.0.0.1", &[(X_FORWARDED_FOR, "9.9.9.9, 198.51.100.7, 10.1.1.1")]), "198.51.100.7");
        assert_eq!(
            seen("10.0.0.1", &[(X_FORWARDED_FOR, "9.9.9.9"), (X_FORWARDED_FOR, "198.51.100.7")]),
            "198.51.100.7"
        );
        assert_eq!(
            seen("::1", &[(FORWARDED, "for=9.9.9.9, For=\"[2001:db8::7]:4711\";proto=https")]),
            "2001:db8::7"
        );
        assert_eq!(seen("10.0.0.1", &[(X_FORWARDED_FOR, "198.51.100.7:1234")]), "198.51.100.7");
    }

    #[test]
    fn what_cannot_be_read_or_contradicts_itself_is_not_believed() {
        assert_eq!(seen("10.0.0.1", &[(X_FORWARDED_FOR, "9.9.9.9, unknown")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[(X_FORWARDED_FOR, "9.9.9.9"), (FORWARDED, "for=8.8.8.8")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
