//! Takes a file that a visitor wants to send.

use accounts::files;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::post;
use types::files::File;
use web::{Call, Quota, RateLimiter, Reply, Upload, json};

/// Upload a file, to be named in `attachment_ids` of a message. Send it as `multipart/form-data` in the field `file`.
#[utoipa::path(operation_id = "create_visitor_file", tag = "visitors",
    request_body(content_type = "multipart/form-data"),
    responses((status = 201, description = "The file.", body = File)))]
#[post("/v1/visitor/files")]
pub(crate) async fn create_visitor_file(call: Call, upload: Upload) -> Reply {
    let visitor = call.actor().visitor()?.id;
    let limits = &call.ctx().config().limits;
    // Who does not say how much is coming may be sending the most that is allowed.
    let announced = call.request().headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let bytes = announced.and_then(|length| length.parse().ok()).unwrap_or(limits.attachment_bytes);
    let quota = Quota::per_hour(limits.visitor_bytes_per_hour);
    let limiter = call.ctx().extension::<RateLimiter>()?;
    limiter.take(&format!("visitor_bytes {visitor}"), bytes, quota, call.now())?;
    json(StatusCode::CREATED, &files::upload(call.ctx(), call.actor(), upload).await?)
}
