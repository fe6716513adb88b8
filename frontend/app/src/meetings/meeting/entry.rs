//! The entry in the host's calendar: how far it has come, and what to do when it was deleted there.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::booking::{CalendarEntryState, Meeting, MeetingState};
use ui::{Banner, Button, ButtonKind, IconName, Pill, Section, Tone};

use super::super::words::entry_name;
use super::moving::{Ending, EndingDialog};
use super::{OpenMeeting, use_meeting};
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// Asks what a deleted entry means, as long as nobody has said. A meeting is never called off by itself.
#[component]
pub fn EntryNotice() -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let calling_off = RwSignal::new(false);
    let is_asked = Memo::new(move |_| {
        open.meeting.get().is_some_and(|meeting| {
            meeting.calendar_entry == CalendarEntryState::Missing && meeting.state == MeetingState::Booked
        })
    });
    let keep = move |()| {
        submission.run(async move { open.app.api().keep_meeting(&open.path()).await }, move |meeting| {
            open.take(meeting);
            open.app.toasts.show(t_string!(i18n, meetings.kept));
        });
    };
    let buttons = move || {
        view! {
            <Show when=move || open.may_change.get()>
                <span class="line">
                    <Button kind=ButtonKind::Danger on_press=move |()| calling_off.set(true)>{text!(i18n, meetings.call_off)}</Button>
                    <Button busy=submission.busy on_press=keep>{text!(i18n, meetings.keep)}</Button>
                </span>
            </Show>
        }
    };
    view! {
        <Show when=move || is_asked.get()>
            <Banner tone=Tone::Warn icon=IconName::Warning action=buttons>{text!(i18n, meetings.missing_question)}</Banner>
            <FormError submission />
        </Show>
        <EndingDialog dialog_open=calling_off ending=Ending::Cancel />
    }
    .into_any()
}

/// Where the calendar's own page of the entry is, if it has one.
fn address(meeting: &Meeting) -> Option<String> {
    let url = meeting.calendar_entry_url.clone();
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// Goes on to the calendar's page of the entry, in place of this one, as soon as it is known.
pub fn lead_to_entry(open: OpenMeeting) {
    Effect::new(move |_| {
        if let Some(url) = open.meeting.get().as_ref().and_then(address) {
            // A browser that refuses shows so itself.
            let _ = window().location().replace(&url);
        }
    });
}

/// How the entry stands, with the way to it.
#[component]
pub fn CalendarEntry() -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let body = move || {
        let meeting = open.meeting.get()?;
        let url = address(&meeting);
        let Meeting { calendar_entry: entry, calendar_entry_error: error, .. } = meeting;
        let tone = match entry {
            CalendarEntryState::Written => Tone::Ok,
            CalendarEntryState::Writing => Tone::Accent,
            CalendarEntryState::None => Tone::Neutral,
            CalendarEntryState::Failed | CalendarEntryState::Missing => Tone::Bad,
        };
        let link = url.map(|url| {
            view! { <a href=url target="_blank" rel="noopener noreferrer">{text!(i18n, meetings.open_entry)}</a> }
        });
        let hint = match entry {
            CalendarEntryState::None => Some(view! {
                <p class="muted">
                    {text!(i18n, meetings.entry_none_hint)} " "
                    <A href="/settings/calendars">{text!(i18n, meetings.connect_calendar)}</A>
                </p>
            }),
            _ => None,
        };
        let failed = (entry == CalendarEntryState::Failed)
            .then(|| view! { <p class="muted">{text!(i18n, meetings.entry_failed_hint)}</p> });
        Some(view! {
            <p class="line"><Pill tone>{move || entry_name(i18n, entry)}</Pill> {link}</p>
            {error.map(|error| view! { <p class="meeting-error">{error}</p> })}
            {failed}
            {hint}
        })
    };
    view! { <Section title=text!(i18n, meetings.calendar_entry)>{body}</Section> }.into_any()
}
