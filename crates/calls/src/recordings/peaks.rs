//! The waveform of a recording: as a whole, and more closely.

use std::ops::Range;

use actix_web::get;
use actix_web::http::header::HeaderMap;
use futures_util::TryStreamExt;
use media::peaks::{OPENING_BYTES, PeaksLayout};
use platform::{Ctx, Error, Result, Tx};
use types::CallId;
use types::calls::{CallPath, PeaksTile};
use web::{Call, Download, Params, Path, Reply};

use super::{keys, playable};
use crate::access;
use crate::store::recordings::RecordingRow;

/// How long a browser keeps peaks: they never change.
const KEEP_SECONDS: u64 = 30 * 24 * 60 * 60;

/// Get the peaks of a call's recording as a whole: about 8 KB however long it is.
///
/// The bytes are the beginning of the peaks file, whose format `docs/api.md` tells: a header, and an overview.
#[utoipa::path(operation_id = "get_peaks", tag = "calls", params(CallPath), responses(
    (status = 200, description = "Header and overview.", content_type = "application/octet-stream"),
    (status = 304, description = "They are those named in `If-None-Match`."),
    (status = 409, description = "There is no recording that can be played."),
))]
#[get("/v1/calls/{call_id}/peaks")]
pub async fn get_peaks(call: Call, path: Path<CallPath>) -> Reply {
    let recording = call.query(move |tx| find(tx, path.call_id)).await?;
    answer(call.ctx(), &recording, ("overview", 0..OPENING_BYTES), call.request().headers()).await
}

/// Get one tile of the peaks of a call's recording: at most 2048 points of one level.
#[utoipa::path(operation_id = "get_peaks_tile", tag = "calls", params(CallPath, PeaksTile), responses(
    (status = 200, description = "The points of the tile.", content_type = "application/octet-stream"),
    (status = 304, description = "They are those named in `If-None-Match`."),
    (status = 409, description = "There is no recording that can be played."),
))]
#[get("/v1/calls/{call_id}/peaks/tile")]
pub async fn get_peaks_tile(call: Call, path: Path<CallPath>, query: Params<PeaksTile>) -> Reply {
    let recording = call.query(move |tx| find(tx, path.call_id)).await?;
    let head = read(call.ctx(), &recording, 0..OPENING_BYTES).await?;
    let layout = PeaksLayout::parse(&head).map_err(Error::internal)?;
    let tile = layout.tile(u32::from(query.level), u64::from(query.tile)).ok_or(Error::NotFound)?;
    let name = format!("{}-{}", query.level, query.tile);
    answer(call.ctx(), &recording, (&name, tile), call.request().headers()).await
}

fn find(tx: &mut Tx<'_>, id: CallId) -> Result<RecordingRow> {
    access::read_call(tx, id)?;
    playable(tx, id)
}

/// Answers with a part of the peaks file; `name` says which.
async fn answer(
    ctx: &Ctx,
    recording: &RecordingRow,
    (name, part): (&str, Range<u64>),
    asked: &HeaderMap,
) -> Reply {
    let bytes = read(ctx, recording, part).await?;
    let download = Download {
        name: format!("peaks-{}-{name}", recording.id),
        content_type: "application/octet-stream".to_owned(),
        size: bytes.len() as u64,
        version: format!("{}x{}", recording.id, name.replace('-', "x")),
        inline: false,
        keep_seconds: KEEP_SECONDS,
    };
    let whole = |range: Option<Range<u64>>| async move {
        let bytes = match range {
            Some(range) => {
                let place = |at: u64| usize::try_from(at).unwrap_or(bytes.len()).min(bytes.len());
                bytes.slice(place(range.start)..place(range.end))
            }
            None => bytes,
        };
        Ok(futures_util::stream::iter([Ok::<_, std::convert::Infallible>(bytes)]))
    };
    download.answer(asked, whole).await
}

/// The bytes of a part of the peaks file.
async fn read(ctx: &Ctx, recording: &RecordingRow, part: Range<u64>) -> Result<web::Bytes> {
    let blobs = ctx.extension::<blob::Store>()?;
    let unavailable = |cause: blob::Error| Error::Unavailable(cause.to_string());
    let found = blobs.get_range(&keys::peaks(recording.id), Some(part)).await.map_err(unavailable)?;
    let (mut stream, mut all) = (found.stream, Vec::new());
    while let Some(some) = stream.try_next().await.map_err(unavailable)? {
        all.extend_from_slice(&some);
    }
    Ok(all.into())
}
