//! Links that the server signs, so that a picture or a player can load something without a credential.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform::{Ctx, Error, Result};
use types::Timestamp;

/// The signature of a link to `named` that ends at `expires`, in seconds since 1970. Links of one `purpose` stand for
/// nothing else.
pub fn sign(ctx: &Ctx, purpose: &str, named: &str, expires: i64) -> String {
    URL_SAFE_NO_PAD.encode(mac(ctx, purpose, named, expires))
}

/// Checks a link, and says for how many seconds it is valid still.
///
/// # Errors
/// [`Error::NotFound`] when it was changed or has expired: a link that is wrong names nothing.
pub fn check(ctx: &Ctx, purpose: &str, named: &str, expires: i64, signature: &str) -> Result<u64> {
    let given = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Error::NotFound)?;
    let left = expires.saturating_sub(ctx.now().0 / Timestamp::SECOND);
    let genuine = equal(&given, &mac(ctx, purpose, named, expires));
    u64::try_from(left).ok().filter(|left| genuine && *left > 0).ok_or(Error::NotFound)
}

fn mac(ctx: &Ctx, purpose: &str, named: &str, expires: i64) -> [u8; 32] {
    ctx.secrets().mac(purpose, format!("{named} {expires}").as_bytes())
}

/// Compares in a time that does not tell where the first difference is.
fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_compared_whole() {
        assert!(equal(b"abc", b"abc"));
        assert!(!equal(b"abc", b"abd"));
        assert!(!equal(b"abc", b"ab"));
    }
}
