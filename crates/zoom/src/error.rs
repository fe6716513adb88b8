//! Why Zoom did not give what it was asked for.

use reqwest::StatusCode;
use serde::Deserialize;

/// Why Zoom did not give what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It did not answer, or not now: try again.
    #[error("Zoom cannot be reached: {0}")]
    Unreachable(String),
    /// The access token is not valid any more.
    #[error("Zoom does not accept the access token: {0}")]
    SignIn(String),
    /// There is no such thing.
    #[error("Zoom knows no such thing: {0}")]
    NotFound(String),
    /// It refuses, and would again.
    #[error("Zoom refuses: {0}")]
    Refused(String),
    /// The address of a file is none of Zoom's.
    #[error("the file is not at Zoom: {0}")]
    Elsewhere(String),
}

/// The body of a refusal: Zoom's own code, and words.
#[derive(Default, Deserialize)]
struct Refusal {
    code: Option<i64>,
    message: Option<String>,
}

/// "Access token is expired" and "Invalid access token" (<https://developers.zoom.us/docs/api/errors/>).
const INVALID_TOKEN: i64 = 124;

impl Error {
    /// What a reply that is no success says.
    pub(crate) fn of_reply(status: StatusCode, body: &[u8]) -> Self {
        let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
        let words = refusal.message.unwrap_or_default();
        let text = match refusal.code {
            Some(code) => format!("{status}, code {code}: {words}"),
            None => status.to_string(),
        };
        match status {
            _ if refusal.code == Some(INVALID_TOKEN) => Self::SignIn(text),
            StatusCode::UNAUTHORIZED => Self::SignIn(text),
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound(text),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Self::Unreachable(text),
            _ if status.is_client_error() => Self::Refused(text),
            _ => Self::Unreachable(text),
        }
    }
}

impl From<reqwest::Error> for Error {
    /// Without the address, which may hold what is not for every reader.
    fn from(cause: reqwest::Error) -> Self {
        Self::Unreachable(cause.without_url().to_string())
    }
}
