//! The lines, of which only those in sight are in the document.

use leptos::prelude::*;
use state::recording::line_at;
use types::SegmentId;
use types::calls::Segment;
use ui::{Button, FlowList, FlowListHandle, IconName, Skeleton};

use super::super::open_call::{OpenCall, use_call};
use super::line::line;
use crate::texts::text;

/// About how many characters of a line fit into the pane, and how high a line is, in CSS pixels.
const CHARACTERS: usize = 52;
const LINE: f64 = 19.6;
/// The speaker's name, and the space around.
const AROUND: f64 = 35.0;

/// The segment that is said at the moment.
#[derive(Clone, Copy)]
pub struct Now(pub Memo<Option<SegmentId>>);

/// All lines of the transcript. They follow playback until the reader scrolls.
#[component]
pub fn Lines() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let list = FlowListHandle::new();
    let index = Memo::new(move |_| {
        let ms = open.player.position_ms.get();
        open.segments.with(|segments| line_at(segments, ms))
    });
    let now = Memo::new(move |_| {
        let index = index.get()?;
        open.segments.with(|segments| segments.get(index).map(|segment| segment.id))
    });
    provide_context(Now(now));
    follow(open, list, index);
    let is_empty = Memo::new(move |_| open.segments.with(Vec::is_empty));
    let back = move |_| {
        list.taken_over.set(false);
        if let Some(index) = index.get_untracked() {
            list.show(index);
        }
    };
    view! {
        <Show when=move || !is_empty.get() fallback=move || view! { <Skeleton label=text!(i18n, words.loading) /> }>
            <div class="transcript-lines">
                <FlowList
                    handle=list
                    label=text!(i18n, call.transcript)
                    items=open.segments
                    key=|segment: &Segment| segment.id
                    estimate
                    row=line
                />
                <Show when=move || list.taken_over.get() && index.get().is_some()>
                    <span class="follow-again">
                        <Button icon=IconName::ChevronDown on_press=back>{text!(i18n, call.follow)}</Button>
                    </span>
                </Show>
            </div>
        </Show>
    }
    .into_any()
}

fn estimate(segment: &Segment) -> f64 {
    AROUND + segment.text.chars().count().div_ceil(CHARACTERS).max(1) as f64 * LINE
}

/// Shows what is being said, unless the reader has gone elsewhere; and the hit that is gone to, in any case.
fn follow(open: OpenCall, list: FlowListHandle, index: Memo<Option<usize>>) {
    let is_drawn = Memo::new(move |_| list.is_drawn());
    Effect::new(move |_| {
        let Some(index) = index.get() else { return };
        if is_drawn.get() && !list.taken_over.get() {
            // Once rows that have just come are drawn.
            request_animation_frame(move || list.show(index));
        }
    });
    let search = open.search;
    Effect::new(move |_| {
        search.visits.get();
        let Some(hit) = untrack(|| search.current_hit()) else { return };
        open.player.seek(hit.start_ms);
        let position = open.segments.with_untracked(|all| all.iter().position(|s| s.id == hit.segment_id));
        if let Some(index) = position {
            list.taken_over.set(false);
            list.show(index);
        }
    });
}
