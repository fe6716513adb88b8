//! The checksum of a body, in the header `Content-Digest` (RFC 9530).

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::{Ready, ready};
use platform::{Error, Result};
use sha2::{Digest, Sha256};
use types::FieldError;

use crate::Failure;

const HEADER: &str = "Content-Digest";

/// The SHA-256 that a body is announced to have. A request without it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentDigest([u8; 32]);

impl ContentDigest {
    /// Compares it with a body; returns it in lower-case hexadecimal.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `Content-Digest` when the body is another one.
    pub fn check(&self, body: &[u8]) -> Result<String> {
        if Sha256::digest(body)[..] != self.0 {
            return Err(refused("differs", "the body that arrived has another checksum: send it again"));
        }
        Ok(self.0.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl FromRequest for ContentDigest {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let value = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        ready(match value {
            Some(value) => parse(value)
                .map(Self)
                .ok_or_else(|| refused("malformed", "must hold sha-256=:<32 bytes in base64>:").into()),
            None => Err(refused("required", "must hold the SHA-256 of the body: sha-256=:<base64>:").into()),
        })
    }
}

fn refused(code: &str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError {
        field: HEADER.to_owned(),
        code: code.to_owned(),
        detail: detail.to_owned(),
    }])
}

/// The SHA-256 of a dictionary of digests; others are passed over.
fn parse(value: &str) -> Option<[u8; 32]> {
    let digests = value.split(',').filter_map(|member| member.trim().split_once('='));
    let (_, digest) = digests.into_iter().find(|(name, _)| *name == "sha-256")?;
    let base64 = digest.strip_prefix(':')?.strip_suffix(':')?;
    STANDARD.decode(base64).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_compared_with_what_was_announced() {
        let of = |body: &[u8]| format!("md5=:AAAA:, sha-256=:{}:", STANDARD.encode(Sha256::digest(body)));
        let digest = ContentDigest(parse(&of(b"part")).unwrap());
        assert_eq!(digest.check(b"part").unwrap().len(), 64);
        assert!(digest.check(b"apart").unwrap_err().to_string().starts_with("Content-Digest:"));
        for bad in ["", "sha-256=abc", "sha-256=:AAAA:", "sha-512=:AAAA:", "sha-256"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
