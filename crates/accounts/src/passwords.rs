//! Passwords: Argon2id (RFC 9106), hashed beside the async threads and never inside a transaction.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use platform::{Error, Result};
use tokio::sync::Semaphore;
use types::FieldError;

/// Fewest characters of a password.
pub const MIN_CHARACTERS: usize = 10;
/// Most characters of a password: enough for any passphrase, too few to keep the hash busy.
pub const MAX_CHARACTERS: usize = 200;

/// A hash that no password fits, of the same cost as a real one: an unknown address takes as long as a known one.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$ZGVjb3lkZWNveWRlY295$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords, a few at a time: each takes 19 MiB and some 30 ms of a processor.
#[derive(Debug)]
pub struct Passwords {
    at_a_time: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { at_a_time: Semaphore::new(cores) }
    }
}

impl Passwords {
    /// The hash to store, after checking the rule for the field.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `field` when the password is too short or too long.
    pub async fn hash(&self, field: &str, password: &str) -> Result<String> {
        check_rule(field, password)?;
        let password = password.to_owned();
        self.apart(move || hash(&password)).await?
    }

    /// Whether the password fits the hash. Without a hash (an unknown address, a user who was only invited) it takes
    /// as long and says no.
    ///
    /// # Errors
    /// [`Error::Internal`] when the stored hash cannot be read.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.unwrap_or(DECOY).to_owned();
        let fits = self.apart(move || verify(&password, &hash)).await??;
        Ok(fits && known)
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _permit = self.at_a_time.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}

/// Hashes a password on this thread; takes some 30 ms.
///
/// # Errors
/// [`Error::Internal`] when the system gives no random numbers.
pub fn hash(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|cause| Error::internal(cause.to_string()))?.to_string())
}

fn verify(password: &str, hash: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Checks the length of a password to be.
///
/// # Errors
/// [`Error::Invalid`] naming `field` and the rule.
pub fn check_rule(field: &str, password: &str) -> Result<()> {
    let code = match password.chars().count() {
        0..MIN_CHARACTERS => "too_short",
        MIN_CHARACTERS..=MAX_CHARACTERS => return Ok(()),
        _ => "too_long",
    };
    Err(Error::Invalid(vec![FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        detail: format!("must be {MIN_CHARACTERS} to {MAX_CHARACTERS} characters long"),
    }]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let passwords = Passwords::default();
        let hash = passwords.hash("password", "correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("correct house", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("correct horse", None).await.unwrap());
    }

    #[test]
    fn the_decoy_costs_as_much_as_a_real_hash() {
        let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(DECOY), cost(&hash("correct horse").unwrap()));
        assert!(!verify("anything at all", DECOY).unwrap());
    }

    #[test]
    fn lengths_are_checked() {
        assert!(check_rule("password", "ééééééééé").is_err());
        assert!(check_rule("password", "éééééééééé").is_ok());
        assert!(check_rule("password", &"x".repeat(201)).is_err());
    }
}
