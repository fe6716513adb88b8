//! What is done with a meeting: agreeing to it, moving it, calling it off, saying what came of it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::booking::{Meeting, MeetingOutcome, MeetingState, SetMeetingOutcome};
use ui::{Button, ButtonKind, IconName, Menu, MenuItem};

use super::super::words::is_past;
use super::edit::EditDialog;
use super::moving::{Ending, EndingDialog, RescheduleDialog};
use super::{OpenMeeting, use_meeting};
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// The buttons of the head, for whoever may change the meeting.
#[component]
pub fn Actions() -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let (editing, moving) = (RwSignal::new(false), RwSignal::new(false));
    let (declining, cancelling) = (RwSignal::new(false), RwSignal::new(false));
    let submission = Submission::new();
    let state = Memo::new(move |_| open.meeting.get().map(|meeting| meeting.state));
    let is_pending = move || state.get() == Some(MeetingState::Pending);
    let stands = move || matches!(state.get(), Some(MeetingState::Pending | MeetingState::Booked));
    let is_booked = move || state.get() == Some(MeetingState::Booked);
    let confirm = move |()| {
        submission.run(async move { open.app.api().confirm_meeting(&open.path()).await }, move |meeting| {
            open.take(meeting);
            open.app.toasts.show(t_string!(i18n, meetings.confirmed));
        });
    };
    view! {
        <Show when=move || open.may_change.get() && stands()>
            <div class="line">
                <Show when=is_pending>
                    <Button kind=ButtonKind::Primary icon=IconName::Check busy=submission.busy on_press=confirm>
                        {text!(i18n, meetings.confirm)}
                    </Button>
                    <Button icon=IconName::Close on_press=move |()| declining.set(true)>{text!(i18n, meetings.decline)}</Button>
                </Show>
                <Show when=is_booked><Outcome open submission /></Show>
                <Button icon=IconName::Clock on_press=move |()| moving.set(true)>{text!(i18n, meetings.reschedule)}</Button>
                <Menu label=text!(i18n, inbox.more_actions) icon=IconName::More icon_only=true>
                    <MenuItem icon=IconName::Edit on_select=move |()| editing.set(true)>{text!(i18n, meetings.edit)}</MenuItem>
                    <Show when=is_booked>
                        <MenuItem icon=IconName::Trash danger=true on_select=move |()| cancelling.set(true)>
                            {text!(i18n, meetings.cancel)}
                        </MenuItem>
                    </Show>
                </Menu>
            </div>
            <FormError submission />
        </Show>
        <EditDialog dialog_open=editing />
        <RescheduleDialog dialog_open=moving />
        <EndingDialog dialog_open=declining ending=Ending::Decline />
        <EndingDialog dialog_open=cancelling ending=Ending::Cancel />
    }
    .into_any()
}

/// What came of the meeting, once it has begun.
#[component]
fn Outcome(open: OpenMeeting, submission: Submission) -> impl IntoView {
    let i18n = open.app.i18n;
    let has_begun = move || open.meeting.get().is_some_and(|meeting: Meeting| is_past(meeting.starts_at));
    let outcome = Memo::new(move |_| open.meeting.get().and_then(|meeting| meeting.outcome));
    let set = move |wanted: Option<MeetingOutcome>| {
        let request = SetMeetingOutcome { outcome: wanted };
        let send = async move { open.app.api().set_meeting_outcome(&open.path(), &request).await };
        submission.run(send, move |meeting| {
            open.take(meeting);
            open.app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    let button = move |own: MeetingOutcome, icon: IconName| {
        // Pressing what is said already takes it back.
        let press = move |_| set((outcome.get_untracked() != Some(own)).then_some(own));
        view! {
            <button
                type="button"
                class="btn"
                aria-pressed=move || (outcome.get() == Some(own)).to_string()
                disabled=move || submission.busy.get()
                on:click=press
            >
                <ui::Icon name=icon />
                {move || super::super::words::outcome_name(i18n, own)}
            </button>
        }
    };
    view! {
        <Show when=has_begun>
            <div class="line" role="group" aria-label=text!(i18n, meetings.outcome)>
                {button(MeetingOutcome::Completed, IconName::Check)}
                {button(MeetingOutcome::NoShow, IconName::Spam)}
            </div>
        </Show>
    }
}
