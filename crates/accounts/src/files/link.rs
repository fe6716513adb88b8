//! Signed links to the content of files, so that an `<img>` can load one without a credential.

use platform::{Ctx, Result};
use types::{FileId, Timestamp};

use crate::signed_links;

/// What links are signed for.
const PURPOSE: &str = "file-link";
/// Links end on the hour, so that within an hour a file has one link and a browser keeps what it loaded by it.
const HOUR: i64 = 60 * 60;

/// The link to a file's content, relative to the server; valid for one to two hours.
pub(super) fn url(ctx: &Ctx, id: FileId) -> String {
    let expires = expiry(ctx.now());
    let signature = signed_links::sign(ctx, PURPOSE, &id.to_string(), expires);
    format!("/v1/files/{id}/content?expires={expires}&signature={signature}")
}

/// Checks a link, and says for how many seconds it is valid still.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when it was changed or has expired: a link that is wrong names nothing.
pub(super) fn check(ctx: &Ctx, id: FileId, expires: i64, signature: &str) -> Result<u64> {
    signed_links::check(ctx, PURPOSE, &id.to_string(), expires, signature)
}

/// The full hour after the next, in seconds since 1970.
fn expiry(now: Timestamp) -> i64 {
    (now.0 / Timestamp::SECOND).div_euclid(HOUR).saturating_add(2) * HOUR
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
}
