//! The buttons below the waveform.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::clock;
use ui::{Button, ButtonKind, Icon, IconName, Menu, MenuItem};

use super::Player;
use crate::commands::{Command, shortcut};
use crate::errors::error_text;
use crate::texts::text;

/// The speeds to choose from.
const SPEEDS: [f64; 9] = [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0];

/// Play, skip, speed, volume, and where it is.
#[component]
pub fn Controls(
    /// What they move.
    player: Player,
) -> impl IntoView {
    let i18n = player.app.i18n;
    view! {
        <div class="player-controls" role="group" aria-label=text!(i18n, call.player)>
            <PlayButton player />
            <Button kind=ButtonKind::Quiet on_press=move |_| player.back()>
                "−10 s" <span class="sr-only">{text!(i18n, call.skip_back)}</span>
            </Button>
            <Button kind=ButtonKind::Quiet on_press=move |_| player.forward()>
                "+10 s" <span class="sr-only">{text!(i18n, call.skip_forward)}</span>
            </Button>
            <span class="num">
                {move || clock(player.position_ms.get())}
                <span class="faint">" / " {move || clock(player.duration_ms.get())}</span>
            </span>
            <span class="push"></span>
            <button
                type="button"
                class="btn quiet"
                aria-pressed=move || player.skips_silence.get().to_string()
                on:click=move |_| player.skips_silence.update(|skips| *skips = !*skips)
            >
                {text!(i18n, call.skip_silence)}
            </button>
            <Volume player />
            <Speed player />
        </div>
        <Failure player />
    }
    .into_any()
}

#[component]
fn PlayButton(player: Player) -> impl IntoView {
    let i18n = player.app.i18n;
    let label =
        move || if player.playing.get() { t_string!(i18n, call.pause) } else { t_string!(i18n, call.play) };
    let title = move || match shortcut(Command::PlayOrPause) {
        Some(keys) => format!("{} ({keys})", label()),
        None => label().to_owned(),
    };
    let icon = move || {
        let name = if player.playing.get() { IconName::Pause } else { IconName::Play };
        view! { <Icon name /> }
    };
    view! {
        <button
            type="button"
            class="btn primary play"
            aria-label=label
            title=title
            aria-busy=move || player.waiting.get().then_some("true")
            disabled=move || !player.is_ready()
            on:click=move |_| player.toggle()
        >
            {icon}
        </button>
    }
}

#[component]
fn Volume(player: Player) -> impl IntoView {
    let i18n = player.app.i18n;
    let change = move |event| {
        if let Ok(percent) = event_target_value(&event).parse::<f64>() {
            player.volume.set(percent / 100.0);
        }
    };
    view! {
        <label class="volume" title=text!(i18n, call.volume)>
            <Icon name=IconName::Volume />
            <input
                type="range"
                min="0"
                max="100"
                step="5"
                aria-label=text!(i18n, call.volume)
                prop:value=move || ((player.volume.get() * 100.0) as i64).to_string()
                on:input=change
            />
        </label>
    }
}

#[component]
fn Speed(player: Player) -> impl IntoView {
    let i18n = player.app.i18n;
    let label = move || t_string!(i18n, call.speed, times = player.speed.get().to_string()).to_string();
    let item = move |speed: f64| {
        let checked = Signal::derive(move || (player.speed.get() - speed).abs() < 0.01);
        view! { <MenuItem checked on_select=move |()| player.speed.set(speed)>{format!("{speed}×")}</MenuItem> }
    };
    view! { <Menu label kind=ButtonKind::Normal>{SPEEDS.map(item).collect_view()}</Menu> }
}

#[component]
fn Failure(player: Player) -> impl IntoView {
    let i18n = player.app.i18n;
    let message = move || player.failed.with(|error| error.as_ref().map(|error| error_text(i18n, error)));
    view! {
        <Show when=move || player.failed.with(Option::is_some)>
            <p class="player-failure" role="alert">
                <Icon name=IconName::Warning />
                <span>{text!(i18n, call.cannot_play)} " " {message}</span>
                <Button on_press=move |_| player.play()>{text!(i18n, words.try_again)}</Button>
            </p>
        </Show>
    }
}
