//! The lane of one speaker.

use leptos::prelude::*;
use state::recording::speech_of;
use types::calls::Speaker;

use super::super::open_call::use_call;
use super::canvas::Wave;
use super::matching::SpeakerButton;

/// Who it is, how much of the talking is theirs, and when.
#[component]
pub fn Lane(
    /// Whose lane it is.
    speaker: Speaker,
    /// The width of the drawing in CSS pixels.
    width: Signal<f64>,
) -> impl IntoView {
    let open = use_call();
    let id = speaker.id;
    let share = move || {
        let metrics = open.metrics.get().flatten()?;
        let own = metrics.speakers.into_iter().find(|metrics| metrics.speaker_id == id)?;
        Some(format!("{:.0} %", own.talk_share * 100.0))
    };
    let speech = Signal::derive(move || open.segments.with(|segments| speech_of(segments, Some(id))));
    // A channel of its own says more than the segments; a channel that several share says too much.
    let own_channel = Memo::new({
        let channel = speaker.channel;
        move |_| {
            let speakers = open.speakers.get().flatten()?.items;
            let is_alone = speakers.iter().filter(|other| other.channel == channel).count() == 1;
            channel.filter(|_| is_alone).and_then(|channel| usize::try_from(channel).ok())
        }
    });
    let colour = open.side_of(&speaker).colour();
    let wave = move || match own_channel.get() {
        Some(channel) => view! { <Wave width channel=Some(channel) speech=None colour /> }.into_any(),
        None => view! { <Wave width channel=None speech=Some(speech) colour /> }.into_any(),
    };
    view! {
        <div class="lane">
            <div class="lane-head">
                <SpeakerButton speaker />
                <span class="num faint">{share}</span>
            </div>
            {wave}
        </div>
    }
    .into_any()
}
