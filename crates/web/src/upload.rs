//! A file that a client uploads as `multipart/form-data` (RFC 7578).

use std::io;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::future::LocalBoxFuture;
use futures_util::stream::{BoxStream, unfold};
use futures_util::{StreamExt, stream};
use platform::{Ctx, Error};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use types::{ErrorCode, FieldError};

use crate::{Failure, idempotency};

/// The name of the form's one field.
const FIELD: &str = "file";

/// How many bytes of the beginning are kept aside, enough to recognise a type by.
const HEAD: usize = 8 * 1024;

/// What a form adds to the file itself, at the most, in bytes.
const FORM_OVERHEAD: u64 = 16 * 1024;

/// The file in the field `file` of a form, not longer than `limits.attachment_bytes` plus what the form adds.
///
/// It is read while it arrives: whoever takes the stream enforces the exact limit.
pub struct Upload {
    /// The name that the client gave it; empty when it gave none.
    pub name: String,
    /// Its first bytes, at most 8 KiB, which the stream begins with too.
    pub head: Bytes,
    /// The whole content. An error means that the connection broke.
    pub stream: BoxStream<'static, io::Result<Bytes>>,
}

impl FromRequest for Upload {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            check(&request)?;
            let mut form = Multipart::new(request.headers(), payload);
            let field = match form.next().await {
                Some(Ok(field)) => field,
                Some(Err(cause)) => return Err(malformed(&cause)),
                None => return Err(missing()),
            };
            if field.name() != Some(FIELD) {
                return Err(missing());
            }
            let name =
                field.content_disposition().and_then(|header| header.get_filename()).unwrap_or_default();
            let name = name.to_owned();
            // A form's field belongs to this thread, while a store may read from any: a channel stands between them.
            let (sender, receiver) = mpsc::channel(2);
            actix_web::rt::spawn(pump(request, form, field, sender));
            let stream = unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) });
            // A short file ends while its head is read, and is asked again later.
            let (head, stream) = peek(stream.fuse().boxed()).await;
            Ok(Self { name, head, stream })
        })
    }
}

fn check(request: &HttpRequest) -> Result<(), Failure> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if !header(CONTENT_TYPE)
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/form-data"))
    {
        let detail = "Send the file as multipart/form-data, in the field `file`.";
        return Err(Failure::request(ErrorCode::UnsupportedMediaType, detail));
    }
    let ctx = request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
    let limit_bytes = ctx.config().limits.attachment_bytes;
    match header(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > limit_bytes.saturating_add(FORM_OVERHEAD) => {
            Err(Error::TooLarge { limit_bytes }.into())
        }
        _ => Ok(()),
    }
}

fn malformed(cause: &actix_multipart::MultipartError) -> Failure {
    Failure::request(ErrorCode::MalformedRequest, format!("The form cannot be read: {cause}."))
}

fn missing() -> Failure {
    Error::Invalid(vec![FieldError {
        field: FIELD.to_owned(),
        code: "required".to_owned(),
        detail: "must be the form's first field".to_owned(),
    }])
    .into()
}

/// Hands the field's bytes over, until the reader has enough. `form` has to live as long as its field.
async fn pump(
    request: HttpRequest,
    form: Multipart,
    mut field: Field,
    sender: mpsc::Sender<io::Result<Bytes>>,
) {
    let mut hash = idempotency::is_keyed(&request).then(Sha256::new);
    while let Some(part) = field.next().await {
        if let (Some(hash), Ok(part)) = (&mut hash, &part) {
            hash.update(part);
        }
        let broken = part.is_err();
        if sender.send(part.map_err(|cause| io::Error::other(cause.to_string()))).await.is_err() || broken {
            return;
        }
    }
    if let Some(hash) = hash {
        idempotency::keep_digest(&request, hash.finalize().into());
    }
    drop(form);
}

/// The first bytes of a stream, and the stream with them still in it.
async fn peek(
    mut stream: BoxStream<'static, io::Result<Bytes>>,
) -> (Bytes, BoxStream<'static, io::Result<Bytes>>) {
    let mut head = BytesMut::new();
    let mut broken = None;
    while head.len() < HEAD {
        match stream.next().await {
            Some(Ok(part)) => head.extend_from_slice(&part),
            Some(Err(cause)) => {
                broken = Some(Err(cause));
                break;
            }
            None => break,
        }
    }
    let read = head.freeze();
    let first = (!read.is_empty()).then(|| Ok(read.clone()));
    let head = read.slice(..read.len().min(HEAD));
    (head, stream::iter(first.into_iter().chain(broken)).chain(stream).boxed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn what_was_peeked_at_is_still_in_the_stream() {
        let parts = vec![
            Ok(Bytes::from(vec![1; 5000])),
            Ok(Bytes::from(vec![2; 5000])),
            Ok(Bytes::from(vec![3; 10])),
        ];
        let (head, stream) = peek(stream::iter(parts).boxed()).await;
        assert_eq!(head.len(), HEAD);
        let whole: Vec<u8> = stream.map(|part| part.unwrap().to_vec()).collect::<Vec<_>>().await.concat();
        assert_eq!(whole.len(), 10_010);
        assert_eq!((whole[0], whole[5000], whole[10_009]), (1, 2, 3));
    }

    #[actix_web::test]
    async fn a_broken_stream_stays_broken() {
        let parts = vec![Ok(Bytes::from_static(b"a")), Err(io::Error::other("gone"))];
        let (head, stream) = peek(stream::iter(parts).boxed()).await;
        assert_eq!(head, "a");
        assert!(stream.collect::<Vec<_>>().await.last().unwrap().is_err());
    }
}
