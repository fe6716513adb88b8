//! Blobs: bytes under a key, on a disk or in an S3-compatible bucket.
//!
//! One outside thing and nothing else: no actor, no tables. Who may read a blob, what it is called and what type it
//! has are rows elsewhere.
//!
//! What holds here:
//! - A **key is an opaque id made by the caller**, never a text of a user; see [`Store`] for its shape.
//! - A blob is **whole or absent**. On disk it is written under a temporary name, synced, renamed, and its directory
//!   synced; in S3 it appears when the upload is completed. After `put` returned, a crash does not lose it.
//! - Memory per upload is bounded by one part of [`PART_SIZE`] bytes and one chunk of the incoming stream.
//!
//! An S3 upload that a killed process left unfinished holds parts that only the bucket's own lifecycle rule
//! (`AbortIncompleteMultipartUpload`) removes; on disk such an upload leaves a file `<key>#<number>`, which is never
//! listed or read.

mod error;
mod file;
mod key;
mod settings;
mod store;

pub use error::Error;
pub use file::chunks;
pub use settings::{BlobSettings, S3Settings};
pub use store::{Blob, Listed, PART_SIZE, Store, Stored};
