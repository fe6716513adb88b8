//! What happened to a record and around it, the newest first.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::booking::MeetingOutcome;
use types::crm::{ListTimeline, RecordRef, RecordSummary, TimelineEntry, TimelineEvent};
use types::{Page, Timestamp, UserId};
use ui::{Icon, IconName, RelativeTime, Section};

use super::associations::record_link;
use crate::browser;
use crate::context::{App, use_app};
use crate::paged::{Paged, PagedView};
use crate::preferences;
use crate::texts::text;

/// An entry, and the record that it names.
type Line = (TimelineEntry, Option<RecordSummary>);

/// The timeline of a record.
#[component]
pub fn Timeline(record: RecordRef) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision =
        Memo::new(move |_| app.read(|state| (state.records.associations_revision(record), state.refreshes)));
    let paged = Paged::<Line>::new(move |page| {
        revision.get();
        let RecordRef { kind, id } = record;
        async move {
            let query = ListTimeline { kind, id, cursor: page.cursor, limit: page.limit };
            let page = app.api().list_timeline(&query).await?;
            let line = |entry: TimelineEntry| {
                let named = record_of(&entry.event);
                let named = named.and_then(|named| page.records.iter().find(|record| record.record == named));
                (entry, named.cloned())
            };
            Ok(Page { items: page.items.into_iter().map(line).collect(), next_cursor: page.next_cursor })
        }
    });
    let empty = move || view! { <p class="muted">{text!(i18n, records.nothing_happened)}</p> };
    let lines = move || paged.items().into_iter().map(|line| entry(app, line)).collect_view();
    view! {
        <Section title=text!(i18n, records.timeline)>
            <PagedView paged empty><ol class="timeline">{lines}</ol></PagedView>
        </Section>
    }
    .into_any()
}

fn record_of(event: &TimelineEvent) -> Option<RecordRef> {
    match event {
        TimelineEvent::RecordAssociated { record, .. }
        | TimelineEvent::CallRecorded { record }
        | TimelineEvent::CallTranscribed { record }
        | TimelineEvent::CallNoted { record, .. } => Some(*record),
        _ => None,
    }
}

fn entry(app: App, (entry, record): Line) -> impl IntoView {
    let i18n = app.i18n;
    let TimelineEntry { at, user_id, event, .. } = entry;
    let icon = match event {
        TimelineEvent::RecordCreated => IconName::Plus,
        TimelineEvent::OwnerChanged { .. } => IconName::User,
        TimelineEvent::StageChanged { .. } | TimelineEvent::StatusChanged { .. } => IconName::Tag,
        TimelineEvent::RecordAssociated { .. } => IconName::Link,
        TimelineEvent::CallRecorded { .. } => IconName::Phone,
        TimelineEvent::CallTranscribed { .. } => IconName::File,
        TimelineEvent::CallNoted { .. } => IconName::Comment,
        TimelineEvent::ConversationStarted { .. } => IconName::Chat,
        TimelineEvent::MeetingBooked { .. }
        | TimelineEvent::MeetingRescheduled { .. }
        | TimelineEvent::MeetingCancelled { .. }
        | TimelineEvent::MeetingOutcomeSet { .. }
        | TimelineEvent::MeetingRequested { .. } => IconName::Calendar,
    };
    let meeting = meeting_link(app, &event);
    let thread = match event {
        TimelineEvent::ConversationStarted { thread_id, inbox_id } => {
            Some(format!("/inbox/{inbox_id}/all_open/{thread_id}"))
        }
        _ => None,
    };
    let preview = match &event {
        TimelineEvent::CallNoted { preview, .. } => Some(preview.clone()),
        _ => None,
    };
    let by = move || user_id.map(|id| user_name(app, id));
    view! {
        <li>
            <Icon name=icon />
            <span class="what">
                {move || sentence(app, &event)}
                {record.as_ref().map(|record| view! { " " {record_link(record)} })}
                {thread.map(|path| view! { " " <A href=path>{text!(i18n, records.open_conversation)}</A> })}
                {meeting}
                {preview.map(|preview| view! { <span class="preview muted">{preview}</span> })}
                <span class="meta faint">{by} <RelativeTime unix_ms=at.0 as f64 / 1000.0 /></span>
            </span>
        </li>
    }
}

