//! Playing the recording of a call.

mod address;
mod controls;
mod exclusive;
mod media;
mod position;
mod shortcuts;
mod source;

use std::ops::Range;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use types::CallId;
use types::calls::Recording;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlMediaElement;

pub use address::{link_to, stated_clip, stated_moment};
pub use controls::Controls;
pub use media::Media;

use crate::browser;
use crate::context::App;
use exclusive::Exclusive;
use source::Source;

/// How far "back" and "forward" go, in milliseconds.
const SKIP_MS: i64 = 10_000;
/// What the device remembers of how recordings are played.
const SPEED: &str = "rapport.player.speed";
const VOLUME: &str = "rapport.player.volume";
const SKIPS_SILENCE: &str = "rapport.player.skips_silence";

/// The player: where it is, and what moves it.
#[derive(Clone, Copy)]
pub struct Player {
    app: App,
    call_id: CallId,
    media: StoredValue<Option<HtmlMediaElement>, LocalStorage>,
    source: Source,
    exclusive: Exclusive,
    /// The recording.
    recording: Memo<Option<Recording>>,
    /// How long the recording is, in milliseconds.
    pub duration_ms: Memo<i64>,
    /// Where it is, in milliseconds.
    pub position_ms: RwSignal<i64>,
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// Whether it waits for data.
    pub waiting: RwSignal<bool>,
    /// Why it cannot play.
    pub failed: RwSignal<Option<ClientError>>,
    /// How fast: 1 is as spoken.
    pub speed: RwSignal<f64>,
    /// How loud: 0 to 1.
    pub volume: RwSignal<f64>,
    /// Whether pauses are left out.
    pub skips_silence: RwSignal<bool>,
    /// The pauses, in order of time.
    silences: RwSignal<Vec<Range<i64>>>,
    /// Where to stop, when only a part is played.
    stop_at_ms: RwSignal<Option<i64>>,
}

impl Player {
    /// A player of this recording.
    pub fn new(app: App, call_id: CallId, recording: Memo<Option<Recording>>) -> Self {
        let number = |name: &str| browser::stored(name).and_then(|text| text.parse::<f64>().ok());
        let duration = move |_: Option<&i64>| {
            recording.with(|r| r.as_ref().and_then(|r| r.duration_ms)).unwrap_or_default()
        };
        let player = Self {
            app,
            call_id,
            media: StoredValue::new_local(None),
            source: Source::new(app, call_id),
            exclusive: Exclusive::new(),
            recording,
            duration_ms: Memo::new(duration),
            position_ms: RwSignal::new(0),
            playing: RwSignal::new(false),
            waiting: RwSignal::new(false),
            failed: RwSignal::new(None),
            speed: RwSignal::new(number(SPEED).unwrap_or(1.0).clamp(0.5, 3.0)),
            volume: RwSignal::new(number(VOLUME).unwrap_or(1.0).clamp(0.0, 1.0)),
            skips_silence: RwSignal::new(browser::stored(SKIPS_SILENCE).is_some()),
            silences: RwSignal::new(Vec::new()),
            stop_at_ms: RwSignal::new(None),
        };
        player.follow_settings();
        player.exclusive.listen(move || player.pause());
        position::keep(player);
        shortcuts::offer(player);
        player
    }

    /// Speed and volume go to the element, and all that was chosen is remembered on this device.
    fn follow_settings(self) {
        Effect::new(move |_| {
            let (speed, volume, skips) = (self.speed.get(), self.volume.get(), self.skips_silence.get());
            browser::store(SPEED, Some(&speed.to_string()));
            browser::store(VOLUME, Some(&volume.to_string()));
            browser::store(SKIPS_SILENCE, skips.then_some("1"));
            self.with_media(|media| {
                media.set_playback_rate(speed);
                media.set_volume(volume);
            });
        });
    }

    /// Takes the element that plays.
    fn attach(self, media: HtmlMediaElement) {
        media.set_default_playback_rate(self.speed.get_untracked());
        media.set_volume(self.volume.get_untracked());
        self.media.set_value(Some(media));
    }

