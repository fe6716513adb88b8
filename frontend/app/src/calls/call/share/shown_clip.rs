//! The clip that the address names: where to begin, and why it was shared.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::{Bounds, clock};
use types::clips::{Clip, ClipPath};
use ui::{Banner, Button, IconName, Tone};

use super::super::open_call::{OpenCall, use_call};
use super::super::player::{stated_clip, stated_moment};
use crate::remote::Remote;
use crate::texts::text;

/// Shows the clip that somebody has shared, and goes where it begins. The whole recording can be played all the same.
#[component]
pub fn ShownClip() -> impl IntoView {
    let open = use_call();
    stated_clip().map(|clip_id| {
        let clip = Remote::new(move || async move { open.app.api().get_clip(&ClipPath { clip_id }).await });
        Effect::new(move |gone_there: Option<bool>| {
            let ready = clip.get().filter(|clip| clip.call_id == open.id && open.player.is_ready());
            if gone_there != Some(true)
                && let Some(clip) = &ready
            {
                open.bounds.set(Bounds::new(
                    clip.from_ms,
                    clip.until_ms,
                    open.player.duration_ms.get_untracked(),
                ));
                // A moment in the address is where somebody left off.
                if stated_moment().is_none() {
                    open.player.seek(clip.from_ms);
                }
            }
            gone_there == Some(true) || ready.is_some()
        });
        move || clip.get().filter(|clip| clip.call_id == open.id).map(|clip| view! { <Told open clip /> })
    })
}

#[component]
fn Told(open: OpenCall, clip: Clip) -> impl IntoView {
    let i18n = open.app.i18n;
    let Clip { from_ms, until_ms, message, created_by, .. } = clip;
    let name = open.app.peek(|state| state.user_name(created_by).map(ToOwned::to_owned)).unwrap_or_default();
    let told = move || {
        let (name, from, until) = (name.clone(), clock(from_ms), clock(until_ms));
        t_string!(i18n, call.shared_with_you, name = name, from = from, until = until).to_string()
    };
    let action = move || {
        view! {
            <Button icon=IconName::Play on_press=move |_| open.player.play_part(from_ms..until_ms)>{text!(i18n, call.play_clip)}</Button>
        }
    };
    view! {
        <Banner tone=Tone::Accent icon=IconName::Share action>
            {told} {message.map(|message| view! { <span class="clip-message">{message}</span> })}
        </Banner>
    }
}
