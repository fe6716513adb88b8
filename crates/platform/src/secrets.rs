//! The key outside the database: encrypts credentials at rest and signs tokens.

use std::io::Write;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;

use crate::config::SecretsConfig;
use crate::{Error, Result};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The key of this installation.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    /// Takes the key from the settings, or from the key file, which is made when there is none (readable by its owner
    /// alone).
    ///
    /// # Errors
    /// [`Error::Internal`] naming the file or the setting, when it cannot be read or is not 32 bytes in base64.
    pub fn load(config: &SecretsConfig) -> Result<Self> {
        if !config.key.is_empty() {
            return decode(&config.key, "secrets.key");
        }
        let path = &config.key_file;
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => decode(&text, &name),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                create(path).map_err(|cause| Error::internal(format!("{name}: {cause}")))?;
                // Read it back: another process may have been faster.
                let text = std::fs::read_to_string(path)
                    .map_err(|cause| Error::internal(format!("{name}: {cause}")))?;
                decode(&text, &name)
            }
            Err(cause) => Err(Error::internal(format!("{name}: {cause}"))),
        }
    }

    /// A key for one purpose, such as `access-jwt`: HMAC-SHA-256 (RFC 2104) of the purpose under the installation's
    /// key. Keys of different purposes tell nothing about each other.
    pub fn subkey(&self, purpose: &str) -> [u8; KEY_BYTES] {
        self.mac("subkey", purpose.as_bytes())
    }

    /// An authentication code of `message` for one purpose: HMAC-SHA-256.
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; KEY_BYTES] {
        // HMAC pads a shorter key with zeros to the block of its hash.
        let mut block = [0; 64];
        block[..KEY_BYTES].copy_from_slice(&self.key);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// Encrypts and authenticates for one purpose (XChaCha20-Poly1305). The nonce stands in front. What was sealed for
    /// one purpose cannot be opened for another.
    ///
    /// # Errors
    /// [`Error::Internal`] when the text is too long for the cipher (256 GiB).
    pub fn seal(&self, purpose: &str, text: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: purpose.as_bytes() })
            .map_err(|_| Error::internal("cannot encrypt"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`seal`](Self::seal) made for the same purpose.
    ///
    /// # Errors
    /// [`Error::Internal`] when it was changed, or sealed with another key or for another purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let refused = || Error::internal("a stored secret does not fit the key of this installation");
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(refused)?;
        self.cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: purpose.as_bytes() })
            .map_err(|_| refused())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.subkey("seal").into())
    }
}

fn decode(text: &str, name: &str) -> Result<Secrets> {
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
    bytes
        .map(|key| Secrets { key })
        .ok_or_else(|| Error::internal(format!("{name} must be {KEY_BYTES} bytes in base64")))
}

/// Writes a new key beside its place and links it there, so that nobody ever reads half a key and of two processes
/// that start at the same time one wins.
fn create(path: &Path) -> std::io::Result<()> {
    if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
        std::fs::create_dir_all(directory)?;
    }
    let mut key = [0; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(STANDARD.encode(key).as_bytes())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_file(name: &str) -> SecretsConfig {
        let directory = std::env::temp_dir().join(format!("rapport-secrets-{}", std::process::id()));
        SecretsConfig { key_file: directory.join(name), key: String::new() }
    }

    #[test]
    fn the_key_file_is_made_once_for_its_owner_alone() {
        let config = in_file("made.key");
        let first = Secrets::load(&config).unwrap();
        let second = Secrets::load(&config).unwrap();
        assert_eq!(first.subkey("a"), second.subkey("a"));
        assert_ne!(first.subkey("a"), first.subkey("b"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&config.key_file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::remove_file(config.key_file).unwrap();
    }

    #[test]
    fn a_damaged_key_is_refused() {
        let config = SecretsConfig { key: "c2hvcnQ=".to_owned(), ..SecretsConfig::default() };
        assert!(Secrets::load(&config).unwrap_err().to_string().contains("secrets.key must be 32 bytes"));
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_alone() {
        let secrets = Secrets { key: [7; KEY_BYTES] };
        let sealed = secrets.seal("totp", b"words").unwrap();
        assert_eq!(secrets.open("totp", &sealed).unwrap(), b"words");
        assert!(secrets.open("imap", &sealed).is_err());
        assert!(Secrets { key: [8; KEY_BYTES] }.open("totp", &sealed).is_err());
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(secrets.open("totp", &changed).is_err());
        assert!(secrets.open("totp", b"short").is_err());
    }
}
