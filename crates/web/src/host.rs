//! The name that a request was sent to.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderMap, HeaderName};
use platform::config::Network;

use crate::origin;

const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The host that a request was sent to, in lower case, without a port and without the root's dot (RFC 9110, section 7.2).
///
/// `X-Forwarded-Host` is believed only from a trusted proxy, and only if it names one host. Nothing when no host is named, or
/// several are. Use it to choose among names that are known: it is the client's word.
pub fn asked(request: &HttpRequest, trusted: &[Network]) -> Option<String> {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let is_trusted = peer.is_some_and(|peer| trusted.iter().any(|network| network.contains(peer)));
    if is_trusted && let Some(host) = only(request.headers(), X_FORWARDED_HOST) {
        return bare(host);
    }
    // The absolute form wins over the header (RFC 9112, section 3.2.2); in HTTP/2 it is `:authority`.
    match request.uri().authority() {
        Some(authority) => bare(authority.as_str()),
        None => bare(only(request.headers(), HOST)?),
    }
}

/// The host of a URL in the same form; nothing when it has none.
pub fn of_url(url: &str) -> Option<String> {
    bare(origin::of_url(url).split_once("://")?.1)
}

/// The value of a header that is there once and names one.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name);
    let value = values.next()?.to_str().ok()?;
    (values.next().is_none() && !value.contains(',')).then_some(value)
}

/// The host of `host[:port]`.
fn bare(text: &str) -> Option<String> {
    let text = text.trim();
    let host = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => text.split(':').next(),
    }?;
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> Option<String> {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let mut request = TestRequest::get().uri("/meet/ana/intro").peer_addr(peer.parse().unwrap());
        for header in headers {
            request = request.append_header(*header);
        }
        asked(&request.to_http_request(), &trusted)
    }

    #[test]
    fn the_host_has_one_form() {
        let host = |text| seen("192.0.2.1:1", &[("host", text)]);
        assert_eq!(host("Meet.Example.org").as_deref(), Some("meet.example.org"));
        assert_eq!(host("meet.example.org.:8443").as_deref(), Some("meet.example.org"));
        assert_eq!(host("[2001:DB8::1]:80").as_deref(), Some("2001:db8::1"));
        assert_eq!(host(""), None);
        assert_eq!(seen("192.0.2.1:1", &[]), None);
        assert_eq!(seen("192.0.2.1:1", &[("host", "a.example"), ("host", "b.example")]), None);
        let absolute = TestRequest::get().uri("http://a.example:81/x").append_header(("host", "b.example"));
        assert_eq!(asked(&absolute.to_http_request(), &[]).as_deref(), Some("a.example"));
        assert_eq!(of_url("https://Desk.example:8443/rapport").as_deref(), Some("desk.example"));
        assert_eq!(of_url(""), None);
    }

    #[test]
    fn only_a_trusted_proxy_names_another_host() {
        let headers = [("host", "rapport"), ("x-forwarded-host", "meet.example.org")];
        assert_eq!(seen("192.0.2.1:1", &headers).as_deref(), Some("rapport"));
        assert_eq!(seen("10.0.0.7:1", &headers).as_deref(), Some("meet.example.org"));
        let several = [("host", "rapport"), ("x-forwarded-host", "a.example, b.example")];
        assert_eq!(seen("10.0.0.7:1", &several).as_deref(), Some("rapport"));
    }
}
