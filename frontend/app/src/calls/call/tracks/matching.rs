//! Saying who a speaker is: match, and unmatch.

use client::ClientError;
use leptos::prelude::*;
use leptos_i18n::t_string;
use types::ParticipantId;
use types::calls::{MatchSpeaker, MatchedBy, Participant, Speaker, SpeakerPath, Speakers};
use ui::{Avatar, AvatarSize, Button, ButtonKind, Field, Icon, IconName, Popover, Select, SelectOption};

use super::super::names::person_key;
use super::super::open_call::{OpenCall, use_call};
use crate::forms::act;
use crate::texts::text;

/// The name of a speaker, and a panel to say who it is.
#[component]
pub fn SpeakerButton(
    /// The speaker.
    speaker: Speaker,
) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let side = open.side_of(&speaker);
    let name = {
        let speaker = speaker.clone();
        Signal::derive(move || open.speaker_name(&speaker))
    };
    let panel_open = RwSignal::new(false);
    let label = move || t_string!(i18n, call.who_is, name = name.get()).to_string();
    let participant = untrack(|| open.participant_of(&speaker));
    let key = participant.map_or_else(|| format!("speaker-{}", speaker.number), |one| person_key(&one));
    view! {
        <Avatar name key size=AvatarSize::Small />
        <span class=format!("{} trunc", side.class()) title=move || name.get()>{move || name.get()}</span>
        <Popover label icon=IconName::User icon_only=true open=panel_open>
            <Panel speaker=speaker.clone() panel_open />
        </Popover>
    }
}

#[component]
fn Panel(speaker: Speaker, panel_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let Some(speakers) = untrack(|| open.speakers.get()).flatten() else { return ().into_any() };
    let content = if !speakers.can_match {
        view! { <p class="muted">{text!(i18n, call.cannot_match)}</p> }.into_any()
    } else if !open.may_edit.get_untracked() {
        view! { <p class="muted">{text!(i18n, call.may_not_match)}</p> }.into_any()
    } else if speaker.participant_id.is_some() {
        view! { <Unmatch speaker=speaker.clone() panel_open /> }.into_any()
    } else {
        let participants = speakers.unmatched_participants;
        view! { <Match speaker=speaker.clone() participants panel_open /> }.into_any()
    };
    view! {
        <div class="speaker-panel">
            <h2>{open.speaker_name(&speaker)}</h2>
            {content}
        </div>
    }
    .into_any()
}

#[component]
fn Match(speaker: Speaker, participants: Vec<Participant>, panel_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    if participants.is_empty() {
        return view! { <p class="muted">{text!(i18n, call.all_matched)}</p> }.into_any();
    }
    let option = |participant: &Participant| SelectOption {
        value: participant.id.to_string(),
        label: open.participant_name(participant),
    };
    let options: Vec<SelectOption> = participants.iter().map(option).collect();
    let chosen = RwSignal::new(options.first().map(|option| option.value.clone()).unwrap_or_default());
    let options = Signal::stored(options);
    let apply = move |_| {
        let Ok(participant_id) = chosen.get_untracked().parse::<ParticipantId>() else { return };
        panel_open.set(false);
        say(open, &speaker, Some(participant_id));
    };
    view! {
        <Field label=text!(i18n, call.participant)><Select value=chosen options /></Field>
        <div class="actions"><Button kind=ButtonKind::Primary on_press=apply>{text!(i18n, call.match_speaker)}</Button></div>
    }
    .into_any()
}

#[component]
fn Unmatch(speaker: Speaker, panel_open: RwSignal<bool>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let by = match speaker.matched_by {
        Some(MatchedBy::Manual) => text!(i18n, call.matched_by_hand).into_any(),
        _ => text!(i18n, call.matched_by_itself).into_any(),
    };
    let undo = move |_| {
        panel_open.set(false);
        say(open, &speaker, None);
    };
    view! {
        <p class="muted"><Icon name=IconName::Info /> " " {by}</p>
        <div class="actions"><Button on_press=undo>{text!(i18n, call.unmatch)}</Button></div>
    }
    .into_any()
}

/// Says who a speaker is, or that nobody knows.
fn say(open: OpenCall, speaker: &Speaker, participant_id: Option<ParticipantId>) {
    let path = SpeakerPath { call_id: open.id, speaker_id: speaker.id };
    let request = async move { open.app.api().match_speaker(&path, &MatchSpeaker { participant_id }).await };
    act(open.app, take(open, request), move |()| {
        let i18n = open.app.i18n;
        if participant_id.is_some() { t_string!(i18n, call.matched) } else { t_string!(i18n, call.unmatched) }
            .to_owned()
    });
}

async fn take(
    open: OpenCall,
    request: impl Future<Output = Result<Speakers, ClientError>>,
) -> Result<(), ClientError> {
    let speakers = request.await?;
    open.speakers.update(|known| *known = Some(speakers));
    open.metrics.reload();
    Ok(())
}
