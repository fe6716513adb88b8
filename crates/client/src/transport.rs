//! What carries requests and replies.

use std::future::Future;

use crate::ClientError;

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Vec<u8>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// A file, sent as the field `file` of `multipart/form-data`.
    File(crate::Upload),
}

/// A request, without the server's address.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// Headers beside the credential and the content type.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
}

/// A reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// The seconds of `Retry-After`, if the server sent them.
    pub retry_after: Option<u32>,
}

/// Carries a request to the server and the reply back.
pub trait Transport {
    /// Sends the request.
    ///
    /// # Errors
    /// [`ClientError::Network`] when no reply came.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, ClientError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, ClientError>> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for std::rc::Rc<T> {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, ClientError>> {
        (**self).send(request)
    }
}
