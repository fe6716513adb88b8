//! The signature of a delivery, as in the Standard Webhooks specification 1.0.0: HMAC-SHA-256 (RFC 2104) of the event's id,
//! the time of the attempt and the body, joined by dots.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use platform::{Error, Result, Secrets};
use rand::Rng;
use sha2::Sha256;

/// What secrets are sealed for.
const PURPOSE: &str = "webhook secret";
/// What the text of a secret begins with.
const PREFIX: &str = "whsec_";
const BYTES: usize = 32;

/// What the deliveries of one webhook are signed with.
pub(super) struct Secret(Vec<u8>);

impl Secret {
    /// A new one.
    pub(super) fn random() -> Self {
        let mut bytes = vec![0; BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// As it is shown to whoever made it.
    pub(super) fn to_text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// Sealed, as text.
    pub(super) fn seal(&self, secrets: &Secrets) -> Result<String> {
        Ok(STANDARD_NO_PAD.encode(secrets.seal(PURPOSE, &self.0)?))
    }

    /// Opened again.
    pub(super) fn open(secrets: &Secrets, sealed: &str) -> Result<Self> {
        let sealed = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
        secrets.open(PURPOSE, &sealed).map(Self)
    }

    /// The signature of one attempt; `timestamp` is in seconds since 1970.
    pub(super) fn sign(&self, event_id: &str, timestamp: i64, body: &str) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(format!("{event_id}.{timestamp}.{body}").as_bytes());
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_signed_alike() {
        let secret = Secret(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        assert_eq!(secret.to_text(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signature.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
