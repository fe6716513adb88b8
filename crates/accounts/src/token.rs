//! Random tokens: refresh tokens, API tokens and the links of mails. The database keeps their hashes alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use sha2::{Digest, Sha256};

/// A new token: 32 random bytes as 43 characters of base64url (RFC 4648, section 5).
pub fn new_token() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a token: SHA-256 in lower-case hexadecimal. A token is random, so no slow hash is needed.
pub fn hash_token(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (new_token(), new_token());
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
        assert_eq!(hash_token("abc").len(), 64);
        assert!(hash_token("abc").starts_with("ba7816bf"));
    }
}
