//! The header `Idempotency-Key`, and the fingerprint of the request it came with.

use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::{HttpMessage, HttpRequest};
use platform::{Error, IdempotencyKey, Result};
use sha2::{Digest, Sha256};
use types::FieldError;

/// Chosen by the client: the same key again is answered with the first reply.
pub(crate) const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Says that a reply is the one of an earlier request.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The SHA-256 of a body, left by the extractor that read it.
struct BodyDigest([u8; 32]);

/// Whether a request carries a key, and so needs the digest of its body.
pub(crate) fn is_keyed(request: &HttpRequest) -> bool {
    request.headers().contains_key(KEY)
}

/// Leaves the digest of a body for [`key_of`].
pub(crate) fn keep_digest(request: &HttpRequest, digest: [u8; 32]) {
    request.extensions_mut().insert(BodyDigest(digest));
}

/// The header of a POST; nothing for other methods, or without it. Operations that keep no reply look at it too.
pub(crate) fn header_of(request: &HttpRequest) -> Result<Option<&str>> {
    let Some(value) = request.headers().get(KEY).filter(|_| request.method() == Method::POST) else {
        return Ok(None);
    };
    let is_visible =
        |text: &&str| (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    let key = value.to_str().ok().filter(is_visible).ok_or_else(|| {
        Error::Invalid(vec![FieldError {
            field: "Idempotency-Key".to_owned(),
            code: "malformed".to_owned(),
            detail: "must be 1 to 255 visible ASCII characters".to_owned(),
        }])
    })?;
    Ok(Some(key))
}

/// The key of a POST and the fingerprint of method, path, query and body; nothing for other methods, or without a key.
pub(crate) fn key_of(request: &HttpRequest) -> Result<Option<IdempotencyKey>> {
    let Some(key) = header_of(request)? else { return Ok(None) };
    let mut hash = Sha256::new()
        .chain_update(request.method().as_str())
        .chain_update([0])
        .chain_update(request.uri().path())
        .chain_update([0])
        .chain_update(request.query_string())
        .chain_update([0]);
    if let Some(BodyDigest(digest)) = request.extensions().get() {
        hash.update(digest);
    }
    let fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(IdempotencyKey { key: key.to_owned(), fingerprint }))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_a_post_is_keyed() {
        let request = |method: Method| {
            TestRequest::default().method(method).uri("/v1/x").insert_header((KEY, "a")).to_http_request()
        };
        assert!(key_of(&request(Method::PUT)).unwrap().is_none());
        assert_eq!(key_of(&request(Method::POST)).unwrap().unwrap().key, "a");
        assert!(key_of(&TestRequest::post().to_http_request()).unwrap().is_none());
    }

    #[test]
    fn another_body_has_another_fingerprint() {
        let request = || TestRequest::post().uri("/v1/x").insert_header((KEY, "a")).to_http_request();
        let (one, other) = (request(), request());
        keep_digest(&one, [1; 32]);
        keep_digest(&other, [2; 32]);
        assert_ne!(key_of(&one).unwrap(), key_of(&other).unwrap());
        keep_digest(&other, [1; 32]);
        assert_eq!(key_of(&one).unwrap(), key_of(&other).unwrap());
    }

    #[test]
    fn a_key_is_visible_ascii_of_limited_length() {
        for bad in ["", &"k".repeat(256), "a b"] {
            let request = TestRequest::post().insert_header((KEY, bad)).to_http_request();
            assert!(key_of(&request).unwrap_err().to_string().contains("Idempotency-Key"), "{bad:?}");
        }
    }
}
