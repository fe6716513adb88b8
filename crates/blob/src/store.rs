//! The store itself.

use std::{ops::Range, path::Path as DiskPath, sync::Arc, time::Duration, time::SystemTime};

use bytes::{Bytes, BytesMut};
use futures_util::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use object_store::{
    GetOptions, GetRange, GetResultPayload, MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};
use sha2::{Digest, Sha256};

use crate::{BlobSettings, Error, S3Settings, file, key::path_of};

/// Size in bytes of the parts in which longer blobs are uploaded: the smallest that S3 allows.
pub const PART_SIZE: usize = 5 * 1024 * 1024;

/// Key of the blob that [`Store::health`] writes.
const HEALTH_KEY: &str = "health";

/// Blobs by key. Clones share one connection pool.
///
/// A key has 1 to 200 bytes of `a-z 0-9 _ -` in parts separated by single slashes, and no key is the beginning of
/// another followed by a slash (a disk cannot hold both `a` and `a/b`).
#[derive(Debug, Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
}

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Length in bytes.
    pub size: u64,
    /// SHA-256 of the bytes in lower-case hexadecimal.
    pub sha256: String,
}

/// A blob being read.
pub struct Blob {
    /// Length of the whole blob in bytes.
    pub size: u64,
    /// Which bytes of it `stream` yields.
    pub range: Range<u64>,
    /// The bytes of `range`, in order.
    pub stream: BoxStream<'static, Result<Bytes, Error>>,
}

/// One entry of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The key.
    pub key: String,
    /// Length in bytes.
    pub size: u64,
    /// When it was stored, by the clock of the disk or the service.
    pub modified: SystemTime,
}

impl Store {
    /// Opens the store. A directory is made when missing; an S3 service is not contacted yet (see [`Store::health`]).
    ///
    /// # Errors
    /// [`Error::Settings`] names the setting at fault.
    pub fn open(settings: &BlobSettings) -> Result<Self, Error> {
        let objects: Arc<dyn ObjectStore> = match settings {
            BlobSettings::Disk { directory } => Arc::new(open_directory(directory)?),
            BlobSettings::S3(s3) => Arc::new(open_bucket(s3)?),
        };
        Ok(Self { objects })
    }

    /// Stores a stream under a key, replacing what was there.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as the stream exceeds `limit` bytes and [`Error::Incoming`] when it breaks; in
    /// both cases, as in every other, what was under the key before stays as it was.
    pub async fn put_stream<S, E>(&self, key: &str, incoming: S, limit: u64) -> Result<Stored, Error>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let path = path_of(key)?;
        let mut parts = Parts::new(incoming, limit);
        let first = parts.next().await?.unwrap_or_default();
        if first.len() < PART_SIZE {
            self.objects.put(&path, first.into()).await?;
            return Ok(parts.stored());
        }
        let mut upload = self.objects.put_multipart(&path).await?;
        match upload_parts(upload.as_mut(), first, &mut parts).await {
            Ok(()) => Ok(parts.stored()),
            Err(error) => {
                // What made the upload fail is worth more to the caller than a failure to clean up after it.
                let _ = upload.abort().await;
                Err(error)
            }
        }
    }

    /// Stores bytes under a key, replacing what was there.
    ///
    /// # Errors
    /// [`Error::InvalidKey`], [`Error::Storage`].
    pub async fn put_bytes(&self, key: &str, bytes: Bytes) -> Result<Stored, Error> {
        let whole = stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
        self.put_stream(key, whole, u64::MAX).await
    }

    /// Reads a blob, or the bytes `range` of it; a range that ends after the blob is cut to its end.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::OutOfRange`], which carries the size that a 416 reply must state.
    pub async fn get_range(&self, key: &str, range: Option<Range<u64>>) -> Result<Blob, Error> {
        let path = path_of(key)?;
        let Some(range) = range else { return self.get(&path, None).await };
        let result = if range.is_empty() {
            Err(Error::OutOfRange { size: 0 })
        } else {
            self.get(&path, Some(GetRange::Bounded(range.clone()))).await
        };
        match result {
            Ok(blob) => Ok(blob),
            Err(Error::NotFound) => Err(Error::NotFound),
            // Disk and S3 report a range past the end in words of their own, so the size decides.
            Err(error) => {
                let size = self.objects.head(&path).await?.size;
                if range.is_empty() || range.start >= size {
                    Err(Error::OutOfRange { size })
                } else {
                    Err(error)
                }
            }
        }
    }

    async fn get(&self, path: &Path, range: Option<GetRange>) -> Result<Blob, Error> {
        let found = self.objects.get_opts(path, GetOptions { range, ..GetOptions::default() }).await?;
        let (size, range) = (found.meta.size, found.range.clone());
        let stream = match found.payload {
            // The library would read 8 KB at a time.
            GetResultPayload::File(file, _) => file::part(file, range.clone()).map_err(Error::from).boxed(),
            GetResultPayload::Stream(stream) => stream.map_err(Error::from).boxed(),
        };
        Ok(Blob { size, range, stream })
    }

    /// Removes a blob. Removing what is not there succeeds, so that a repeated job does.
    ///
    /// # Errors
    /// [`Error::InvalidKey`], [`Error::Storage`].
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        match self.objects.delete(&path_of(key)?).await.map_err(Error::from) {
            Ok(()) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Lists the blobs whose key begins with the parts of `prefix` (`files/12` finds `files/12/3`, not `files/123`),
    /// in no order; `None` lists all.
    ///
    /// # Errors
    /// [`Error::InvalidKey`] at once; [`Error::Storage`] in the stream.
    pub fn list_prefix(
        &self,
        prefix: Option<&str>,
    ) -> Result<BoxStream<'static, Result<Listed, Error>>, Error> {
        let prefix = prefix.map(path_of).transpose()?;
        let listing = self.objects.list(prefix.as_ref()).map_err(Error::from).map_ok(|object| Listed {
            key: object.location.to_string(),
            size: object.size,
            modified: object.last_modified.into(),
        });
        Ok(listing.boxed())
    }

    /// Writes and reads a small blob under the key `health`: the only test that notices a full or read-only disk, or
    /// a key without the right to write.
    ///
    /// # Errors
    /// [`Error::Storage`] tells an administrator what is wrong.
    pub async fn health(&self) -> Result<(), Error> {
        self.put_bytes(HEALTH_KEY, Bytes::from_static(b"ok")).await?;
        self.objects.head(&path_of(HEALTH_KEY)?).await?;
        Ok(())
    }
}

