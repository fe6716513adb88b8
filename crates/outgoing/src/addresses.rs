//! Which addresses are of the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one of the public internet: none of the special ones of RFC 6890.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // Between a provider and its customers (RFC 6598).
    let is_shared = a == 100 && (64..128).contains(&b);
    // For protocols (RFC 6890), and the relays of 6to4 that were (RFC 7526).
    let is_for_protocols = matches!((a, b, c), (192, 0, 0) | (192, 88, 99));
    // RFC 2544.
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
        // For protocols, Teredo among them (RFC 2928, RFC 4380), and documentation (RFC 3849, RFC 9637).
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
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
                  192.88.99.1 198.18.0.1 224.0.0.1 255.255.255.255";
        let v6 = ":: ::1 ::8.8.8.8 fe80::1 fd00::1 ff02::1 2001:db8::1 2001::1 2001:10::1 3fff::1 ::ffff:127.0.0.1 \
                  64:ff9b::a00:1 64:ff9b:1::1 2002:a00:1::1";
        for private in v4.split_whitespace().chain(v6.split_whitespace()) {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }
}