/// Leads to the meeting, or to the requests.
fn meeting_link(app: App, event: &TimelineEvent) -> Option<AnyView> {
    let link = match event {
        TimelineEvent::MeetingBooked { meeting_id, title, .. }
        | TimelineEvent::MeetingRescheduled { meeting_id, title, .. }
        | TimelineEvent::MeetingCancelled { meeting_id, title }
        | TimelineEvent::MeetingOutcomeSet { meeting_id, title, .. } => {
            let (path, title) = (format!("/meetings/{meeting_id}"), title.clone());
            view! { " " <A href=path>{title}</A> }.into_any()
        }
        TimelineEvent::MeetingRequested { .. } => {
            view! { " " <A href="/meetings/requests">{text!(app.i18n, records.open_requests)}</A> }.into_any()
        }
        _ => return None,
    };
    Some(link)
}

/// What happened to a meeting. Tracked.
fn meeting_sentence(app: App, event: &TimelineEvent) -> Option<String> {
    let i18n = app.i18n;
    let when = |at: &Timestamp| {
        let tag = preferences::tag(i18n.get_locale());
        browser::date_text(tag, at.0 as f64 / 1000.0, &[("dateStyle", "long"), ("timeStyle", "short")])
    };
    let sentence = match event {
        TimelineEvent::MeetingBooked { starts_at, .. } => {
            t_string!(i18n, records.event_meeting_booked, when = when(starts_at)).to_string()
        }
        TimelineEvent::MeetingRescheduled { starts_at, .. } => {
            t_string!(i18n, records.event_meeting_rescheduled, when = when(starts_at)).to_string()
        }
        TimelineEvent::MeetingCancelled { .. } => t_string!(i18n, records.event_meeting_cancelled).to_owned(),
        TimelineEvent::MeetingOutcomeSet { outcome, .. } => match outcome {
            Some(MeetingOutcome::Completed) => t_string!(i18n, records.event_meeting_completed).to_owned(),
            Some(MeetingOutcome::NoShow) => t_string!(i18n, records.event_meeting_no_show).to_owned(),
            None => t_string!(i18n, records.event_meeting_reopened).to_owned(),
        },
        TimelineEvent::MeetingRequested { .. } => t_string!(i18n, records.event_meeting_requested).to_owned(),
        _ => return None,
    };
    Some(sentence)
}

fn sentence(app: App, event: &TimelineEvent) -> String {
    let i18n = app.i18n;
    match event {
        TimelineEvent::RecordCreated => t_string!(i18n, records.event_created).to_owned(),
        TimelineEvent::OwnerChanged { from, to } => {
            let name = |id: &Option<UserId>| match id {
                Some(id) => user_name(app, *id),
                None => t_string!(i18n, contacts.nobody).to_owned(),
            };
            t_string!(i18n, records.event_owner, from = name(from), to = name(to)).to_string()
        }
        TimelineEvent::StageChanged { from, to } => {
            t_string!(i18n, records.event_stage, from = from.clone(), to = to.clone()).to_string()
        }
        TimelineEvent::StatusChanged { from, to } => {
            t_string!(i18n, records.event_status, from = from.clone(), to = to.clone()).to_string()
        }
        TimelineEvent::RecordAssociated { .. } => t_string!(i18n, records.event_associated).to_owned(),
        TimelineEvent::CallRecorded { .. } => t_string!(i18n, records.event_call).to_owned(),
        TimelineEvent::CallTranscribed { .. } => t_string!(i18n, records.event_call_transcript).to_owned(),
        TimelineEvent::CallNoted { .. } => t_string!(i18n, records.event_call_note).to_owned(),
        TimelineEvent::ConversationStarted { .. } => t_string!(i18n, records.event_conversation).to_owned(),
        meeting => meeting_sentence(app, meeting).unwrap_or_default(),
    }
}

fn user_name(app: App, id: UserId) -> String {
    app.read(|state| state.user_name(id).map(ToOwned::to_owned)).unwrap_or_default()
}