    fn with_media<R>(self, act: impl FnOnce(&HtmlMediaElement) -> R) -> Option<R> {
        self.media.try_with_value(|media| media.as_ref().map(act)).flatten()
    }

    /// Takes the pauses of the recording.
    pub fn set_silences(self, silences: Vec<Range<i64>>) {
        self.silences.set(silences);
    }

    /// Whether there is something to play. Tracked.
    pub fn is_ready(self) -> bool {
        self.duration_ms.get() > 0
    }

    /// Plays on, or stops.
    pub fn toggle(self) {
        if self.playing.get_untracked() { self.pause() } else { self.play() }
    }

    /// Plays from where it is; from the beginning when it is at the end.
    pub fn play(self) {
        let Some(media) = self.media.get_value() else { return };
        if self.position_ms.get_untracked() >= self.duration_ms.get_untracked() {
            self.position_ms.set(0);
        }
        self.failed.set(None);
        spawn_local(async move {
            let at_ms = self.position_ms.get_untracked();
            if let Err(error) = self.source.prepare(&media, at_ms).await {
                self.failed.try_set(Some(error));
                return;
            }
            media.set_playback_rate(self.speed.get_untracked());
            self.exclusive.claim();
            if let Ok(promise) = media.play() {
                // Rejected when something else stopped it meanwhile, which the events of the element tell.
                let _ = JsFuture::from(promise).await;
            }
        });
    }

    /// Stops where it is.
    pub fn pause(self) {
        self.with_media(|media| {
            // Stopping what does not play is no error.
            let _ = media.pause();
        });
    }

    /// Goes to a moment, and plays on if it was playing.
    pub fn seek(self, ms: i64) {
        let ms = ms.clamp(0, self.duration_ms.get_untracked());
        self.stop_at_ms.set(None);
        self.position_ms.set(ms);
        self.with_media(|media| {
            if source::is_loaded(media) {
                media.set_current_time(ms as f64 / 1000.0);
            }
        });
    }

    /// Plays a part and stops at its end.
    pub fn play_part(self, part: Range<i64>) {
        self.seek(part.start);
        self.stop_at_ms.set(Some(part.end));
        self.play();
    }

    /// Ten seconds back.
    pub fn back(self) {
        self.seek(self.position_ms.get_untracked() - SKIP_MS);
    }

    /// Ten seconds on.
    pub fn forward(self) {
        self.seek(self.position_ms.get_untracked() + SKIP_MS);
    }

    /// Follows the element: its position, pauses to leave out, the end of a part.
    fn tick(self) {
        let Some(now_ms) = self.with_media(|media| (media.current_time() * 1000.0) as i64) else { return };
        if self.stop_at_ms.try_get_untracked().flatten().is_some_and(|end| now_ms >= end) {
            self.stop_at_ms.set(None);
            self.pause();
        }
        let skip_to = self.skips_silence.get_untracked().then(|| {
            self.silences.with_untracked(|silences| state::recording::end_of_silence(silences, now_ms))
        });
        if let Some(ms) = skip_to.flatten() {
            self.with_media(|media| media.set_current_time(ms as f64 / 1000.0));
        }
        if self.position_ms.get_untracked() != now_ms {
            self.position_ms.set(now_ms);
        }
    }

    /// Follows the element frame by frame as long as it plays.
    fn follow(self) {
        request_animation_frame(move || {
            if self.playing.try_get_untracked() == Some(true) {
                self.tick();
                self.follow();
            }
        });
    }

    /// The element cannot go on: its link may have ended, so it is tried once more with a new one.
    fn recover(self) {
        let Some(media) = self.media.get_value() else { return };
        let (was_playing, at_ms) = (self.playing.get_untracked(), self.position_ms.get_untracked());
        self.playing.set(false);
        spawn_local(async move {
            match self.source.renew_after_failure(&media, at_ms).await {
                Ok(()) if was_playing => self.play(),
                Ok(()) => {}
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }
}
