//! The one form of names.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use platform::config::ServerConfig;
use platform::fields::Fields;
use platform::{Result, Tx};
use web::host;

use super::DNS_LABEL;

/// Most characters of a host name (RFC 1035, section 2.3.4), with the label of the TXT record and its dot before it.
const MOST_CHARACTERS: usize = 253 - (DNS_LABEL.len() + 1);

/// A host name in lower case, other letters than ASCII's as A-labels (UTS 46), without the root's dot. Nothing when it is none.
pub(super) fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let name = Uts46::new().to_ascii(
        text.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
        DnsLength::Verify,
    );
    name.ok().map(|name| name.into_owned())
}

/// The name of a domain to add, checked.
pub(super) fn checked(tx: &Tx<'_>, text: &str) -> Result<String> {
    let mut fields = Fields::default();
    // Long before it is looked at closely: what is refused here costs nothing.
    let typed = fields.required("name", text, 253);
    let name = normal(&typed).unwrap_or_default();
    let refusal = refusal(&name, &tx.ctx().config().server);
    if !typed.is_empty()
        && let Some(rule) = refusal
    {
        fields.refuse("name", "malformed", rule.to_owned());
    }
    fields.finish()?;
    Ok(name)
}

fn refusal(name: &str, server: &ServerConfig) -> Option<&'static str> {
    if !name.contains('.') {
        return Some("must be a domain such as meet.example.org");
    }
    if is_address(name) {
        return Some("must be a domain, not an address");
    }
    if name.len() > MOST_CHARACTERS {
        return Some("must have at most 234 characters");
    }
    is_own(name, server).then_some("must not be the name that Rapport itself is reached under")
}

/// Whether a name is one of those that Rapport itself is reached under.
pub(super) fn is_own(name: &str, server: &ServerConfig) -> bool {
    [&server.public_url, &server.spa_origin].into_iter().any(|url| host::of_url(url).as_deref() == Some(name))
}

/// Whether browsers take it for an IPv4 address, or for a broken one, in any notation (WHATWG URL, section 3.5).
fn is_address(name: &str) -> bool {
    let url = reqwest::Url::parse(&format!("http://{name}/"));
    url.map_or(true, |url| url.domain().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_form() {
        assert_eq!(normal(" Meet.Example.ORG. ").as_deref(), Some("meet.example.org"));
        assert_eq!(normal("rendezvous.Bücher.example").as_deref(), Some("rendezvous.xn--bcher-kva.example"));
        assert_eq!(normal("xn--bcher-kva.example").as_deref(), Some("xn--bcher-kva.example"));
        let long = format!("{}.example", "a".repeat(64));
        let bad = [
            "",
            ".",
            "a..example",
            "http://a.example",
            "a.example/x",
            "a.example:80",
            "a b.example",
            "-a.example",
            "a_b.example",
            "[::1]",
            "*.example",
            "a.example?",
            "a\u{0}.example",
            "xn--a.example",
            &long,
        ];
        for text in bad {
            assert_eq!(normal(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_own_names_and_single_labels_are_refused() {
        let server = ServerConfig {
            public_url: "https://Desk.example:8443/rapport".to_owned(),
            spa_origin: "https://app.desk.example".to_owned(),
            ..ServerConfig::default()
        };
        let long = format!("{}.example", ["a"; 115].join("."));
        let refused =
            ["localhost", "127.0.0.1", "0x7f.1", "1.2.3.999", "desk.example", "app.desk.example", &long];
        for name in refused {
            assert!(refusal(name, &server).is_some(), "{name}");
        }
        for name in ["meet.desk.example", "meet.example.org", "xn--bcher-kva.example", "1.example"] {
            assert_eq!(refusal(name, &server), None, "{name}");
        }
    }
}
