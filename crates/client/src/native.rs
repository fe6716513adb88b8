//! The transport over reqwest, for programs outside a browser.

use std::future::Future;

use crate::{Body, ClientError, Method, Request, Response, Transport};

/// Sends requests with reqwest, with a fixed credential.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl HttpTransport {
    /// Talks to the server at `base`, such as `https://rapport.example.org`, with an API token, an access token or none.
    pub fn new(base: impl Into<String>, token: Option<String>) -> Self {
        Self::with_http(reqwest::Client::new(), base, token)
    }

    /// The same over a reqwest client set up elsewhere, for example with a cookie store or a proxy.
    pub fn with_http(http: reqwest::Client, base: impl Into<String>, token: Option<String>) -> Self {
        Self { http, base: base.into().trim_end_matches('/').to_owned(), token }
    }

    fn request(&self, request: Request) -> Result<reqwest::RequestBuilder, ClientError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.http.request(method, format!("{}{}", self.base, request.path));
        if let Some(token) = &self.token {
            builder = builder.bearer_auth(token);
        }
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        Ok(match request.body {
            Body::Empty => builder,
            Body::Json(bytes) => builder.header("Content-Type", "application/json").body(bytes),
            Body::Bytes(bytes) => builder.header("Content-Type", "application/octet-stream").body(bytes),
            Body::File(file) => {
                let part = reqwest::multipart::Part::bytes(file.bytes).file_name(file.name);
                let part = part.mime_str(&file.content_type).map_err(network)?;
                builder.multipart(reqwest::multipart::Form::new().part("file", part))
            }
        })
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, ClientError>> {
        let builder = self.request(request);
        async move {
            let reply = builder?.send().await.map_err(network)?;
            let status = reply.status().as_u16();
            let retry_after = reply.headers().get("Retry-After").and_then(|v| v.to_str().ok()?.parse().ok());
            let body = reply.bytes().await.map_err(network)?.to_vec();
            Ok(Response { status, body, retry_after })
        }
    }
}

fn network(cause: reqwest::Error) -> ClientError {
    ClientError::Network(cause.to_string())
}
