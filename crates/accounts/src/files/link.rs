//! Signed links to the content of files, so that an `<img>` can load one without a credential.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform::{Ctx, Error, Result};
use types::{FileId, Timestamp};

/// What links are signed for.
const PURPOSE: &str = "file-link";
/// Links end on the hour, so that within an hour a file has one link and a browser keeps what it loaded by it.
const HOUR: i64 = 60 * 60;

/// The link to a file's content, relative to the server; valid for one to two hours.
pub(super) fn url(ctx: &Ctx, id: FileId) -> String {
    let expires = expiry(ctx.now());
    let signature = URL_SAFE_NO_PAD.encode(sign(ctx, id, expires));
    format!("/v1/files/{id}/content?expires={expires}&signature={signature}")
}

/// Checks a link, and says for how many seconds it is valid still.
///
/// # Errors
/// [`Error::NotFound`] when it was changed or has expired: a link that is wrong names nothing.
pub(super) fn check(ctx: &Ctx, id: FileId, expires: i64, signature: &str) -> Result<u64> {
    let given = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Error::NotFound)?;
    let left = expires.saturating_sub(ctx.now().0 / Timestamp::SECOND);
    let genuine = equal(&given, &sign(ctx, id, expires));
    u64::try_from(left).ok().filter(|left| genuine && *left > 0).ok_or(Error::NotFound)
}

/// The full hour after the next, in seconds since 1970.
fn expiry(now: Timestamp) -> i64 {
    (now.0 / Timestamp::SECOND).div_euclid(HOUR).saturating_add(2) * HOUR
}

fn sign(ctx: &Ctx, id: FileId, expires: i64) -> [u8; 32] {
    ctx.secrets().mac(PURPOSE, format!("{id} {expires}").as_bytes())
}

/// Compares in a time that does not tell where the first difference is.
fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_the_same_within_an_hour_and_valid_for_one() {
        let at = |seconds: i64| expiry(Timestamp(seconds * Timestamp::SECOND));
        assert_eq!(at(7200), 4 * HOUR);
        assert_eq!(at(7200 + 3599), 4 * HOUR);
        assert_eq!(at(7200 + 3600), 5 * HOUR);
    }

    #[test]
    fn signatures_are_compared_whole() {
        assert!(equal(b"abc", b"abc"));
        assert!(!equal(b"abc", b"abd"));
        assert!(!equal(b"abc", b"ab"));
    }
}
