//! What can go wrong with a blob.

/// Why a blob could not be stored, read or removed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A setting breaks a rule.
    #[error("{field}: {rule}")]
    Settings {
        /// Name of the field as in [`crate::BlobSettings`].
        field: &'static str,
        /// What the field must be.
        rule: String,
    },
    /// The key breaks the rule of [`crate::Store`].
    #[error("blob key {0:?} must be 1 to 200 of a-z 0-9 _ - in parts separated by single slashes")]
    InvalidKey(String),
    /// There is no blob under the key.
    #[error("no such blob")]
    NotFound,
    /// The incoming stream is longer than allowed; nothing was stored.
    #[error("longer than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The range is empty, or begins at or after the end of the blob.
    #[error("the range lies outside the {size} bytes of the blob")]
    OutOfRange {
        /// Size of the blob in bytes.
        size: u64,
    },
    /// The incoming stream broke off; nothing was stored.
    #[error("the incoming data broke off: {0}")]
    Incoming(Box<dyn std::error::Error + Send + Sync>),
    /// The disk or the S3 service failed.
    #[error("the storage failed: {0}")]
    Storage(object_store::Error),
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            other => Self::Storage(other),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(object_store::Error::Generic { store: "disk", source: Box::new(error) })
    }
}
