//! Signed identities: what a customer's site vouches for about its user (JWT, RFC 7519, signed with HS256).

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use platform::Error;
use serde::Deserialize;
use types::{ErrorCode, Timestamp, WidgetId};

/// How far the clock of the site may be off, in seconds.
const LEEWAY: f64 = 60.0;

/// The longest subject, in characters.
const MAX_SUBJECT: usize = 200;

/// Who the visitor is, as a site has signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIdentity {
    /// The site's own name for its user; never reused for another.
    pub subject: String,
    /// The user's name.
    pub name: Option<String>,
    /// The user's address.
    pub email: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    nbf: Option<f64>,
    aud: Option<Audience>,
    name: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(&self, widget: WidgetId) -> bool {
        let widget = widget.to_string();
        match self {
            Self::One(audience) => *audience == widget,
            Self::Several(audiences) => audiences.contains(&widget),
        }
    }
}

/// Says that an identity is not accepted, and why.
pub fn refused(detail: &str) -> Error {
    Error::conflict(ErrorCode::IdentityRefused, detail)
}

/// Checks a token against the widget's secret and returns what it vouches for.
///
/// `sub` (1 to 200 characters) and `exp` are required; `aud`, if there, must name the widget; `nbf` is honoured. The
/// algorithm is HS256 whatever the token's header says.
///
/// # Errors
/// `identity_refused` with the reason.
pub fn verify(token: &str, secret: &str, widget: WidgetId, now: Timestamp) -> Result<SignedIdentity, Error> {
    let mut validation = Validation::new(Algorithm::HS256);
    // Times are checked below, against the clock that everything else goes by.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_required_spec_claims::<&str>(&[]);
    let claims = decode::<Claims>(token, &DecodingKey::from_secret(secret.as_bytes()), &validation)
        .map_err(|_| {
            refused(
                "The token is not a JWT with sub and exp, signed with HS256 and the widget's present secret.",
            )
        })?
        .claims;
    let now = now.0 as f64 / Timestamp::SECOND as f64;
    if now >= claims.exp + LEEWAY {
        return Err(refused("The token has expired (exp)."));
    }
    if claims.nbf.is_some_and(|not_before| now < not_before - LEEWAY) {
        return Err(refused("The token is not valid yet (nbf)."));
    }
    if claims.aud.is_some_and(|audience| !audience.names(widget)) {
        return Err(refused("The token is meant for another audience (aud): it must be the widget's id."));
    }
    if claims.sub.trim().is_empty() || claims.sub.chars().count() > MAX_SUBJECT {
        return Err(refused("The token's subject (sub) must have 1 to 200 characters."));
    }
    Ok(SignedIdentity { subject: claims.sub, name: claims.name, email: claims.email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    const SECRET: &str = "ris_0123456789012345678901234567890123456789012";
    const WIDGET: WidgetId = WidgetId(7);
    const NOW: i64 = 1_800_000_000;

    fn signed(algorithm: Algorithm, claims: &Value, secret: &str) -> String {
        encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }

    fn check(token: &str) -> Result<SignedIdentity, Error> {
        verify(token, SECRET, WIDGET, Timestamp(NOW * Timestamp::SECOND))
    }

    fn assert_refused(token: &str) {
        let refused = check(token);
        let is_refusal = matches!(refused, Err(Error::Conflict { code: ErrorCode::IdentityRefused, .. }));
        assert!(is_refusal, "{token}: {refused:?}");
    }

    #[test]
    fn a_signed_identity_is_accepted() {
        let claims =
            json!({"sub": "u1", "exp": NOW + 60, "name": "Ana", "email": "ana@example.org", "aud": ["7"]});
        let identity = check(&signed(Algorithm::HS256, &claims, SECRET)).unwrap();
        assert_eq!(identity.subject, "u1");
        assert_eq!(identity.name.as_deref(), Some("Ana"));
        assert_eq!(identity.email.as_deref(), Some("ana@example.org"));
        let exact = json!({"sub": "u1", "exp": NOW + 60, "aud": "7"});
        assert!(check(&signed(Algorithm::HS256, &exact, SECRET)).is_ok());
    }

    #[test]
    fn anything_else_is_refused() {
        let good = json!({"sub": "u1", "exp": NOW + 60});
        assert_refused(&signed(Algorithm::HS256, &good, "another secret"));
        assert_refused(&signed(Algorithm::HS384, &good, SECRET));
        for bad in [
            json!({"sub": "u1"}),
            json!({"exp": NOW + 60}),
            json!({"sub": "", "exp": NOW + 60}),
            json!({"sub": 5, "exp": NOW + 60}),
            json!({"sub": "x".repeat(201), "exp": NOW + 60}),
            json!({"sub": "u1", "exp": NOW - 61}),
            json!({"sub": "u1", "exp": "tomorrow"}),
            json!({"sub": "u1", "exp": NOW + 600, "nbf": NOW + 120}),
            json!({"sub": "u1", "exp": NOW + 60, "aud": "8"}),
        ] {
            assert_refused(&signed(Algorithm::HS256, &bad, SECRET));
        }
        for garbage in ["", "a", "a.b.c", "..", "é.é.é"] {
            assert_refused(garbage);
        }
    }

    #[test]
    fn a_token_without_or_with_a_changed_signature_is_refused() {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({"sub": "u1", "exp": NOW + 60});
        let unsigned = format!("{}.{}.", part(&json!({"alg": "none", "typ": "JWT"})), part(&claims));
        assert_refused(&unsigned);
        let token = signed(Algorithm::HS256, &claims, SECRET);
        let (head, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = head.split_once('.').unwrap();
        let other = part(&json!({"sub": "u2", "exp": NOW + 60}));
        assert_refused(&format!("{header}.{other}.{signature}"));
        assert_refused(&format!("{head}."));
    }
}
