//! What plays the clip: the browser's own element, and where it is.

use types::clips::SharedClip;
use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::listener::listen;
use visitor_kit::browser::watched::Watched;
use web_sys::HtmlMediaElement;

/// Where the player is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Milliseconds from the beginning.
    pub at_ms: i64,
    /// Whether it plays.
    pub is_playing: bool,
}

/// The player.
pub struct Player {
    /// Where it is.
    pub place: Watched<Place>,
    /// How long the clip is, in milliseconds.
    pub duration_ms: i64,
    element: El,
    media: HtmlMediaElement,
}

impl Player {
    /// A player for a clip, which has nothing to play yet.
    pub fn new(clip: &SharedClip) -> Self {
        let name = if clip.has_picture { "video" } else { "audio" };
        let element = el(name, "clip-media").attr("playsinline", "").attr("preload", "metadata");
        let media = element.unchecked();
        Self { place: Watched::default(), duration_ms: clip.duration_ms, element, media }
    }

    /// The element to show; of sound there is nothing to see.
    pub fn element(&self) -> El {
        self.element.clone()
    }

    /// Calls `note` whenever the player has moved, begun or stopped.
    pub fn on_change(&self, note: impl Fn() + Copy + 'static) {
        for event in ["timeupdate", "seeked", "play", "pause", "ended"] {
            listen(&self.media, event, move |_| note());
        }
    }

    /// Calls `handler` when the clip cannot be played.
    pub fn on_error(&self, handler: impl Fn() + 'static) {
        listen(&self.media, "error", move |_| handler());
    }

    /// Notes where it is.
    pub fn note(&self) {
        let place = Place {
            at_ms: (self.media.current_time() * 1000.0) as i64,
            is_playing: !self.media.paused() && !self.media.ended(),
        };
        self.place.change(|known| *known = place);
    }

    /// Loads the clip. Where it was before, it goes on.
    pub fn load(&self, url: &str) {
        let Place { at_ms, is_playing } = self.place.peek(|place| *place);
        self.media.set_src(url);
        if at_ms > 0 {
            self.seek(at_ms);
        }
        if is_playing {
            self.play();
        }
    }

    /// Plays, or pauses.
    pub fn toggle(&self) {
        if self.media.paused() {
            self.play();
        } else {
            // Pausing what is paused does nothing.
            let _ = self.media.pause();
        }
    }

    fn play(&self) {
        // Refused where nothing was pressed yet: the button still says "play" then.
        let _ = self.media.play();
    }

    /// Goes to a moment.
    pub fn seek(&self, ms: i64) {
        self.media.set_current_time(ms.clamp(0, self.duration_ms) as f64 / 1000.0);
    }

    /// Goes back or forward.
    pub fn skip(&self, ms: i64) {
        self.seek((self.media.current_time() * 1000.0) as i64 + ms);
    }

    /// Plays so many times as fast.
    pub fn set_speed(&self, speed: f64) {
        self.media.set_playback_rate(speed);
    }
}
