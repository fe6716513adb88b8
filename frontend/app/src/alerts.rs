//! Tells of new messages: a browser notification, a sound, and the number in the title.
//!
//! Browsers keep sound locked until the first press on the page, and notifications until they are allowed. Both states
//! are visible to the user instead of failing in silence.

use leptos::{ev, prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::Event;
use types::accounts::{Notification as Notice, NotificationKind, Preferences};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, Notification, NotificationOptions, NotificationPermission};

use crate::context::App;
use crate::{browser, inbox};

/// What the browser lets the app do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Nobody has been asked.
    NotAsked,
    /// Yes.
    Yes,
    /// The user or the browser said no.
    No,
}

/// Browser notifications, sound and the number in the title.
#[derive(Clone, Copy)]
pub struct Alerts {
    /// Whether the browser shows notifications.
    pub notifications: RwSignal<Allowed>,
    /// Whether sound can be played.
    pub sound_unlocked: RwSignal<bool>,
    audio: StoredValue<Option<AudioContext>, LocalStorage>,
}

impl Alerts {
    /// Asks the browser what is allowed so far.
    pub fn new() -> Self {
        Self {
            notifications: RwSignal::new(allowed()),
            sound_unlocked: RwSignal::new(false),
            audio: StoredValue::new_local(None),
        }
    }

    /// Unlocks the sound at the first press or key, and keeps the title's number.
    pub fn start(self, app: App) {
        let pressed = window_event_listener(ev::pointerdown, move |_| self.unlock_sound());
        let typed = window_event_listener(ev::keydown, move |_| self.unlock_sound());
        on_cleanup(move || {
            pressed.remove();
            typed.remove();
        });
        let unread = Memo::new(move |_| app.read(|state| state.notifications.unread));
        Effect::new(move |_| {
            let title = match unread.get() {
                0 => "Rapport".to_owned(),
                count @ 1..1000 => format!("({count}) Rapport"),
                _ => "(999+) Rapport".to_owned(),
            };
            document().set_title(&title);
        });
    }

    /// Asks the user whether the browser may show notifications; call it from a press.
    pub fn ask(self) {
        self.unlock_sound();
        spawn_local(async move {
            if let Ok(promise) = Notification::request_permission() {
                // The answer is read back below, whatever it is.
                let _ = JsFuture::from(promise).await;
            }
            self.notifications.set(allowed());
        });
    }

    /// Sounds and shows what a notification of the server says, as the user's preferences allow.
    pub fn on_event(self, app: App, event: &Event) {
        let Event::NotificationCreated { notification } = event else { return };
        let open = notification.thread_id.is_some() && app.open_thread_id() == notification.thread_id;
        if notification.read || (open && browser::is_visible()) {
            return;
        }
        let preferences = app.peek(|state| state.me.as_ref().map(|me| me.preferences.clone()));
        let Preferences { sound, browser_notifications, .. } = preferences.unwrap_or_default();
        if sound {
            self.play();
        }
        if browser_notifications && !browser::is_visible() {
            // Refused by the browser: the bell shows it all the same.
            let _ = show(app, notification);
        }
    }

    fn unlock_sound(self) {
        if self.sound_unlocked.get_untracked() {
            return;
        }
        let Ok(audio) = AudioContext::new() else { return };
        // Inside a press this succeeds at once; the promise tells nothing more.
        let _ = audio.resume();
        self.audio.set_value(Some(audio));
        self.sound_unlocked.set(true);
    }

    /// Two short tones.
    pub fn play(self) {
        self.audio.with_value(|audio| {
            let Some(audio) = audio else { return };
            let start = audio.current_time();
            // Without a sound device nothing is heard; the number in the title remains.
            let _ = tone(audio, 660.0, start).and_then(|()| tone(audio, 880.0, start + 0.12));
        });
    }
}

/// A sine of a fifth of a second that fades out.
fn tone(audio: &AudioContext, hertz: f32, start: f64) -> Result<(), JsValue> {
    let (oscillator, gain) = (audio.create_oscillator()?, audio.create_gain()?);
    oscillator.frequency().set_value(hertz);
    gain.gain().set_value_at_time(0.12, start)?;
    gain.gain().exponential_ramp_to_value_at_time(0.001, start + 0.2)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&audio.destination())?;
    oscillator.start_with_when(start)?;
    oscillator.stop_with_when(start + 0.2)
}

fn allowed() -> Allowed {
    match Notification::permission() {
        NotificationPermission::Granted => Allowed::Yes,
        NotificationPermission::Denied => Allowed::No,
        _ => Allowed::NotAsked,
    }
}

/// What happened, in a line: also used by the bell.
pub fn headline(app: App, notice: &Notice) -> String {
    let i18n = app.i18n;
    let name = notice.from_name.as_str();
    match notice.kind {
        NotificationKind::ConversationStarted => t_string!(i18n, shell.started_conversation, name),
        NotificationKind::MessageReceived => t_string!(i18n, shell.wrote, name),
        NotificationKind::Assigned => t_string!(i18n, shell.assigned_to_you, name),
        NotificationKind::Mentioned => t_string!(i18n, shell.mentioned_you, name),
        NotificationKind::ClipShared => t_string!(i18n, shell.shared_clip, name),
    }
    .to_string()
}

/// Where it happened: also used by the bell.
pub fn path_of(app: App, notice: &Notice) -> String {
    if let Some(call) = notice.call_id {
        let comment = notice.comment_id.map(|comment| format!("?comment={comment}"));
        let clip = notice.clip_id.map(|clip| format!("?clip={clip}"));
        return format!("/calls/{call}{}", comment.or(clip).unwrap_or_default());
    }
    match notice.thread_id {
        Some(thread) => inbox::path_of_message(app, thread, notice.message_id),
        None => "/".to_owned(),
    }
}

fn show(app: App, notice: &Notice) -> Result<(), JsValue> {
    let options = NotificationOptions::new();
    options.set_body(&notice.preview);
    let path = path_of(app, notice);
    let about = notice.thread_id.map(|id| id.0).or(notice.call_id.map(|id| id.0));
    options.set_tag(&about.unwrap_or_default().to_string());
    let shown = Notification::new_with_options(&untrack(|| headline(app, notice)), &options)?;
    let on_click = Closure::once_into_js(move || {
        let _ = window().focus();
        let _ = window().location().set_href(&path);
    });
    shown.set_onclick(Some(on_click.unchecked_ref()));
    Ok(())
}
