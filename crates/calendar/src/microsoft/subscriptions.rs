//! Telling us of changes (<https://learn.microsoft.com/graph/change-notifications-delivery-webhooks>). What is sent says which
//! event changed, not how.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use types::Timestamp;

use super::Microsoft;
use crate::{Result, rest};

/// The longest that a subscription to events lives, in seconds: 4230 minutes.
pub const MOST_SUBSCRIPTION_SECONDS: i64 = 4230 * 60;

/// Where Graph tells us of the changes of one calendar.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MicrosoftSubscription {
    /// What Graph calls it.
    pub id: String,
    /// When it ends by itself unless it is renewed.
    #[serde(rename = "expirationDateTime")]
    pub expires_at: Timestamp,
}

impl Microsoft {
    /// Has Graph send a POST to `notification_url`, which must be https, whenever an event in the calendar is made, changed or
    /// deleted, with `client_state` (at most 128 characters) in it. Before it answers here, Graph asks that address with a
    /// `validationToken` in the query, and wants the token back as plain text with 200 within ten seconds. It lives until
    /// `expires_at`, at most [`MOST_SUBSCRIPTION_SECONDS`] from now.
    ///
    /// # Errors
    /// [`Error::Unusable`](crate::Error::Unusable) when the address did not answer as it must;
    /// [`Error::NotFound`](crate::Error::NotFound); [`Error::Unauthorized`](crate::Error::Unauthorized);
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn subscribe(
        &self,
        calendar: &str,
        notification_url: &str,
        client_state: &str,
        expires_at: Timestamp,
    ) -> Result<MicrosoftSubscription> {
        let body = json!({
            "changeType": "created,updated,deleted",
            "notificationUrl": notification_url,
            "resource": rest::address("", &["me", "calendars", calendar, "events"], &[])?,
            "expirationDateTime": expires_at,
            "clientState": client_state,
        });
        self.0.post(&["subscriptions"], &body).await
    }

    /// Has a subscription live until another time, at most [`MOST_SUBSCRIPTION_SECONDS`] from now.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when it has ended: subscribe again, and ask for what changed
    /// meanwhile. [`Error::Unauthorized`](crate::Error::Unauthorized),
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn renew(&self, id: &str, expires_at: Timestamp) -> Result<MicrosoftSubscription> {
        let request = self.0.request(Method::PATCH, &["subscriptions", id], &[])?;
        self.0.ask(request.json(&json!({ "expirationDateTime": expires_at }))).await?.json()
    }

    /// Ends a subscription. One that has ended already is fine.
    ///
    /// # Errors
    /// [`Error::Unauthorized`](crate::Error::Unauthorized), [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn unsubscribe(&self, id: &str) -> Result<()> {
        let request = self.0.request(Method::DELETE, &["subscriptions", id], &[])?;
        rest::gone_is_fine(self.0.ask(request).await)
    }
}
