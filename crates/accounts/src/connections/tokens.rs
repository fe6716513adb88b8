//! What a provider hands out, as it is kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform::{Error, Result, Secrets};
use serde::{Deserialize, Serialize};

/// What tokens are sealed for.
const PURPOSE: &str = "connection tokens";
/// What the verifier of a sign-in that has begun is sealed for.
const VERIFIER: &str = "connection verifier";

/// Tokens of one sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    /// What new ones are had for; not every provider gives one.
    pub(crate) refresh: Option<String>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// Sealed, as text.
    pub(crate) fn seal(&self, secrets: &Secrets) -> Result<String> {
        Ok(STANDARD_NO_PAD.encode(secrets.seal(PURPOSE, &serde_json::to_vec(self)?)?))
    }

    /// Opened again.
    pub(crate) fn open(secrets: &Secrets, sealed: &str) -> Result<Self> {
        let sealed = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
        Ok(serde_json::from_slice(&secrets.open(PURPOSE, &sealed)?)?)
    }
}

/// The verifier of a sign-in (RFC 7636), sealed, as text.
pub(crate) fn seal_verifier(secrets: &Secrets, verifier: &str) -> Result<String> {
    Ok(STANDARD_NO_PAD.encode(secrets.seal(VERIFIER, verifier.as_bytes())?))
}

/// The verifier of a sign-in, opened again.
pub(crate) fn open_verifier(secrets: &Secrets, sealed: &str) -> Result<String> {
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
    String::from_utf8(secrets.open(VERIFIER, &sealed)?).map_err(Error::internal)
}
