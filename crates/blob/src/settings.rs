//! Where blobs are kept.

use std::{fmt, path::PathBuf};

/// Where blobs are kept. Several nodes share an S3 bucket; a directory belongs to one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobSettings {
    /// In files below a directory, which is made when it is missing.
    Disk {
        /// The directory.
        directory: PathBuf,
    },
    /// In a bucket of an S3-compatible service.
    S3(S3Settings),
}

/// An existing bucket and how to reach it.
#[derive(Clone, PartialEq, Eq)]
pub struct S3Settings {
    /// URL of the service, for instance `https://s3.example.com`; `None` for that of Amazon in `region`.
    pub endpoint: Option<String>,
    /// Name of the bucket.
    pub bucket: String,
    /// Region that requests are signed for; services without regions usually take `us-east-1`.
    pub region: String,
    /// Access key id.
    pub access_key: String,
    /// Secret access key.
    pub secret_key: String,
    /// Puts the bucket's name into the path (`endpoint/bucket`) rather than into the host (`bucket.endpoint`). Most
    /// services other than Amazon's need it.
    pub path_style: bool,
}

impl fmt::Debug for S3Settings {
    /// Leaves the secret key out, so that it cannot end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Settings")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .field("region", &self.region)
            .field("access_key", &self.access_key)
            .field("path_style", &self.path_style)
            .finish_non_exhaustive()
    }
}
