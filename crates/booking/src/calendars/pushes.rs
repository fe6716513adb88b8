//! What Google and Microsoft tell of changes. Of what they send nothing counts but the secret, which says which calendar to read.

use std::collections::BTreeSet;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, post};
use platform::Error;
use serde::Deserialize;
use types::CalendarId;
use types::booking::MicrosoftPush;
use web::{OpenCall, Params, RawBody, Reply, no_content};

use super::{channels, sync};

/// The longest question that is answered. Microsoft's have about 100 characters.
const MOST_QUESTION: usize = 500;

/// Learn from Google that something in a calendar changed. It is read then.
#[utoipa::path(
    operation_id = "receive_google_push",
    tag = "booking",
    params(("x-goog-channel-token" = String, Header, description = "The secret that the channel was begun with.")),
    responses(
        (status = 204, description = "The calendar is read soon."),
        (status = 401, description = "It is no secret of a calendar."),
    ),
)]
#[post("/v1/calendar_pushes/google")]
pub async fn receive_google_push(call: OpenCall) -> Reply {
    let header = call.request().headers().get("x-goog-channel-token");
    let secret = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = channels::calendar_of(call.ctx(), secret);
    read_soon(&call, told.into_iter().collect()).await?;
    Ok(no_content())
}

/// What Microsoft sends (<https://learn.microsoft.com/graph/change-notifications-delivery-webhooks>), as far as it is read.
#[derive(Deserialize)]
struct Notifications {
    value: Vec<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    client_state: Option<String>,
}

/// Learn from Microsoft that something in calendars changed. They are read then.
///
/// A `validationToken` is sent back as it is: Microsoft asks so whether the address is right.
#[utoipa::path(
    operation_id = "receive_microsoft_push",
    tag = "booking",
    params(MicrosoftPush),
    request_body(content_type = "application/json", description = "The changes, as Microsoft's reference has them; each with the secret as its `clientState`."),
    responses(
        (status = 200, description = "The `validationToken`.", body = String, content_type = "text/plain"),
        (status = 202, description = "The calendars are read soon."),
        (status = 401, description = "It holds no secret of a calendar."),
    ),
)]
#[post("/v1/calendar_pushes/microsoft")]
pub async fn receive_microsoft_push(call: OpenCall, query: Params<MicrosoftPush>, body: RawBody) -> Reply {
    if let Some(question) = query.0.validation_token.filter(|text| text.len() <= MOST_QUESTION) {
        let reply =
            HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(question);
        return Ok(reply);
    }
    let told: Notifications = serde_json::from_slice(&body.0).map_err(|_| Error::Unauthenticated)?;
    let secrets = told.value.into_iter().filter_map(|one| one.client_state);
    let calendars = secrets.filter_map(|secret| channels::calendar_of(call.ctx(), &secret)).collect();
    read_soon(&call, calendars).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Has these calendars read.
async fn read_soon(call: &OpenCall, calendars: BTreeSet<CalendarId>) -> platform::Result<()> {
    if calendars.is_empty() {
        return Err(Error::Unauthenticated);
    }
    call.transact(move |tx| calendars.iter().try_for_each(|id| sync::soon(tx, *id))).await
}
