//! What happened to a record and around it, the newest first.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::crm::{ListTimeline, RecordRef, RecordSummary, TimelineEntry, TimelineEvent};
use types::{Page, UserId};
use ui::{Icon, IconName, RelativeTime, Section};

use super::associations::record_link;
use crate::context::{App, use_app};
use crate::paged::{Paged, PagedView};
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
    };
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
                {preview.map(|preview| view! { <span class="preview muted">{preview}</span> })}
                <span class="meta faint">{by} <RelativeTime unix_ms=at.0 as f64 / 1000.0 /></span>
            </span>
        </li>
    }
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
    }
}

fn user_name(app: App, id: UserId) -> String {
    app.read(|state| state.user_name(id).map(ToOwned::to_owned)).unwrap_or_default()
}
