//! What Zoom tells of by itself.

use accounts::connections;
use actix_web::http::StatusCode;
use actix_web::post;
use platform::{Error, Result, Tx};
use types::accounts::ConnectionProvider;
use types::calls::ZoomUrlValidation;
use types::{ErrorCode, Timestamp};
use web::{Failure, OpenCall, RawBody, Reply, json, no_content};
use zoom::webhook::{self, Event};

use super::SyncZoomMeeting;
use super::settings::Sync;

/// Take an event from Zoom, whose app's secret token signs it. What follows from it is done afterwards.
///
/// The same event may come several times.
#[utoipa::path(
    operation_id = "receive_zoom_event",
    tag = "calls",
    request_body(content_type = "application/json", description = "The event, as Zoom's reference has it."),
    params(
        ("x-zm-signature" = String, Header, description = "`v0=` and the HMAC-SHA-256 of `v0:`, the time, `:` and the body."),
        ("x-zm-request-timestamp" = String, Header, description = "When it was sent, in seconds since 1970: five minutes ago at the most."),
    ),
    responses(
        (status = 200, description = "The answer to `endpoint.url_validation`.", body = ZoomUrlValidation),
        (status = 204, description = "The event was taken."),
        (status = 401, description = "It is not signed with the secret token of the app, or was sent too long ago."),
    ),
)]
#[post("/v1/zoom/events")]
pub async fn receive_zoom_event(call: OpenCall, body: RawBody) -> Reply {
    let header = |name: &str| {
        let value = call.request().headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let signature = (&*header("x-zm-request-timestamp"), &*header("x-zm-signature"));
    let secret_token = &call.ctx().config().zoom.secret_token;
    let now = call.now().0 / Timestamp::SECOND;
    if !webhook::is_signed(secret_token, signature, &body.0, now) {
        return Err(Error::Unauthenticated.into());
    }
    let event = webhook::read(&body.0)
        .map_err(|cause| Failure::request(ErrorCode::MalformedRequest, format!("The event: {cause}.")))?;
    if let Event::UrlValidation { plain_token } = event {
        let encrypted_token = webhook::digest(secret_token, plain_token.as_bytes());
        return json(StatusCode::OK, &ZoomUrlValidation { plain_token, encrypted_token });
    }
    call.transact(move |tx| receive(tx, &event)).await?;
    Ok(no_content())
}

/// Has done what follows from an event.
fn receive(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::Recorded { account_id, host_id, meeting_uuid } => {
            if tx.setting::<Sync>()?.since.is_some() {
                tx.enqueue(&SyncZoomMeeting {
                    account_id: account_id.clone(),
                    host_id: host_id.clone(),
                    meeting_uuid: meeting_uuid.clone(),
                })?;
            }
            Ok(())
        }
        Event::Deauthorized { user_id } => connections::deauthorize(tx, ConnectionProvider::Zoom, user_id),
        Event::UrlValidation { .. } | Event::Other => Ok(()),
    }
}
