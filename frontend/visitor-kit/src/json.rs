//! Reading and writing JSON in few bytes.
//!
//! In the browser its own parser reads the text, and a small deserializer walks what it gives: compiled, that is a
//! fraction of serde_json's reader. Natively, for the tests, serde_json reads.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a value; nothing when the text is not JSON, or not such a value.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    #[cfg(target_arch = "wasm32")]
    return crate::browser::value::read(text);
    #[cfg(not(target_arch = "wasm32"))]
    serde_json::from_str(text).ok()
}

/// Writes a value. What is written here are plain structs, which cannot fail.
pub fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
