//! The JSON body of a request.

use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use platform::{Ctx, Error};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use types::ErrorCode;

use crate::{Failure, idempotency, parse};

/// A JSON body of at most `server.max_body_bytes`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is_json(request.headers()) {
                let detail = "Send the body as application/json.";
                return Err(Failure::request(ErrorCode::UnsupportedMediaType, detail));
            }
            let ctx =
                request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
            let bytes = collect(&request, &mut payload, ctx.config().server.max_body_bytes).await?;
            if idempotency::is_keyed(&request) {
                idempotency::keep_digest(&request, Sha256::digest(&bytes).into());
            }
            parse::json(&bytes).map(Self)
        })
    }
}

/// A body of bytes, of at most `calls.part_bytes`: one part of an upload.
#[derive(Debug)]
pub struct RawBody(pub Bytes);

impl FromRequest for RawBody {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let ctx =
                request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
            collect(&request, &mut payload, ctx.config().calls.part_bytes).await.map(Self)
        })
    }
}

/// `application/json`, with or without parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

async fn collect(request: &HttpRequest, payload: &mut Payload, limit_bytes: u64) -> Result<Bytes, Failure> {
    let too_large = || Failure::from(Error::TooLarge { limit_bytes });
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit_bytes) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(|cause| {
            Failure::request(ErrorCode::MalformedRequest, format!("The body broke off: {cause}."))
        })?;
        if (body.len() + part.len()) as u64 > limit_bytes {
            return Err(too_large());
        }
        body.extend_from_slice(&part);
    }
    Ok(body.freeze())
}
