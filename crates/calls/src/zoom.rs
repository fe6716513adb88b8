//! Recordings and transcripts of meetings and webinars, from Zoom's cloud.
//!
//! Zoom says when something is ready (`events`), and is asked for what was missed (`catch_up`); either way `sync` takes a
//! meeting over. What was taken over is remembered, so that nothing comes twice, nor again after it was deleted here; what
//! is deleted at Zoom stays here.
//!
//! - The call is its host's, or else the first participant's who is a user, by address or by a connection of their own
//!   (CALL-70, 71). Of nobody who may use conversation intelligence, nothing is taken over (CALL-64).
//! - A participant with an address is a user, or else a contact, which is made where there is none; a user never becomes a
//!   contact, and nobody without an address does (CALL-62, 63).
//! - A transcript that Zoom has made is taken as it is (SYS-03). Where there is none, the call is transcribed like any other,
//!   and who spoke when is had from Zoom (SYS-02).

mod arrival;
mod catch_up;
mod events;
mod people;
mod settings;
mod sync;

pub use catch_up::{CatchUpWithZoom, CatchUpZoomConnection};
pub use events::receive_zoom_event;
pub use settings::{get_zoom_settings, update, update_zoom_settings};
pub use sync::SyncZoomMeeting;

use accounts::connections::{self, Linked};
use platform::{Ctx, Error, JobError, Result};
use zoom::Zoom;

/// A connection to Zoom that can be used.
struct Connected<'c> {
    ctx: &'c Ctx,
    zoom: std::sync::Arc<Zoom>,
    linked: Linked,
    token: String,
}

impl<'c> Connected<'c> {
    /// Nothing when nobody can use the connection until somebody signs in at Zoom again.
    async fn open(ctx: &'c Ctx, linked: Linked) -> Result<Option<Self>> {
        let Some(token) = connections::access_token(ctx, linked.id).await? else { return Ok(None) };
        Ok(Some(Self { ctx, zoom: ctx.extension::<Zoom>()?, linked, token }))
    }

    /// What Zoom gave; nothing when it has no such thing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where it makes sense to try again, and [`JobError::Permanent`] where it does not.
    async fn given<T>(&self, answer: std::result::Result<T, zoom::Error>) -> Result<Option<T>> {
        match answer {
            Ok(given) => Ok(Some(given)),
            Err(zoom::Error::NotFound(_)) => Ok(None),
            Err(cause @ zoom::Error::SignIn(_)) => {
                connections::spoil(self.ctx, self.linked.id).await?;
                Err(Error::Unavailable(cause.to_string()))
            }
            Err(cause @ zoom::Error::Unreachable(_)) => Err(Error::Unavailable(cause.to_string())),
            Err(cause) => Err(JobError::Permanent(cause.into()).into()),
        }
    }
}
