//! What is known of every request afterwards: a log line and metrics, without anything personal.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpMessage};
use futures_util::FutureExt;
use platform::{Actor, Error};
use tracing::Instrument;

use crate::Failure;
use crate::authentication::Caller;

/// Names the request in its reply and in every log line that it caused.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Middleware, the outermost: gives each request an id, answers a panic with 500, writes one log line with method,
/// route, status, duration and actor, and counts. Addresses are masked and bodies never looked at.
///
/// # Errors
/// What the wrapped middleware return.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let id = format!("{:016x}", rand::random::<u64>());
    let method = request.method().clone();
    let started = Instant::now();
    let span = tracing::info_span!("request", id);
    let outcome = async {
        let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        let outcome = outcome.unwrap_or_else(|_| {
            // The panic's own text went to the log through the panic hook.
            Err(Failure::from(Error::internal("a handler panicked")).into())
        });
        record(&method, outcome.as_ref(), started);
        outcome
    }
    .instrument(span)
    .await;
    let mut response = outcome?;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    Ok(response)
}

fn record<B>(
    method: &actix_web::http::Method,
    outcome: Result<&ServiceResponse<B>, &ActixError>,
    started: Instant,
) {
    let duration = started.elapsed();
    let (status, error, route, actor, address) = match outcome {
        Ok(response) => {
            let request = response.request();
            let extensions = request.extensions();
            let caller = extensions.get::<Caller>();
            (
                response.status().as_u16(),
                response.response().error(),
                request.match_pattern().unwrap_or_else(|| "unmatched".to_owned()),
                caller.map_or_else(String::new, actor_of),
                caller.map_or_else(String::new, |caller| masked(caller.address)),
            )
        }
        Err(error) => {
            let status = error.as_response_error().status_code().as_u16();
            (status, Some(error), "unmatched".to_owned(), String::new(), String::new())
        }
    };
    if let Some(cause) = error.and_then(|error| error.as_error::<Failure>()).and_then(Failure::cause) {
        tracing::error!(%method, route, cause = %cause, "a request failed");
    }
    let milliseconds = duration.as_secs_f64() * 1e3;
    tracing::info!(target: "access", %method, route, status, milliseconds, actor, address, "request");
    let labels = [("method", method.as_str().to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels[..2]).record(duration.as_secs_f64());
}

/// The actor's key; of somebody unknown only that.
fn actor_of(caller: &Caller) -> String {
    match &caller.actor {
        Some(Ok(Actor::Anonymous { .. })) | None => "anonymous".to_owned(),
        Some(Ok(actor)) => actor.key(),
        Some(Err(_)) => "refused".to_owned(),
    }
}

/// The network that an address belongs to: 24 bits of IPv4, 48 of IPv6.
fn masked(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked() {
        assert_eq!(masked("203.0.113.77".parse().unwrap()), "203.0.113.0");
        assert_eq!(masked("2001:db8:7:8::1".parse().unwrap()), "2001:db8:7::");
    }
}
