//! The requests.

use visitor_kit::booking::Refusal;
use visitor_kit::browser::fetch::{Reply, fetch};
use visitor_kit::json::{self, Read};

/// Asks the server for something.
pub async fn ask<T: Read>(method: &str, address: &str, body: &str) -> Result<T, Refusal> {
    json::read(&send(method, address, body).await?).ok_or_else(Refusal::default)
}

/// Sends something to the server; the text of its reply.
pub async fn send(method: &str, address: &str, body: &str) -> Result<String, Refusal> {
    match fetch(method, address, None, body).await {
        Some(Reply { status: 200..300, body, .. }) => Ok(body),
        Some(reply) => Err(Refusal::of_reply(reply.status, &reply.body)),
        None => Err(Refusal::default()),
    }
}
