//! Taking in a recording whose bytes have arrived: put together, examined once, and stored. No transaction is open
//! meanwhile.

use std::fs::File;
use std::io::{Seek, Write};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use platform::{Actor, Ctx, Error, Job, JobError, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use types::RecordingId;
use types::calls::{RecordingProblem, RecordingProblemCode};

use super::outcome::{self, Examined};
use super::removal::{delete_bytes, delete_parts};
use super::{duplicate, examination, keys};
use crate::store::recordings::{self, RecordingRow};
use crate::store::uploads;

/// Puts the parts of an upload together, examines the whole, and stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecording {
    /// The recording.
    pub recording_id: RecordingId,
}

impl Job for ImportRecording {
    const KIND: &'static str = "import_recording";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.recording_id;
        let found = ctx
            .read(&Actor::System, move |tx| {
                let Some(recording) = recordings::find_processing(tx, id)? else { return Ok(None) };
                let announced = uploads::find(tx, id)?.and_then(|upload| upload.sha256);
                Ok(Some((recording, uploads::parts(tx, id)?, announced)))
            })
            .await?;
        // Deleted meanwhile, or imported before.
        let Some((recording, parts, announced)) = found else { return Ok(()) };
        let blobs = ctx.extension::<blob::Store>()?;
        let mut assembled = Assembled::new()?;
        for part in &parts {
            let part = blobs.get_range(&keys::part(id, part.number), None).await.map_err(stored)?;
            assembled.take(part.stream).await?;
        }
        let (file, sha256) = assembled.finish()?;
        if announced.is_some_and(|announced| announced != sha256) {
            let detail = "the file differs from the checksum that was announced for it".to_owned();
            let wrong = problem(RecordingProblemCode::WrongChecksum, detail);
            outcome::fail(&ctx, recording, wrong).await?;
        } else {
            take_in(&ctx, recording, file, sha256).await?;
        }
        delete_parts(&ctx, id).await
    }
}

/// Examines a file that is to be a recording, and stores it or says what is wrong with it.
///
/// # Errors
/// When something failed that is not the file's fault: it can be tried again.
async fn take_in(ctx: &Ctx, recording: RecordingRow, file: File, sha256: String) -> Result<()> {
    let (call, digest) = (recording.call_id, sha256.clone());
    let twin = ctx.read(&Actor::System, move |tx| duplicate::find(tx, &digest, call)).await?;
    if twin.is_some() {
        return outcome::fail(ctx, recording, duplicate::problem()).await;
    }
    let limits = examination::limits(ctx.config());
    let opened = file.try_clone().map_err(Error::internal)?;
    let examined = tokio::task::spawn_blocking(move || examination::examine(opened, &limits)).await;
    match examined.map_err(Error::internal)?? {
        Ok((facts, peaks)) => {
            let blobs = ctx.extension::<blob::Store>()?;
            for (key, file) in [(keys::peaks(recording.id), peaks), (keys::recording(recording.id), file)] {
                blobs
                    .put_stream(&key, blob::chunks(file).map_err(Error::internal)?, u64::MAX)
                    .await
                    .map_err(stored)?;
            }
            let id = recording.id;
            if !outcome::succeed(ctx, recording, Examined { facts, sha256 }).await? {
                delete_bytes(ctx, id).await?;
            }
            Ok(())
        }
        Err(problem) => outcome::fail(ctx, recording, problem).await,
    }
}

/// Something that is wrong with the whole of a recording.
pub(crate) fn problem(code: RecordingProblemCode, detail: String) -> RecordingProblem {
    RecordingProblem { code, detail, channel: None }
}

fn stored(cause: blob::Error) -> Error {
    match cause {
        // The bytes are gone for good.
        blob::Error::NotFound => {
            JobError::Permanent("a part of the upload is not in the store".into()).into()
        }
        other => Error::Unavailable(other.to_string()),
    }
}

/// A file that grows out of parts; nobody else can open it, and it goes with the process.
struct Assembled {
    file: File,
    digest: Sha256,
}

impl Assembled {
    fn new() -> Result<Self> {
        let file = tempfile::tempfile().map_err(Error::internal)?;
        Ok(Self { file, digest: Sha256::new() })
    }

    /// Appends a stream.
    async fn take<E>(&mut self, part: impl Stream<Item = Result<Bytes, E>>) -> Result<()>
    where
        E: Into<platform::Cause>,
    {
        let mut part = std::pin::pin!(part);
        while let Some(bytes) = part.next().await {
            let bytes = bytes.map_err(Error::internal)?;
            self.digest.update(&bytes);
            let mut file = self.file.try_clone().map_err(Error::internal)?;
            let written = tokio::task::spawn_blocking(move || file.write_all(&bytes)).await;
            written.map_err(Error::internal)?.map_err(Error::internal)?;
        }
        Ok(())
    }

    /// The file from its beginning, and its SHA-256 in lower-case hexadecimal.
    fn finish(mut self) -> Result<(File, String)> {
        self.file.rewind().map_err(Error::internal)?;
        Ok((self.file, self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }
}