fn open_directory(directory: &DiskPath) -> Result<LocalFileSystem, Error> {
    let refused = |cause: String| Error::Settings {
        field: "directory",
        rule: format!("must be a directory that can be used ({}: {cause})", directory.display()),
    };
    std::fs::create_dir_all(directory).map_err(|error| refused(error.to_string()))?;
    let disk = LocalFileSystem::new_with_prefix(directory).map_err(|error| refused(error.to_string()))?;
    Ok(disk.with_fsync(true))
}

fn open_bucket(settings: &S3Settings) -> Result<impl ObjectStore + use<>, Error> {
    let named = [
        ("bucket", &settings.bucket),
        ("region", &settings.region),
        ("access_key", &settings.access_key),
        ("secret_key", &settings.secret_key),
    ];
    if let Some((field, _)) = named.into_iter().find(|(_, value)| value.is_empty()) {
        return Err(Error::Settings { field, rule: "must not be empty".to_owned() });
    }
    // A request of a user waits for the answer, so give up much earlier than the three minutes that are the default.
    let retry =
        RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.access_key)
        .with_secret_access_key(&settings.secret_key)
        .with_virtual_hosted_style_request(!settings.path_style)
        .with_retry(retry);
    if let Some(endpoint) = &settings.endpoint {
        let plain = endpoint.starts_with("http://");
        if !plain && !endpoint.starts_with("https://") {
            let rule = "must be a URL that begins with https:// or http://".to_owned();
            return Err(Error::Settings { field: "endpoint", rule });
        }
        builder = builder.with_endpoint(endpoint_of(settings, endpoint)).with_allow_http(plain);
    }
    builder.build().map_err(|error| Error::Settings { field: "endpoint", rule: error.to_string() })
}

/// The library expects the bucket's name inside the endpoint when it shall not stand in the path.
fn endpoint_of(settings: &S3Settings, endpoint: &str) -> String {
    let endpoint = endpoint.trim_end_matches('/');
    match endpoint.split_once("://") {
        Some((scheme, host)) if !settings.path_style => format!("{scheme}://{}.{host}", settings.bucket),
        _ => endpoint.to_owned(),
    }
}

/// Uploads `first` and all further parts one after the other, then makes the blob appear.
async fn upload_parts<S, E>(
    upload: &mut dyn MultipartUpload,
    first: Bytes,
    parts: &mut Parts<S>,
) -> Result<(), Error>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut next = Some(first);
    while let Some(part) = next {
        upload.put_part(part.into()).await?;
        next = parts.next().await?;
    }
    upload.complete().await?;
    Ok(())
}

/// Cuts an incoming stream into parts of [`PART_SIZE`] bytes, the last one shorter, measuring and hashing on the way.
struct Parts<S> {
    incoming: std::pin::Pin<Box<S>>,
    pending: BytesMut,
    limit: u64,
    size: u64,
    hash: Sha256,
}

impl<S, E> Parts<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn new(incoming: S, limit: u64) -> Self {
        Self { incoming: Box::pin(incoming), pending: BytesMut::new(), limit, size: 0, hash: Sha256::new() }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        while self.pending.len() < PART_SIZE {
            let Some(chunk) = self.incoming.next().await else { break };
            let chunk = chunk.map_err(|error| Error::Incoming(error.into()))?;
            self.size += chunk.len() as u64;
            if self.size > self.limit {
                return Err(Error::TooLarge { limit: self.limit });
            }
            self.hash.update(&chunk);
            self.pending.extend_from_slice(&chunk);
        }
        let length = self.pending.len().min(PART_SIZE);
        Ok((length > 0).then(|| self.pending.split_to(length).freeze()))
    }

    fn stored(self) -> Stored {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Stored { size: self.size, sha256 }
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
