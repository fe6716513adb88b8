//! Moving a meeting, calling it off, and not agreeing to it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::booking::{CancelMeeting, RescheduleMeeting};
use ui::{Button, ButtonKind, Field, TextArea};

use super::super::when_fields::{When, WhenFields};
use super::super::zones::own_zone;
use super::edit::given;
use super::use_meeting;
use crate::forms::{FormDialog, FormError, Submission};
use crate::texts::text;

/// Asks when the meeting is to be, and why.
#[component]
pub fn RescheduleDialog(dialog_open: RwSignal<bool>) -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let (when, reason) = (When::new(), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if dialog_open.get()
            && let Some(meeting) = untrack(|| open.meeting.get())
        {
            let minutes = meeting.ends_at.seconds_since(meeting.starts_at) / 60;
            when.take(&own_zone(), meeting.starts_at, minutes);
            reason.set(String::new());
        }
    });
    let hosts = Memo::new(move |_| open.meeting.get().map(|meeting| meeting.host_ids).unwrap_or_default());
    let submit = move |()| {
        // Without them the browser asks for the fields itself, or they say what is wrong.
        let Some((starts_at, minutes)) = untrack(|| when.starts_at().zip(when.duration())) else { return };
        let request = RescheduleMeeting { starts_at, duration_minutes: Some(minutes), reason: given(reason) };
        let send = async move { open.app.api().reschedule_meeting(&open.path(), &request).await };
        submission.run(send, move |meeting| {
            dialog_open.set(false);
            open.take(meeting);
            open.app.toasts.show(t_string!(i18n, meetings.rescheduled));
        });
    };
    let id = open.id;
    view! {
        <FormDialog
            open=dialog_open
            title=text!(i18n, meetings.reschedule)
            submit_label=text!(i18n, meetings.reschedule)
            submission
            on_submit=submit
            wide=true
        >
            <WhenFields when submission hosts moved=id />
            <Field label=text!(i18n, meetings.reason) hint=text!(i18n, meetings.reason_hint) error=submission.field("reason")>
                <TextArea value=reason rows=3 />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// How a meeting comes to nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A host does not agree.
    Decline,
    /// It is called off.
    Cancel,
}

/// Asks why, and tells the contact.
#[component]
pub fn EndingDialog(dialog_open: RwSignal<bool>, ending: Ending) -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let reason = RwSignal::new(String::new());
    Effect::new(move |_| {
        if dialog_open.get() {
            reason.set(String::new());
            submission.clear();
        }
    });
    let submit = move |()| {
        let request = CancelMeeting { reason: given(reason) };
        let send = async move {
            match ending {
                Ending::Decline => open.app.api().decline_meeting(&open.path(), &request).await,
                Ending::Cancel => open.app.api().cancel_meeting(&open.path(), &request).await,
            }
        };
        submission.run(send, move |meeting| {
            dialog_open.set(false);
            open.take(meeting);
            open.app.toasts.show(match ending {
                Ending::Decline => t_string!(i18n, meetings.was_declined),
                Ending::Cancel => t_string!(i18n, meetings.was_cancelled),
            });
        });
    };
    let title = move || match ending {
        Ending::Decline => t_string!(i18n, meetings.decline_title),
        Ending::Cancel => t_string!(i18n, meetings.cancel_title),
    };
    let label = move || match ending {
        Ending::Decline => t_string!(i18n, meetings.decline),
        Ending::Cancel => t_string!(i18n, meetings.cancel),
    };
    view! {
        <ui::Dialog open=dialog_open title close_label=text!(i18n, words.close)>
            <form class="form" on:submit=move |event| { event.prevent_default(); submit(()) }>
                <p>{text!(i18n, meetings.ending_effect)}</p>
                <Field label=text!(i18n, meetings.reason) hint=text!(i18n, meetings.reason_hint) error=submission.field("reason")>
                    <TextArea value=reason rows=3 />
                </Field>
                <FormError submission />
                <div class="actions">
                    <Button on_press=move |()| dialog_open.set(false)>{text!(i18n, words.back)}</Button>
                    <Button kind=ButtonKind::Danger submit=true busy=submission.busy>{label}</Button>
                </div>
            </form>
        </ui::Dialog>
    }
    .into_any()
}
