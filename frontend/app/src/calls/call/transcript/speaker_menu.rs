//! Who said a line, and saying that it was somebody else.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::SpeakerId;
use types::calls::{CorrectSegmentSpeaker, Segment, SegmentPath, Speaker};
use ui::{Menu, MenuItem, MenuSeparator};

use super::super::names::Side;
use super::super::open_call::{OpenCall, use_call};
use crate::forms::act;
use crate::texts::text;

/// The name of who said it: a menu for whoever may correct it.
#[component]
pub fn SpeakerName(segment: Signal<Segment>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let speaker =
        Memo::new(move |_| segment.with(|segment| segment.speaker_id).and_then(|id| open.speaker(id)));
    let name = move || match speaker.get() {
        Some(speaker) => open.speaker_name(&speaker),
        None => t_string!(i18n, call.nobody_can_tell).to_owned(),
    };
    let class = move || speaker.get().map_or(Side::Unknown, |speaker| open.side_of(&speaker)).class();
    let menu = move || {
        let label = move || t_string!(i18n, call.said_by, name = name()).to_string();
        view! {
            <Menu label icon=ui::IconName::ChevronDown icon_only=true>
                <Choices open segment />
            </Menu>
        }
    };
    view! {
        <span class=class>{name}</span>
        <Show when=move || open.may_edit.get()>{menu}</Show>
    }
}

#[component]
fn Choices(open: OpenCall, segment: Signal<Segment>) -> impl IntoView {
    let i18n = open.app.i18n;
    let current = move || segment.with(|segment| segment.speaker_id);
    let speakers = untrack(|| open.speakers.get()).flatten().map(|all| all.items).unwrap_or_default();
    let item = move |speaker: Speaker| {
        let id = speaker.id;
        let checked = Signal::derive(move || current() == Some(id));
        view! {
            <MenuItem checked on_select=move |()| correct(open, segment, Some(id))>{open.speaker_name(&speaker)}</MenuItem>
        }
    };
    let nobody = Signal::derive(move || current().is_none());
    view! {
        {speakers.into_iter().map(item).collect_view()}
        <MenuItem checked=nobody on_select=move |()| correct(open, segment, None)>{text!(i18n, call.nobody_can_tell)}</MenuItem>
        <MenuSeparator />
        <MenuItem on_select=move |()| correct_to_new(open, segment)>{text!(i18n, call.another_speaker)}</MenuItem>
    }
}

fn correct(open: OpenCall, segment: Signal<Segment>, speaker_id: Option<SpeakerId>) {
    let segment_id = segment.with_untracked(|segment| segment.id);
    act(open.app, send(open, segment_id, speaker_id), move |()| {
        t_string!(open.app.i18n, call.speaker_corrected).to_owned()
    });
}

/// The line is somebody's who is not among the speakers yet.
fn correct_to_new(open: OpenCall, segment: Signal<Segment>) {
    let segment_id = segment.with_untracked(|segment| segment.id);
    let request = async move {
        let speaker = open.app.api().create_speaker(&open.path()).await?;
        send(open, segment_id, Some(speaker.id)).await
    };
    act(open.app, request, move |()| t_string!(open.app.i18n, call.speaker_corrected).to_owned());
}

async fn send(
    open: OpenCall,
    segment_id: types::SegmentId,
    speaker_id: Option<SpeakerId>,
) -> Result<(), client::ClientError> {
    let path = SegmentPath { call_id: open.id, segment_id };
    let segment =
        open.app.api().correct_segment_speaker(&path, &CorrectSegmentSpeaker { speaker_id }).await?;
    open.take_segment(segment);
    Ok(())
}
