//! Somewhere in a private network that requests may go to.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Network;

/// Somewhere that requests may go to although it is private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Every port of an address or network.
    Network(Network),
    /// One port of a host: a name, or an address as it stands in a URL.
    Host(String, u16),
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(network) = text.parse() {
            return Ok(Self::Network(network));
        }
        let refused = || {
            format!(
                "\"{text}\" is neither an address, a network such as 10.0.0.0/8, nor a host and port such as crm.lan:443"
            )
        };
        let (host, port) = text.rsplit_once(':').ok_or_else(refused)?;
        let port = port.parse().map_err(|_| refused())?;
        let is_bracketed = host.starts_with('[') && host.ends_with(']');
        let is_host =
            !host.is_empty() && !host.contains(['/', '@', ' ']) && (is_bracketed || !host.contains(':'));
        if is_host { Ok(Self::Host(host.to_owned(), port)) } else { Err(refused()) }
    }
}

impl std::fmt::Display for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Network(network) => network.fmt(f),
            Self::Host(host, port) => write!(f, "{host}:{port}"),
        }
    }
}

impl Serialize for Destination {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Destination {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_network_or_a_host_with_its_port() {
        for (text, shown) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("127.0.0.1", "127.0.0.1/32"),
            ("127.0.0.1:80", "127.0.0.1:80"),
            ("[::1]:80", "[::1]:80"),
            ("::1", "::1/128"),
            ("crm.lan:443", "crm.lan:443"),
        ] {
            assert_eq!(text.parse::<Destination>().unwrap().to_string(), shown);
        }
        for bad in ["", "crm.lan", "crm.lan:x", ":80", "http://crm.lan:80", "a b:80", "crm.lan:70000"] {
            assert!(bad.parse::<Destination>().is_err(), "{bad}");
        }
    }
}
