//! Where the clip begins and ends, typed: the twin of the handles on the lanes.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::{Bounds, clock, parse_clock};
use ui::{Button, ButtonKind, Field, IconName, TextInput};

use super::super::open_call::OpenCall;
use crate::forms::Submission;
use crate::texts::text;

/// Two times, and the clip to listen to.
#[component]
pub fn BoundsFields(open: OpenCall, submission: Submission) -> impl IntoView {
    let i18n = open.app.i18n;
    let from = TypedTime::new(open, |bounds| bounds.from_ms, Bounds::with_from);
    let until = TypedTime::new(open, |bounds| bounds.until_ms, Bounds::with_until);
    let play = move |_| {
        let Bounds { from_ms, until_ms, .. } = open.bounds.get_untracked();
        open.player.play_part(from_ms..until_ms);
    };
    let whole = move |_| open.bounds.set(Bounds::whole(open.player.duration_ms.get_untracked()));
    let is_whole = Signal::derive(move || open.bounds.get().is_whole());
    view! {
        <div class="bounds-fields">
            <Field label=text!(i18n, call.from) error=from.error(submission.field("from_ms"))>
                <TextInput value=from.typed attr:inputmode="numeric" />
            </Field>
            <Field label=text!(i18n, call.until) error=until.error(submission.field("until_ms"))>
                <TextInput value=until.typed attr:inputmode="numeric" />
            </Field>
            <Button kind=ButtonKind::Quiet icon=IconName::Play on_press=play>{text!(i18n, call.listen)}</Button>
            <Button kind=ButtonKind::Quiet disabled=is_whole on_press=whole>{text!(i18n, call.whole_recording)}</Button>
        </div>
    }
}

/// One end of the clip as text.
#[derive(Clone, Copy)]
struct TypedTime {
    open: OpenCall,
    typed: RwSignal<String>,
}

impl TypedTime {
    fn new(open: OpenCall, get: fn(&Bounds) -> i64, set: fn(Bounds, i64) -> Bounds) -> Self {
        let time =
            Self { open, typed: RwSignal::new(open.bounds.with_untracked(|bounds| clock(get(bounds)))) };
        // The handles move the text, unless it says the same moment in other words.
        Effect::new(move |_| {
            let now = open.bounds.with(get);
            let typed = time.typed.get_untracked();
            if parse_clock(&typed).is_none_or(|typed| clock(typed) != clock(now)) {
                time.typed.set(clock(now));
            }
        });
        // What is typed moves the handles, once it is a time. The end of a recording is no whole second.
        Effect::new(move |_| {
            let Some(wanted) = parse_clock(&time.typed.get()) else { return };
            let bounds = open.bounds.get_untracked();
            if clock(get(&bounds)) != clock(wanted) {
                open.bounds.set(set(bounds, wanted));
            }
        });
        time
    }

    /// What is wrong with what is typed, or what the server has refused.
    fn error(self, refused: Signal<Option<String>>) -> Signal<Option<String>> {
        Signal::derive(move || match parse_clock(&self.typed.get()) {
            None => Some(t_string!(self.open.app.i18n, call.not_a_time).to_owned()),
            Some(ms) if ms / 1000 > self.open.player.duration_ms.get() / 1000 => {
                Some(t_string!(self.open.app.i18n, call.outside_recording).to_owned())
            }
            Some(_) => refused.get(),
        })
    }
}
