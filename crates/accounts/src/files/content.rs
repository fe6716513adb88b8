use actix_web::get;
use platform::Error;
use serde::Deserialize;
use types::files::FilePath;
use web::{Download, OpenCall, Params, Path, Reply};

use super::{link, sniff};
use crate::store;

/// The signature of a link.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LinkQuery {
    /// When the link ends, in seconds since 1970.
    pub expires: i64,
    /// Proves that the server made the link.
    pub signature: String,
}

/// Get the content of a file by its signed link, whole or in part.
///
/// It needs no credential: whoever may see a file is given the link, in `url`. The content is sent to be saved; images
/// may be shown in place.
#[utoipa::path(operation_id = "get_file_content", tag = "files", params(FilePath, LinkQuery),
    responses(
        (status = 200, description = "The content.", content_type = "application/octet-stream"),
        (status = 206, description = "The part that `Range` asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The content is the one named in `If-None-Match`."),
        (status = 416, description = "There is no such part."),
    ))]
#[get("/v1/files/{file_id}/content")]
pub async fn get_file_content(call: OpenCall, path: Path<FilePath>, query: Params<LinkQuery>) -> Reply {
    let keep_seconds = link::check(call.ctx(), path.file_id, query.expires, &query.signature)?;
    let file = call.query(move |tx| store::files::find(tx, path.file_id)).await?;
    let download = Download {
        inline: sniff::is_image(&file.content_type),
        name: file.name,
        content_type: file.content_type,
        size: u64::try_from(file.size).map_err(Error::internal)?,
        version: file.sha256,
        keep_seconds,
    };
    super::send(call.ctx(), &file.blob_key, download, call.request().headers()).await
}
