//! The signature of Twilio's callbacks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Whether `X-Twilio-Signature` is right: the HMAC-SHA-1, in base64, of the address as it was given to the provider with
/// its query, followed by each parameter of the form in the order of the names, the name and then the value ("Validating
/// requests are coming from Twilio", Twilio's security documentation). It takes the same time whatever differs.
pub(super) fn is_valid(auth_token: &str, url: &str, form: &[(String, String)], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else { return false };
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()) else { return false };
    mac.update(url.as_bytes());
    let mut sorted: Vec<&(String, String)> = form.iter().collect();
    sorted.sort();
    // A parameter that is sent twice with the same value counts once.
    sorted.dedup();
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Twilio's documentation.
    #[test]
    fn the_documented_example_is_valid() {
        let form: Vec<(String, String)> = [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Caller", "+14158675310"),
            ("CallSid", "CA1234567890ABCDE"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let url = "https://example.com/myapp.php?foo=1&bar=2";
        let signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
        assert!(is_valid("12345", url, &form, signature));
        assert!(!is_valid("12346", url, &form, signature));
        assert!(!is_valid("12345", "https://example.com/myapp.php?foo=1", &form, signature));
        assert!(!is_valid("12345", url, &form[1..], signature));
        for wrong in ["", "x", "L/OH5YylLD5NRKLltdqwSvS0BnQ="] {
            assert!(!is_valid("12345", url, &form, wrong), "{wrong}");
        }
    }
}
