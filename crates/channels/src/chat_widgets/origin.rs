//! Origins of the sites that may embed a chat widget.

use std::net::Ipv6Addr;

/// An origin in its one spelling (RFC 6454, section 6.2): `https://www.example.org`, `http://localhost:3000`.
///
/// Lower case, without the port that the scheme implies. A lone slash at the end is forgiven, because addresses are
/// copied with it. What passes can stand in a `Content-Security-Policy` as it is.
///
/// # Errors
/// The rule that `text` breaks, as a sentence.
pub fn normalize(text: &str) -> Result<String, &'static str> {
    let text = text.trim().to_lowercase();
    let (scheme, rest) = text.split_once("://").ok_or("must start with https:// or http://")?;
    let implied_port = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return Err("must start with https:// or http://"),
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '@', '\\']) {
        return Err("must be scheme, host and port alone, such as https://www.example.org");
    }
    let (host, port) = split_port(authority)?;
    if !is_host(host) {
        return Err("must name a host; write a name with other than ASCII letters in its ASCII form (xn--…)");
    }
    match port {
        Some(port) if port != implied_port => Ok(format!("{scheme}://{host}:{port}")),
        _ => Ok(format!("{scheme}://{host}")),
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), &'static str> {
    // The colons of an IPv6 address stand before its bracket.
    let host_end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let Some(colon) = authority.get(host_end..).and_then(|rest| rest.rfind(':')) else {
        return Ok((authority, None));
    };
    let (host, port) = authority.split_at(host_end + colon);
    match port.trim_start_matches(':').parse() {
        Ok(port) if port > 0 => Ok((host, Some(port))),
        _ => Err("has a port that is not a number from 1 to 65535"),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

/// A label of a host name: RFC 1123, section 2.1.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        let normalized = |text| normalize(text).unwrap();
        assert_eq!(normalized("https://www.example.org"), "https://www.example.org");
        assert_eq!(normalized(" HTTPS://WWW.Example.ORG:443/ "), "https://www.example.org");
        assert_eq!(normalized("http://localhost:3000"), "http://localhost:3000");
        assert_eq!(normalized("http://127.0.0.1:80"), "http://127.0.0.1");
        assert_eq!(normalized("http://[::1]:8080"), "http://[::1]:8080");
        assert_eq!(normalized("https://xn--mnchen-3ya.example"), "https://xn--mnchen-3ya.example");
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in [
            "",
            "example.org",
            "//example.org",
            "ftp://example.org",
            "javascript://example.org",
            "https://",
            "https://example.org/path",
            "https://example.org?x",
            "https://example.org#x",
            "https://user@example.org",
            "https://*.example.org",
            "https://example.org; script-src *",
            "https://example..org",
            "https://-a.example",
            "https://münchen.example",
            "https://example.org:0",
            "https://example.org:65536",
            "https://example.org:",
            "https://[::1",
            "https://[zz]",
        ] {
            assert!(normalize(bad).is_err(), "{bad}");
        }
    }
}
