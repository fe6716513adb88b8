//! What can go wrong with a call.

use types::{ErrorCode, Problem};

use crate::Response;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientError {
    /// The server refused, and said why.
    Problem(Box<Problem>),
    /// No reply came: the connection failed or was cut. Whether the act was done is unknown.
    Network(String),
    /// The reply is not what this client understands.
    Decode(String),
}

impl ClientError {
    /// The server's stable code, if it refused.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Network(_) | Self::Decode(_) => None,
        }
    }

    /// The HTTP status, if the server refused.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::Network(_) | Self::Decode(_) => None,
        }
    }

    /// What the server says about one field of the request.
    pub fn field(&self, name: &str) -> Option<&str> {
        match self {
            Self::Problem(problem) => {
                problem.errors.iter().find(|e| e.field == name).map(|e| e.detail.as_str())
            }
            Self::Network(_) | Self::Decode(_) => None,
        }
    }
}

impl std::fmt::Display for ClientError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Problem(problem) => f.write_str(&problem.detail),
            Self::Network(cause) => write!(f, "no reply from the server: {cause}"),
            Self::Decode(cause) => write!(f, "a reply that this client does not understand: {cause}"),
        }
    }
}

impl std::error::Error for ClientError {}

/// Reads a reply: the value of a success, the problem of a refusal. An empty body reads as `()`.
pub(crate) fn read<R: serde::de::DeserializeOwned>(response: Response) -> Result<R, ClientError> {
    if (200..300).contains(&response.status) {
        let body: &[u8] = if response.body.is_empty() { b"null" } else { &response.body };
        return from_json(body).map_err(ClientError::Decode);
    }
    match from_json(&response.body) {
        Ok(problem) => Err(ClientError::Problem(Box::new(problem))),
        Err(_) => Err(ClientError::Decode(format!("status {} without a problem document", response.status))),
    }
}

/// Reads JSON by way of a [`serde_json::Value`]: every type is then read by the same deserializer as the events of the
/// live stream, which makes the browser's bundles smaller.
fn from_json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
    types::json::read(value).map_err(|e| e.to_string())
}
