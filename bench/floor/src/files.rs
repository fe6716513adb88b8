//! Parts of the files of a folder, with nothing asked of who reads them.

use std::fs::File;
use std::io::Result;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentRange, ContentRangeSpec, Range};
use actix_web::rt::task::spawn_blocking;
use actix_web::web::{Bytes, Data, Header, Path, ServiceConfig, get};
use actix_web::{HttpResponse, Result as ActixResult};
use futures_util::stream::{Stream, try_unfold};

use crate::message::failed;

/// Bytes that are read from a file at a time: as the static file server of actix does.
const CHUNK_BYTES: u64 = 64 * 1024;

/// The folder.
pub struct Folder(pub PathBuf);

/// Mounts the files by their names.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/files/{name}", get().to(get_part));
}

async fn get_part(folder: Data<Folder>, name: Path<u64>, range: Header<Range>) -> ActixResult<HttpResponse> {
    let path = folder.0.join(name.to_string());
    let opened = spawn_blocking(move || {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok::<_, std::io::Error>((file, size))
    });
    let (file, size) = opened.await.map_err(failed)?.map_err(failed)?;
    let part = match &range.0 {
        Range::Bytes(parts) => parts.first().and_then(|part| part.to_satisfiable_range(size)),
        Range::Unregistered(..) => None,
    };
    let Some((first, last)) = part else {
        return Ok(HttpResponse::new(StatusCode::RANGE_NOT_SATISFIABLE));
    };
    let place = ContentRangeSpec::Bytes { range: Some((first, last)), instance_length: Some(size) };
    let body = SizedStream::new(last + 1 - first, read(file, first, last + 1));
    Ok(HttpResponse::PartialContent().insert_header(ContentRange(place)).body(body))
}

/// The bytes of a file between two places.
fn read(file: File, from: u64, until: u64) -> impl Stream<Item = Result<Bytes>> {
    let file = Arc::new(file);
    try_unfold(from, move |at| {
        let file = Arc::clone(&file);
        async move {
            if at == until {
                return Ok(None);
            }
            let mut chunk = vec![0; CHUNK_BYTES.min(until - at) as usize];
            let read =
                spawn_blocking(move || file.read_exact_at(&mut chunk, at).map(|()| Bytes::from(chunk)));
            let chunk = read.await.map_err(std::io::Error::other)??;
            let next = at + chunk.len() as u64;
            Ok(Some((chunk, next)))
        }
    })
}
