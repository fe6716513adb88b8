//! The element that plays: a picture where the recording has one.

use leptos::{html, prelude::*};
use leptos_i18n::t_string;
use web_sys::HtmlMediaElement;

use super::Player;

/// Plays sound, or a picture with it.
#[component]
pub fn Media(
    /// What moves it.
    player: Player,
) -> impl IntoView {
    let has_picture =
        Memo::new(move |_| player.recording.with(|r| r.as_ref().is_some_and(|r| r.has_picture)));
    let id = Memo::new(move |_| player.recording.with(|r| r.as_ref().and_then(|r| r.id)));
    Effect::new(move |before: Option<_>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            player.source.forget(player.media.get_value().as_ref());
        }
        now
    });
    move || {
        if has_picture.get() {
            view! { <Picture player /> }.into_any()
        } else {
            view! { <Sound player /> }.into_any()
        }
    }
}

#[component]
fn Picture(player: Player) -> impl IntoView {
    let i18n = player.app.i18n;
    let video = NodeRef::<html::Video>::new();
    Effect::new(move |_| {
        if let Some(video) = video.get() {
            player.attach(video.into());
            show_first_frame(player);
        }
    });
    view! {
        <video
            node_ref=video
            class="call-picture"
            playsinline
            preload="metadata"
            aria-label=move || t_string!(i18n, call.picture)
            on:click=move |_| player.toggle()
            on:play=move |_| began(player)
            on:pause=move |_| stopped(player)
            on:ended=move |_| stopped(player)
            on:timeupdate=move |_| player.tick()
            on:waiting=move |_| player.waiting.set(true)
            on:playing=move |_| player.waiting.set(false)
            on:error=move |_| player.recover()
        ></video>
    }
}

#[component]
fn Sound(player: Player) -> impl IntoView {
    let audio = NodeRef::<html::Audio>::new();
    Effect::new(move |_| {
        if let Some(audio) = audio.get() {
            player.attach(HtmlMediaElement::from(audio));
        }
    });
    view! {
        <audio
            node_ref=audio
            preload="metadata"
            on:play=move |_| began(player)
            on:pause=move |_| stopped(player)
            on:ended=move |_| stopped(player)
            on:timeupdate=move |_| player.tick()
            on:waiting=move |_| player.waiting.set(true)
            on:playing=move |_| player.waiting.set(false)
            on:error=move |_| player.recover()
        ></audio>
    }
}

/// A picture is worth a request before anything plays; sound is not.
fn show_first_frame(player: Player) {
    let Some(media) = player.media.get_value() else { return };
    leptos::task::spawn_local(async move {
        if let Err(error) = player.source.prepare(&media, player.position_ms.get_untracked()).await {
            player.failed.try_set(Some(error));
        }
    });
}

fn began(player: Player) {
    player.playing.set(true);
    player.follow();
}

fn stopped(player: Player) {
    player.tick();
    player.playing.set(false);
    player.waiting.set(false);
}
