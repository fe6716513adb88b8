//! The visitor's requests.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client::browser::FetchTransport;
use client::{Body, Client, ClientError, Method, Request, Response, Transport};
use types::ErrorCode;

use crate::live_frame::Poll;

/// Why a request failed, as far as the visitor's chat goes on differently.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No reply came, or the server cannot do it at the moment: try again later.
    Unreachable,
    /// Too many requests.
    RateLimited {
        /// After how many seconds to try again.
        seconds: u32,
    },
    /// The visitor's session has ended.
    SessionEnded,
    /// The host page could not prove who the visitor is.
    IdentityRefused,
    /// This browser belongs to another identity.
    OtherIdentity,
    /// The server refused.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        detail: String,
    },
}

/// The credential of the requests, shared by all who send.
pub type Token = Rc<RefCell<Option<String>>>;

/// The API's client with the visitor's credential.
pub struct Api {
    client: Client<VisitorTransport>,
}

impl Api {
    /// Talks to the server at `base` with whatever token is current.
    pub fn new(base: &str, token: Token) -> Self {
        let token: Box<dyn Fn() -> Option<String>> = Box::new(move || token.borrow().clone());
        let transport =
            VisitorTransport { fetch: FetchTransport::new(base, token), retry_after: Cell::new(None) };
        Self { client: Client::new(transport) }
    }

    /// The client.
    pub fn client(&self) -> &Client<VisitorTransport> {
        &self.client
    }

    /// What happened since a position: what the live socket would have told.
    ///
    /// # Errors
    /// [`Failure::SessionEnded`] or [`Failure::Unreachable`].
    pub async fn poll(&self, cursor: Option<&str>) -> Result<Poll, Failure> {
        let since = cursor.map_or_else(String::new, |cursor| ["?since=", &encoded(cursor)].concat());
        let path = ["/v1/events", &since].concat();
        let request = Request { method: Method::Get, path, headers: Vec::new(), body: Body::Empty };
        let response = self.client.transport().send(request).await.map_err(|_| Failure::Unreachable)?;
        match response.status {
            200 => serde_json::from_slice(&response.body).map_err(|_| Failure::Unreachable),
            401 => Err(Failure::SessionEnded),
            _ => Err(Failure::Unreachable),
        }
    }

    /// What the chat makes of an error.
    pub fn failure(&self, error: ClientError) -> Failure {
        let ClientError::Problem(problem) = error else { return Failure::Unreachable };
        match problem.code {
            ErrorCode::Unauthenticated => Failure::SessionEnded,
            ErrorCode::IdentityRefused => Failure::IdentityRefused,
            ErrorCode::Conflict => Failure::OtherIdentity,
            ErrorCode::RateLimited => {
                let seconds = self.client.transport().retry_after.take().unwrap_or(10);
                Failure::RateLimited { seconds }
            }
            _ if problem.status >= 500 => Failure::Unreachable,
            _ => Failure::Refused { status: problem.status, detail: problem.detail },
        }
    }
}

/// A text as it can stand in a query.
pub(super) fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The browser's fetch, which remembers the seconds of `Retry-After`.
pub struct VisitorTransport {
    fetch: FetchTransport<Box<dyn Fn() -> Option<String>>>,
    retry_after: Cell<Option<u32>>,
}

impl Transport for VisitorTransport {
    async fn send(&self, request: Request) -> Result<Response, ClientError> {
        let response = self.fetch.send(request).await?;
        if response.retry_after.is_some() {
            self.retry_after.set(response.retry_after);
        }
        Ok(response)
    }
}
