//! The second factor: time-based one-time passwords (RFC 6238) and recovery codes.

use platform::{Error, Result};
use qrcode::QrCode;
use qrcode::render::svg;
use rand::{Rng, RngExt};
use totp_rs::{Builder, Secret, Totp};
use types::Timestamp;
use types::accounts::TotpSetup;

/// What a secret is sealed for.
pub(crate) const PURPOSE: &str = "totp";
/// Bytes of a secret: the length of the hash (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// How many recovery codes a user gets.
pub(crate) const RECOVERY_CODES: usize = 10;
/// Letters and digits that are not mistaken for one another.
const CODE_ALPHABET: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Smallest side of the QR code in pixels; it scales without loss.
const QR_SIDE: u32 = 200;

/// The secret of one user's authenticator.
pub(crate) struct SecondFactor {
    totp: Totp,
}

impl SecondFactor {
    /// A new random secret.
    pub(crate) fn new_secret() -> [u8; SECRET_BYTES] {
        let mut secret = [0; SECRET_BYTES];
        rand::rng().fill_bytes(&mut secret);
        secret
    }

    /// The authenticator that holds this secret. `issuer` and `account` are what it shows.
    pub(crate) fn new(secret: &[u8], issuer: &str, account: &str) -> Result<Self> {
        let totp = Builder::new()
            .with_secret(Secret::new(secret.into()))
            .with_issuer(Some(without_colon(issuer)))
            .with_account_name(without_colon(account))
            .build()
            .map_err(|cause| Error::internal(cause.to_string()))?;
        Ok(Self { totp })
    }

    /// The time step that a code belongs to: the present one, or one before or after it. A code counts once, so the
    /// caller stores the step and refuses it and earlier ones from then on (RFC 6238, section 5.2).
    pub(crate) fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let seconds = u64::try_from(now.0 / Timestamp::SECOND).ok()?;
        self.totp.check(&digits, seconds).and_then(|step| i64::try_from(step).ok())
    }

    /// What the user scans or types.
    pub(crate) fn setup(&self) -> Result<TotpSetup> {
        let otpauth_url = self.totp.to_url().map_err(|cause| Error::internal(cause.to_string()))?;
        let code = QrCode::new(otpauth_url.as_bytes()).map_err(Error::internal)?;
        let qr_svg = code.render::<svg::Color<'_>>().min_dimensions(QR_SIDE, QR_SIDE).build();
        Ok(TotpSetup { secret: self.totp.secret().to_base32(), otpauth_url, qr_svg })
    }
}

/// The `otpauth` format separates issuer and account by a colon.
fn without_colon(text: &str) -> String {
    text.replace(':', " ")
}

/// New recovery codes such as `k3mq-7xwd-p2rn`: 59 random bits each.
pub(crate) fn new_recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let group = || {
                (0..4)
                    .map(|_| char::from(CODE_ALPHABET[rand::rng().random_range(0..CODE_ALPHABET.len())]))
                    .collect::<String>()
            };
            [group(), group(), group()].join("-")
        })
        .collect()
}

/// A recovery code as it is hashed, however it was typed.
pub(crate) fn normalise_recovery_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds, in time steps of 30.
    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * Timestamp::SECOND)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B of the RFC, its eight digits cut to six.
        let factor = SecondFactor::new(b"12345678901234567890", "Rapport", "ann@example.com").unwrap();
        assert_eq!(factor.step_of("287082", at(59)), Some(1));
        assert_eq!(factor.step_of("081804", at(1_111_111_109)), Some(37_037_036));
        assert_eq!(factor.step_of("081 804", at(1_111_111_109 + 29)), Some(37_037_036));
        assert_eq!(factor.step_of("081804", at(1_111_111_109 + 90)), None);
        for wrong in ["", "08180", "0818045", "o81804", "-81804"] {
            assert_eq!(factor.step_of(wrong, at(1_111_111_109)), None, "{wrong}");
        }
    }

    #[test]
    fn the_setup_holds_one_secret_in_three_forms() {
        let factor = SecondFactor::new(&SecondFactor::new_secret(), "Acme: Shop", "ann@example.com").unwrap();
        let setup = factor.setup().unwrap();
        assert!(setup.otpauth_url.starts_with("otpauth://totp/"), "{}", setup.otpauth_url);
        assert!(setup.otpauth_url.contains(&setup.secret));
        assert!(setup.qr_svg.contains("<svg"));
    }

    #[test]
    fn recovery_codes_differ_and_survive_typing() {
        let codes = new_recovery_codes();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(different.len(), RECOVERY_CODES);
        assert_eq!(normalise_recovery_code(" K3MQ 7xwd-p2rn "), "k3mq7xwdp2rn");
    }
}
