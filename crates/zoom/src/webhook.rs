//! Events that Zoom sends (<https://developers.zoom.us/docs/api/webhooks/>).

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::Sha256;

/// Seconds by which the time of an event and ours may differ: an event that is older may be somebody's copy.
pub const MOST_SKEW_SECONDS: i64 = 5 * 60;

/// What Zoom tells of, as far as it matters here. That a recording was deleted at Zoom does not: what was taken over stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Whether the address is ours (`endpoint.url_validation`).
    UrlValidation {
        /// To be given back with its [`digest`].
        plain_token: String,
    },
    /// Recordings or a transcript of a meeting or webinar are ready (`recording.completed`,
    /// `recording.transcript_completed`).
    Recorded {
        /// The account at Zoom.
        account_id: String,
        /// The user at Zoom whose meeting it was.
        host_id: String,
        /// The instance of the meeting.
        meeting_uuid: String,
    },
    /// Somebody removed the app (`app_deauthorized`).
    Deauthorized {
        /// The user at Zoom.
        user_id: String,
    },
    /// Something else.
    Other,
}

#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    event: String,
    #[serde(default)]
    payload: Payload,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload {
    #[serde(rename = "plainToken")]
    plain_token: String,
    account_id: String,
    user_id: String,
    object: Object,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    uuid: String,
    host_id: String,
}

/// HMAC-SHA-256 of a text under the secret token of the app, in lower-case hexadecimal.
pub fn digest(secret_token: &str, text: &[u8]) -> String {
    let digest = keyed(secret_token).chain_update(text).finalize().into_bytes();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether Zoom has sent a body: `x-zm-signature` is `v0=` and the [`digest`] of `v0:`, `x-zm-request-timestamp` (seconds
/// since 1970), `:` and the body. `now` is in seconds since 1970. It takes the same time whatever is wrong.
pub fn is_signed(secret_token: &str, (timestamp, signature): (&str, &str), body: &[u8], now: i64) -> bool {
    let Some(signature) = signature.strip_prefix("v0=").and_then(from_hexadecimal) else { return false };
    let Ok(sent_at) = timestamp.parse::<i64>() else { return false };
    if secret_token.is_empty() || now.abs_diff(sent_at) > MOST_SKEW_SECONDS.unsigned_abs() {
        return false;
    }
    let mac = keyed(secret_token).chain_update("v0:").chain_update(timestamp).chain_update(":");
    mac.chain_update(body).verify_slice(&signature).is_ok()
}

/// A key longer than a block of the hash is hashed first (RFC 2104, section 2).
fn keyed(secret_token: &str) -> Hmac<Sha256> {
    use sha2::Digest;
    let mut block = [0; 64];
    let key = secret_token.as_bytes();
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(key),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    Hmac::new(&block.into())
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| (byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// Reads a body that is signed.
///
/// # Errors
/// When it is no JSON object, or its fields have other types than Zoom's.
pub fn read(body: &[u8]) -> Result<Event, serde_json::Error> {
    // An array would be read as a struct's fields in their order.
    let object: Map<String, Value> = serde_json::from_slice(body)?;
    let Sent { event, payload } = serde_json::from_value(Value::Object(object))?;
    Ok(match event.as_str() {
        "endpoint.url_validation" => Event::UrlValidation { plain_token: payload.plain_token },
        "recording.completed" | "recording.transcript_completed" => Event::Recorded {
            account_id: payload.account_id,
            host_id: payload.object.host_id,
            meeting_uuid: payload.object.uuid,
        },
        "app_deauthorized" => Event::Deauthorized { user_id: payload.user_id },
        _ => Event::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret";
    const NOW: i64 = 1_800_000_000;

    fn signature(secret: &str, timestamp: &str, body: &str) -> String {
        format!("v0={}", digest(secret, format!("v0:{timestamp}:{body}").as_bytes()))
    }

    #[test]
    fn the_digest_is_that_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(digest("Jefe", b"what do ya want for nothing?"), expected);
    }

    #[test]
    fn a_long_secret_is_hashed_first() {
        let long = "k".repeat(131);
        assert_eq!(digest(&long, b"x"), digest_by_definition(&long, b"x"));
    }

    /// HMAC as RFC 2104 defines it.
    fn digest_by_definition(key: &str, text: &[u8]) -> String {
        use sha2::Digest;
        let key = Sha256::digest(key.as_bytes());
        let mut block = [0; 64];
        block[..32].copy_from_slice(&key);
        let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
        let outer = Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize();
        outer.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn a_signature_holds_for_its_body_and_its_time() {
        let (time, body) = (NOW.to_string(), r#"{"event":"x"}"#);
        let good = signature(SECRET, &time, body);
        let is = |time: &str, signature: &str, body: &str, now| {
            is_signed(SECRET, (time, signature), body.as_bytes(), now)
        };
        assert!(
            is(&time, &good, body, NOW)
                && is(&time, &good, body, NOW + 300)
                && is(&time, &good, body, NOW - 300)
        );
        assert!(!is(&time, &good, body, NOW + 301) && !is(&time, &good, body, NOW - 301));
        assert!(!is(&time, &good, "{}", NOW) && !is("1799999999", &good, body, NOW));
        assert!(!is(&time, &good[3..], body, NOW) && !is(&time, &good[..60], body, NOW));
        assert!(!is(&time, &signature("another", &time, body), body, NOW));
        assert!(!is_signed("", (&time, &signature("", &time, body)), body.as_bytes(), NOW));
        for bad in ["", "v0=", "v0=zz", "v1=00", "v0=é", "v0=0"] {
            assert!(!is(&time, bad, body, NOW), "{bad}");
        }
        assert!(!is("", &good, body, NOW) && !is("-9223372036854775808", &good, body, NOW));
    }

    #[test]
    fn events_are_told_apart() {
        let body = br#"{"event":"recording.completed","payload":{"account_id":"a","object":{"uuid":"u","host_id":"h"}}}"#;
        let recorded = Event::Recorded {
            account_id: "a".to_owned(),
            host_id: "h".to_owned(),
            meeting_uuid: "u".to_owned(),
        };
        assert_eq!(read(body).unwrap(), recorded);
        assert_eq!(read(br#"{"event":"recording.deleted","payload":{}}"#).unwrap(), Event::Other);
        assert_eq!(read(b"{}").unwrap(), Event::Other);
        assert!(read(b"[]").is_err() && read(br#"{"event":1}"#).is_err());
    }
}
