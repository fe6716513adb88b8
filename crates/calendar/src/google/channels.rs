//! Telling us of changes (<https://developers.google.com/workspace/calendar/api/guides/push>). What is sent says that
//! something changed, not what.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use types::Timestamp;

use super::Google;
use crate::{Result, rest};

/// Where Google tells us of the changes of one calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoogleChannel {
    /// What we call it.
    pub id: String,
    /// What Google calls what it watches.
    pub resource_id: String,
    /// When it ends by itself: at most about a month after it began.
    pub expires_at: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Watched {
    resource_id: String,
    /// Milliseconds since 1970, as text.
    expiration: Option<String>,
}

impl Google {
    /// Has Google send a POST to `address`, which must be https, whenever something in the calendar changes, with the secret
    /// in the header `X-Goog-Channel-Token` (at most 256 characters). The channel's id is ours to choose: letters, digits,
    /// `-`, `_`, `+`, `/` and `=`, at most 64, never used before. It lives for `ttl` seconds, or less.
    ///
    /// # Errors
    /// [`Error::Unusable`](crate::Error::Unusable) when Google does not take the address;
    /// [`Error::NotFound`](crate::Error::NotFound) when the calendar cannot be watched;
    /// [`Error::Unauthorized`](crate::Error::Unauthorized); [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn watch(
        &self,
        calendar: &str,
        (channel_id, secret): (&str, &str),
        address: &str,
        ttl: u32,
    ) -> Result<GoogleChannel> {
        let body = json!({
            "id": channel_id, "type": "web_hook", "address": address, "token": secret,
            "params": { "ttl": ttl.to_string() },
        });
        let watched: Watched = self.0.post(&["calendars", calendar, "events", "watch"], &body).await?;
        let expires_at = watched.expiration.and_then(|at| at.parse::<i64>().ok());
        Ok(GoogleChannel {
            id: channel_id.to_owned(),
            resource_id: watched.resource_id,
            expires_at: expires_at.map(|at| Timestamp(at.saturating_mul(1000))),
        })
    }

    /// Ends a channel. One that has ended already is fine.
    ///
    /// # Errors
    /// [`Error::Unauthorized`](crate::Error::Unauthorized), [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn stop(&self, channel: &GoogleChannel) -> Result<()> {
        let body = json!({ "id": channel.id, "resourceId": channel.resource_id });
        let request = self.0.request(Method::POST, &["channels", "stop"], &[])?.json(&body);
        rest::gone_is_fine(self.0.ask(request).await)
    }
}
