//! Adds the access token to each request, and gets a fresh one when the server no longer takes it.

use client::browser::FetchTransport;
use client::{ClientError, Request, Response, Transport};
use leptos::prelude::*;
use types::ErrorCode;

use super::Session;

/// Sends requests of this session.
#[derive(Clone, Copy)]
pub struct SessionTransport {
    session: Session,
}

impl SessionTransport {
    /// Sends requests of this session.
    pub fn new(session: Session) -> Self {
        Self { session }
    }

    async fn send_with(&self, token: Option<String>, request: Request) -> Result<Response, ClientError> {
        FetchTransport::new(self.session.base(), move || token.clone()).send(request).await
    }
}

impl Transport for SessionTransport {
    async fn send(&self, request: Request) -> Result<Response, ClientError> {
        // Refreshing goes by the cookie; a stale token beside it would only be refused.
        let token =
            if request.path == "/v1/sessions/refresh" { None } else { self.session.token().get_untracked() };
        let response = self.send_with(token.clone(), request.clone()).await?;
        if token.is_none() || !is_unauthenticated(&response) {
            return Ok(response);
        }
        // Boxed, because refreshing sends a request itself.
        Box::pin(self.session.renew(token)).await?;
        self.send_with(self.session.token().get_untracked(), request).await
    }
}

fn is_unauthenticated(response: &Response) -> bool {
    if response.status != 401 {
        return false;
    }
    let problem: serde_json::Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let code = problem.get("code").and_then(serde_json::Value::as_str);
    [ErrorCode::Unauthenticated, ErrorCode::SessionReused].iter().any(|wanted| code == Some(wanted.as_str()))
}
