use actix_web::post;
use platform::{Actor, Ctx, Error, Result, Tx};
use types::FileId;
use types::files::File;
use web::{Call, Reply, Upload};

use super::{blob_key, names, sniff};
use crate::store;
use crate::store::files::FileRow;

/// Upload a file, to be named in `attachment_ids` of a message.
///
/// Send it as `multipart/form-data` in the field `file`. What no message takes is deleted after a day.
#[utoipa::path(operation_id = "create_file", tag = "files", request_body(content_type = "multipart/form-data"), responses((status = 201, body = File)))]
#[post("/v1/files")]
pub async fn create_file(call: Call, upload: Upload) -> Reply {
    call.actor().user_id()?;
    let received = receive(call.ctx(), upload).await?;
    call.create(move |tx| record(tx, &received)).await
}

/// Stores an upload of a user or a visitor.
///
/// # Errors
/// [`Error::TooLarge`] above the setting `limits.attachment_bytes`, [`Error::Unauthenticated`] for anybody else.
pub async fn upload(ctx: &Ctx, actor: &Actor, upload: Upload) -> Result<File> {
    let received = receive(ctx, upload).await?;
    ctx.write(actor, move |tx| record(tx, &received)).await
}

/// An upload whose bytes are stored already.
struct Received {
    id: FileId,
    name: String,
    content_type: &'static str,
    size: i64,
    sha256: String,
}

/// Stores the bytes as they arrive, before the transaction: it must not wait for a client.
async fn receive(ctx: &Ctx, upload: Upload) -> Result<Received> {
    let blobs = ctx.extension::<blob::Store>()?;
    let id: FileId = ctx.read(&Actor::System, |tx| Ok(tx.new_id())).await?;
    let limit_bytes = ctx.config().limits.attachment_bytes;
    let stored =
        blobs.put_stream(&blob_key(id), upload.stream, limit_bytes).await.map_err(|error| match error {
            blob::Error::TooLarge { limit } => Error::TooLarge { limit_bytes: limit },
            blob::Error::Incoming(_) => Error::invalid("file", "broke off before its end"),
            other => Error::Unavailable(other.to_string()),
        })?;
    Ok(Received {
        id,
        name: names::clean(&upload.name),
        content_type: sniff::content_type(&upload.head),
        size: i64::try_from(stored.size).map_err(Error::internal)?,
        sha256: stored.sha256,
    })
}

fn record(tx: &mut Tx<'_>, received: &Received) -> Result<File> {
    let contact_id = match tx.actor() {
        Actor::User(_) | Actor::Token(_) => None,
        other => Some(other.visitor()?.contact_id),
    };
    let row = FileRow {
        id: received.id,
        name: received.name.clone(),
        content_type: received.content_type.to_owned(),
        size: received.size,
        sha256: received.sha256.clone(),
        blob_key: blob_key(received.id),
        uploader: tx.actor().key(),
        attached: false,
        contact_id,
        created_at: tx.now(),
    };
    store::files::insert(tx, &row)?;
    tx.about(contact_id);
    Ok(super::view(tx.ctx(), &row))
}
