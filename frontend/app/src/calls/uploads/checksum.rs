//! Checksums of files and of their parts, computed by the browser (Web Cryptography API).

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Larger files are not read as a whole, so that the tab stays small; the server compares them once they are there.
const LARGEST_COMPARED: f64 = 128.0 * 1024.0 * 1024.0;

/// Why there is no checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file was moved, changed or deleted since it was chosen.
    Unreadable,
    /// The page was not opened over HTTPS (or on the machine itself), where browsers compute no checksums.
    NotSecure,
}

/// A part of a file with its checksum.
pub struct Portion {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The SHA-256 as the header `Content-Digest` has it (RFC 9530): `sha-256=:<base64>:`.
    pub digest: String,
}

/// The SHA-256 of a whole file in lower-case hexadecimal; `None` for a file above 128 MiB.
///
/// # Errors
/// [`Fault`].
pub async fn of_file(file: &File) -> Result<Option<String>, Fault> {
    if file.size() > LARGEST_COMPARED {
        return Ok(None);
    }
    let digest = sha256(&content(file).await?).await?;
    Ok(Some(digest.iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// A part of a file: the bytes from `start` to before `end`.
///
/// # Errors
/// [`Fault`].
pub async fn portion(file: &File, (start, end): (u64, u64)) -> Result<Portion, Fault> {
    let part = file.slice_with_f64_and_f64(start as f64, end as f64).map_err(|_| Fault::Unreadable)?;
    let content = content(&part).await?;
    let binary: String = sha256(&content).await?.into_iter().map(char::from).collect();
    let base64 = window().btoa(&binary).map_err(|_| Fault::NotSecure)?;
    Ok(Portion { bytes: Uint8Array::new(&content).to_vec(), digest: format!("sha-256=:{base64}:") })
}

async fn content(blob: &Blob) -> Result<ArrayBuffer, Fault> {
    let content = JsFuture::from(blob.array_buffer()).await.map_err(|_| Fault::Unreadable)?;
    content.dyn_into().map_err(|_| Fault::Unreadable)
}

async fn sha256(content: &ArrayBuffer) -> Result<Vec<u8>, Fault> {
    let subtle = window().crypto().map_err(|_| Fault::NotSecure)?.subtle();
    let digest = subtle.digest_with_str_and_buffer_source("SHA-256", content);
    let digest = JsFuture::from(digest.map_err(|_| Fault::NotSecure)?).await.map_err(|_| Fault::NotSecure)?;
    Ok(Uint8Array::new(&digest).to_vec())
}
