//! The signed link that the element plays from: made when it is first needed, and again when it has ended.

use client::ClientError;
use leptos::prelude::*;
use types::CallId;
use types::calls::{CallPath, RecordingLink};
use web_sys::HtmlMediaElement;

use crate::browser;
use crate::context::App;

/// A link that ends sooner than this is made anew, in milliseconds.
const SOON_MS: f64 = 60_000.0;
/// A link that fails so soon after it was made is not the reason, in milliseconds.
const FRESH_MS: f64 = 15_000.0;

/// Where the element plays from.
#[derive(Clone, Copy)]
pub struct Source {
    app: App,
    call_id: CallId,
    /// The link, and when it was made by the clock of the browser.
    link: StoredValue<Option<(RecordingLink, f64)>>,
}

impl Source {
    pub fn new(app: App, call_id: CallId) -> Self {
        Self { app, call_id, link: StoredValue::new(None) }
    }

    /// Forgets the link, because the recording is another one now.
    pub fn forget(self, media: Option<&HtmlMediaElement>) {
        self.link.set_value(None);
        if let Some(media) = media {
            // Without an address nothing is loaded.
            let _ = media.remove_attribute("src");
            media.load();
        }
    }

    /// Makes sure that the element can play from a moment.
    ///
    /// # Errors
    /// As the request for a link.
    pub async fn prepare(self, media: &HtmlMediaElement, at_ms: i64) -> Result<(), ClientError> {
        let is_valid = self.link.with_value(|link| {
            link.as_ref()
                .is_some_and(|(link, _)| link.expires_at.0 as f64 / 1000.0 > browser::now_ms() + SOON_MS)
        });
        if is_valid && is_loaded(media) && media.error().is_none() {
            return Ok(());
        }
        self.renew(media, at_ms).await
    }

    /// Tries a new link, unless the one that failed was new.
    ///
    /// # Errors
    /// As the request for a link; a network error when a new link fails too.
    pub async fn renew_after_failure(self, media: &HtmlMediaElement, at_ms: i64) -> Result<(), ClientError> {
        let made_at = self.link.try_with_value(|link| link.as_ref().map(|(_, at)| *at)).flatten();
        if made_at.is_some_and(|at| browser::now_ms() - at < FRESH_MS) {
            return Err(ClientError::Network("the recording".to_owned()));
        }
        self.renew(media, at_ms).await
    }

    async fn renew(self, media: &HtmlMediaElement, at_ms: i64) -> Result<(), ClientError> {
        let link = self.app.api().create_recording_link(&CallPath { call_id: self.call_id }).await?;
        media.set_src(&self.app.session.server_url(&link.url));
        // Before anything is loaded this is where playing will start (HTML, default playback start position).
        media.set_current_time(at_ms as f64 / 1000.0);
        self.link.try_update_value(|kept| *kept = Some((link, browser::now_ms())));
        Ok(())
    }
}

/// Whether the element has an address to play from.
pub fn is_loaded(media: &HtmlMediaElement) -> bool {
    media.has_attribute("src")
}
