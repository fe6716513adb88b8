//! Signing in and staying signed in.
//!
//! The access token lives in memory alone and lasts some minutes; the refresh token is an HttpOnly cookie that this
//! code never sees. Tabs refresh one after the other (Web Locks).

mod invitation;
mod password_reset;
mod setup;
mod sign_in;
mod signed_out_page;
mod start;
mod transport;

use std::time::Duration;

use client::{Client, ClientError};
use leptos::{prelude::*, task::spawn_local};
use types::accounts::SessionReply;

pub use invitation::InvitationPage;
pub use password_reset::PasswordResetPage;
pub use setup::SetupPage;
pub use sign_in::SignInPage;
pub use start::{enter, leave, start};
pub use transport::SessionTransport;

use crate::browser;

/// Stored in this browser while somebody is signed in: without it there is no cookie worth asking about.
const SIGNED_IN: &str = "rapport.signed_in";

/// The typed client that carries the session.
pub type Api = Client<SessionTransport>;

/// How the app stands towards the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Asking whether the cookie still holds.
    Starting,
    /// Nobody is signed in.
    SignedOut {
        /// Somebody was, and the server ended it.
        ended: bool,
    },
    /// Somebody is signed in.
    SignedIn,
    /// The server could not be asked.
    Unreachable(ClientError),
}

/// The session of this browser.
#[derive(Clone, Copy)]
pub struct Session {
    /// How the app stands.
    pub phase: RwSignal<Phase>,
    token: RwSignal<Option<String>>,
    base: StoredValue<String>,
}

impl Session {
    /// Nothing is known yet. The server is the page's own origin unless `<meta name="rapport-api">` names another one.
    pub fn new() -> Self {
        let base = browser::meta("rapport-api").unwrap_or_default();
        Self {
            phase: RwSignal::new(Phase::Starting),
            token: RwSignal::new(None),
            base: StoredValue::new(base.trim_end_matches('/').to_owned()),
        }
    }

    /// The client over this session.
    pub fn api(self) -> Api {
        Client::new(SessionTransport::new(self))
    }

    /// The access token, if somebody is signed in. Follows its renewal.
    pub fn token(self) -> Signal<Option<String>> {
        self.token.into()
    }

    /// The server's address; empty for the page's own origin.
    pub fn base(self) -> String {
        self.base.get_value()
    }

    /// The absolute or same-origin address of a path of the server, such as a file's link.
    pub fn server_url(self, path: &str) -> String {
        format!("{}{path}", self.base())
    }

    /// Takes a fresh token, and renews it before it ends.
    pub(crate) fn accept(self, reply: &SessionReply) {
        self.token.set(Some(reply.access_token.clone()));
        browser::store(SIGNED_IN, Some("1"));
        let left_ms = reply.expires_at.0 as f64 / 1000.0 - browser::now_ms();
        // The clocks may differ: never more than once a minute, and a reply 401 renews as well.
        let wait = (left_ms * 0.8).clamp(60_000.0, 3_600_000.0);
        let own = reply.access_token.clone();
        set_timeout(
            move || {
                if self.token.try_get_untracked().flatten().as_ref() == Some(&own) {
                    spawn_local(async move {
                        // What fails here is tried again by the next request.
                        let _ = self.renew(Some(own)).await;
                    });
                }
            },
            Duration::from_millis(wait as u64),
        );
    }

    /// Gets a fresh token unless another request has already replaced `stale`. Whoever is refused is signed out.
    ///
    /// # Errors
    /// The error of the refresh, when there is no fresh token afterwards.
    pub async fn renew(self, stale: Option<String>) -> Result<Option<SessionReply>, ClientError> {
        let outcome = StoredValue::new_local(None);
        browser::exclusively("rapport.session", async move {
            if stale.is_some() && self.token.get_untracked() != stale {
                outcome.set_value(Some(Ok(None)));
                return;
            }
            let reply = self.api().refresh_session().await;
            match &reply {
                Ok(reply) => self.accept(reply),
                Err(error) if error.status().is_some_and(|status| status < 500 && status != 429) => {
                    self.end(stale.is_some());
                }
                Err(_) => {}
            }
            outcome.set_value(Some(reply.map(Some)));
        })
        .await;
        let result = outcome.try_update_value(Option::take).flatten();
        outcome.dispose();
        result.unwrap_or_else(|| Err(ClientError::Network("the refresh was cut short".into())))
    }

    /// Forgets the token.
    pub(crate) fn end(self, ended: bool) {
        self.token.set(None);
        browser::store(SIGNED_IN, None);
        self.phase.set(Phase::SignedOut { ended });
    }
}

/// The token of a link that was mailed. It stands in the fragment, which browsers send to no server.
fn token_of_link() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    fragment.strip_prefix('#').filter(|token| !token.is_empty()).map(ToOwned::to_owned)
}
