//! Files of this disk as streams.

use std::fs::File;
use std::io::{Result, Seek};

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use futures_util::stream::try_unfold;
use tokio::io::AsyncReadExt;

/// Bytes read from a file at a time.
const CHUNK_BYTES: usize = 256 * 1024;

/// The bytes of a file from its beginning, to be stored.
///
/// # Errors
/// When the disk failed.
pub fn chunks(mut file: File) -> Result<impl Stream<Item = Result<Bytes>> + Send> {
    file.rewind()?;
    Ok(try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = BytesMut::with_capacity(CHUNK_BYTES);
        let read = file.read_buf(&mut chunk).await?;
        Ok((read > 0).then(|| (chunk.freeze(), file)))
    }))
}
