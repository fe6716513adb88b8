//! Files of this disk as streams.

use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom};
use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use futures_util::stream::try_unfold;
use tokio::io::AsyncReadExt;
use tokio::task::spawn_blocking;

/// Bytes read from a file at a time.
const CHUNK_BYTES: usize = 256 * 1024;

/// Bytes that are read at a time to be sent: little for hundreds of readers to hold, and enough that handing them over
/// costs less than copying them.
const SENT_BYTES: u64 = 64 * 1024;

/// The bytes of a part of a file. They break off when the file ends earlier.
pub(crate) fn part(file: File, range: Range<u64>) -> impl Stream<Item = Result<Bytes>> + Send {
    try_unfold((file, range.start), move |(mut file, at)| async move {
        if at == range.end {
            return Ok(None);
        }
        let next = (at + SENT_BYTES).min(range.end);
        let read = spawn_blocking(move || {
            let mut chunk = vec![0; (next - at) as usize];
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut chunk)?;
            Ok::<_, Error>((Bytes::from(chunk), file))
        });
        let (chunk, file) = read.await.map_err(Error::other)??;
        Ok(Some((chunk, (file, next))))
    })
}

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
