//! The stream of events: over a WebSocket, and by polling for clients that cannot hold one.

mod frames;
mod socket;

use actix_http::ws;
use actix_web::body::{BodyStream, MessageBody};
use actix_web::web::{Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use platform::{Ctx, Error};
use tokio::sync::watch;
use types::ErrorCode;
use types::platform::{Events, Since};

use crate::authentication::Caller;
use crate::{Call, Failure, Params, Reply, Routes, json, origin};
use socket::Socket;

/// Tells every socket of the process to say goodbye (close code 1001) when the server stops.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Sender<bool>);

impl Default for Shutdown {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Shutdown {
    /// Closes every socket, now and from now on.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    fn listen(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }
}

/// The routes of the stream. The app also needs `Data<Shutdown>`.
pub fn routes(config: &mut Routes) {
    config.service(open_live_stream).service(list_events);
}

/// Open the live stream.
///
/// A WebSocket of JSON text frames. Send `{"frame":"authenticate","token":"..."}` within five seconds; `ready` comes
/// back, then each event that you may see. Send a fresh token before the old one ends, and `ping` whenever you like;
/// the server sends WebSocket pings and cuts a connection that was silent for a minute. After a cut, connect again with
/// `since` set to the last cursor: nothing is missed and nothing comes twice.
#[utoipa::path(
    operation_id = "open_live_stream", tag = "events", params(Since), security(()),
    responses(
        (status = 101, description = "The connection is a WebSocket now"),
        (status = 400, description = "The request does not open a WebSocket."),
        (status = 403, description = "A page of another origin asked."),
    )
)]
#[get("/v1/live")]
pub async fn open_live_stream(request: HttpRequest, since: Params<Since>, incoming: Payload) -> Reply {
    let wired = || Failure::from(Error::internal("the live stream was not wired in"));
    let ctx = request.app_data::<Data<Ctx>>().ok_or_else(wired)?;
    let shutdown = request.app_data::<Data<Shutdown>>().ok_or_else(wired)?.listen();
    origin::require_own(request.headers(), ctx.config())?;
    let address = request.extensions().get::<Caller>().ok_or_else(wired)?.address;
    let mut response = ws::handshake(request.head())
        .map_err(|cause| Failure::request(ErrorCode::MalformedRequest, format!("{cause}.")))?;
    let socket = Socket::new(ctx.from_address(address), address, since.0.since, incoming, shutdown);
    let body = BodyStream::new(Box::pin(socket.run())).boxed();
    Ok(HttpResponse::from(response.message_body(body).map_err(|cause| Error::internal(cause.to_string()))?))
}

/// List events.
///
/// The polling twin of the live stream: the same events in the same order, at most 500. Without `since` there are none,
/// and the cursor to begin with.
#[utoipa::path(
    operation_id = "list_events", tag = "events", params(Since),
    responses((status = 200, body = Events))
)]
#[get("/v1/events")]
pub async fn list_events(call: Call, since: Params<Since>) -> Reply {
    let events = call.ctx().events_since(call.actor(), since.since.as_deref()).await?;
    json(actix_web::http::StatusCode::OK, &events)
}
