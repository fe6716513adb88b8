//! Recordings that Rapport fetches itself: they arrive in one part.

use bytes::Bytes;
use futures_util::{Stream, stream};
use platform::{Actor, Ctx, Error, Granted, Result, Tx};
use types::calls::RecordingState;
use types::{CallId, RecordingId};

use super::{ImportRecording, keys};
use crate::access;
use crate::store::calls::CallRow;
use crate::store::recordings::{self, RecordingRow};
use crate::store::uploads::{self, PartRow, UploadRow};

/// Bytes that are stored, and belong to no recording yet.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) id: RecordingId,
    bytes: i64,
    sha256: String,
}

impl Arrived {
    /// How many bytes there are.
    pub(crate) fn bytes(&self) -> i64 {
        self.bytes
    }
}

/// Stores what arrives, before the transaction that makes it a recording.
///
/// # Errors
/// [`Error::TooLarge`] above the setting `calls.recording_bytes`.
pub(crate) async fn store<S, E>(ctx: &Ctx, id: RecordingId, incoming: S) -> Result<Arrived>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let blobs = ctx.extension::<blob::Store>()?;
    let most = ctx.config().calls.recording_bytes;
    let stored = blobs.put_stream(&keys::part(id, 1), incoming, most).await.map_err(|cause| match cause {
        blob::Error::TooLarge { limit } => Error::TooLarge { limit_bytes: limit },
        other => Error::Unavailable(other.to_string()),
    })?;
    Ok(Arrived { id, bytes: i64::try_from(stored.size).map_err(Error::internal)?, sha256: stored.sha256 })
}

/// Makes what arrived the recording of a call, and has it examined.
///
/// # Errors
/// [`Error::Internal`] when the call has another recording.
pub(crate) fn adopt(tx: &mut Tx<'_>, call: &Granted<CallRow>, name: &str, arrived: &Arrived) -> Result<()> {
    let facts = (name.to_owned(), arrived.bytes);
    let row = RecordingRow::arriving(arrived.id, call.id, RecordingState::Processing, facts, tx.now());
    if recordings::find(tx, call.id)?.is_some_and(|earlier| earlier.id == row.id) {
        recordings::update(tx, call, &row)?;
    } else {
        recordings::insert(tx, call, &row)?;
    }
    let upload = UploadRow {
        recording_id: row.id,
        part_bytes: arrived.bytes.max(1),
        sha256: None,
        touched_at: tx.now(),
    };
    uploads::delete(tx, row.id)?;
    uploads::insert(tx, call, &upload)?;
    let part =
        PartRow { recording_id: row.id, number: 1, bytes: arrived.bytes, sha256: arrived.sha256.clone() };
    uploads::save_part(tx, &part)?;
    tx.about(None);
    tx.enqueue(&ImportRecording { recording_id: row.id })?;
    Ok(())
}

/// Makes bytes that are at hand the recording of a call that has none, and has them examined.
///
/// # Errors
/// [`Error::NotFound`] when there is no such call; [`Error::TooLarge`] above the setting `calls.recording_bytes`.
pub async fn take_bytes(ctx: &Ctx, call: CallId, name: &str, bytes: Bytes) -> Result<()> {
    let id = ctx.read(&Actor::System, |tx| Ok(tx.new_id())).await?;
    let arrived = store(ctx, id, stream::iter([Ok::<_, Error>(bytes)])).await?;
    let name = name.to_owned();
    ctx.write(&Actor::System, move |tx| {
        let call = access::lock_call_to_follow(tx, call)?.ok_or(Error::NotFound)?;
        adopt(tx, &call, &name, &arrived)
    })
    .await
}
