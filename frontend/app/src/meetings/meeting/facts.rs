//! All that is known of a meeting.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Permission;
use types::booking::{AnsweredQuestion, Guest, Meeting};
use ui::{Button, ButtonKind, IconName, RelativeTime, Section};

use super::super::row::host_names;
use super::super::words::party_name;
use super::super::zones::{in_words, own_zone};
use super::edit::meeting_types;
use super::{OpenMeeting, use_meeting};
use crate::browser;
use crate::texts::text;

/// The facts in the order in which one asks for them.
#[component]
pub fn Facts() -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let facts = move || {
        let meeting = open.meeting.get()?;
        Some(view! {
            <dl class="facts">
                <Times open meeting=meeting.clone() />
                <People open meeting=meeting.clone() />
                <Place open meeting=meeting.clone() />
                <About open meeting=meeting />
            </dl>
        })
    };
    let copy = move |()| {
        let Some(text) = untrack(|| open.meeting.get().map(|meeting| contact_facts(open, &meeting))) else {
            return;
        };
        spawn_local(async move {
            if browser::copy(&text).await {
                open.app.toasts.show(untrack(|| t_string!(i18n, meetings.facts_copied)));
            } else {
                open.app.toasts.show_error(text);
            }
        });
    };
    view! {
        <Section title=text!(i18n, contacts.facts)>
            {facts}
            <div class="line">
                <Button kind=ButtonKind::Normal icon=IconName::Copy on_press=copy>{text!(i18n, meetings.copy_facts)}</Button>
            </div>
        </Section>
        {move || open.meeting.get().map(|meeting| answers(open, meeting.answers))}
    }
    .into_any()
}

/// When it is, for the user and for the contact.
#[component]
fn Times(open: OpenMeeting, meeting: Meeting) -> impl IntoView {
    let (app, i18n) = (open.app, open.app.i18n);
    let Meeting { starts_at, ends_at, contact_time_zone: zone, .. } = meeting;
    let minutes = ends_at.seconds_since(starts_at) / 60;
    view! {
        <dt>{text!(i18n, meetings.your_time)}</dt>
        <dd>{move || in_words(app, &own_zone(), starts_at, ends_at)}</dd>
        <dt>{text!(i18n, meetings.contact_time)}</dt>
        <dd>{move || in_words(app, &zone, starts_at, ends_at)}</dd>
        <dt>{text!(i18n, meetings.length)}</dt>
        <dd class="num">{move || t_string!(i18n, meetings.minutes_count, count = minutes).to_string()}</dd>
    }
}

/// The contact, the guests and the hosts.
#[component]
fn People(open: OpenMeeting, meeting: Meeting) -> impl IntoView {
    let (app, i18n) = (open.app, open.app.i18n);
    let Meeting { contact_id, contact_name, contact_email, guests, host_ids, .. } = meeting;
    let may_read = app.may(Permission::ReadContacts);
    let name = StoredValue::new(contact_name);
    let contact = move || match may_read.get() {
        true => view! { <A href=format!("/contacts/{contact_id}")>{name.get_value()}</A> }.into_any(),
        false => name.get_value().into_any(),
    };
    let email =
        contact_email.map(|email| view! { " " <a href=format!("mailto:{email}")>{email.clone()}</a> });
    let guests = addresses(&guests);
    view! {
        <dt>{text!(i18n, calls.contact)}</dt>
        <dd>{contact} {email}</dd>
        {(!guests.is_empty()).then(|| view! { <dt>{text!(i18n, meetings.guests)}</dt> <dd>{guests}</dd> })}
        <dt>{text!(i18n, meetings.hosts)}</dt>
        <dd>{move || host_names(app, &host_ids)}</dd>
    }
}

fn addresses(guests: &[Guest]) -> String {
    guests.iter().map(|guest| guest.email.as_str()).collect::<Vec<_>>().join(", ")
}

/// Where it is. An address of a conference leads there; anything else is a text.
#[component]
fn Place(open: OpenMeeting, meeting: Meeting) -> impl IntoView {
    let i18n = open.app.i18n;
    let Meeting { location, conference_url, conference_error, .. } = meeting;
    let conference = conference_url.map(|url| {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        let shown = match is_web {
            true => view! { <a href=url.clone() target="_blank" rel="noopener noreferrer">{url.clone()}</a> }
                .into_any(),
            false => url.clone().into_any(),
        };
        view! { <dt>{text!(i18n, meetings.conference)}</dt> <dd>{shown}</dd> }
    });
    let failure = conference_error.map(|error| {
        view! {
            <dt>{text!(i18n, meetings.conference)}</dt>
            <dd>{text!(i18n, meetings.conference_failed)} <p class="meeting-error">{error}</p></dd>
        }
    });
    view! {
        {location.map(|place| view! { <dt>{text!(i18n, meetings.location)}</dt> <dd>{place}</dd> })}
        {conference}
        {failure}
    }
}

/// What it is about, and what became of it.
#[component]
fn About(open: OpenMeeting, meeting: Meeting) -> impl IntoView {
    let i18n = open.app.i18n;
    let Meeting {
        description,
        meeting_type_id,
        booking_link_id,
        booking_link_name,
        reason,
        cancelled_by,
        ..
    } = meeting;
    let created = meeting.created_at.0 as f64 / 1000.0;
    let updated = meeting.updated_at.0 as f64 / 1000.0;
    let kind = meeting_type_id.map(|id| {
        let types = meeting_types(open.app);
        let name =
            move || types.get().into_iter().find(|kind| kind.value == id.to_string()).map(|kind| kind.label);
        view! { <dt>{text!(i18n, meetings.kind)}</dt> <dd>{name}</dd> }
    });
    let link = match (booking_link_id, booking_link_name) {
        (Some(id), Some(name)) => view! { <A href=format!("/meetings/links/{id}")>{name}</A> }.into_any(),
        (None, Some(name)) => name.into_any(),
        (_, None) => text!(i18n, meetings.without_link).into_any(),
    };
    let by = cancelled_by.map(|party| {
        view! { <dt>{text!(i18n, meetings.cancelled_by)}</dt> <dd>{move || party_name(i18n, party)}</dd> }
    });
    view! {
        {description.map(|text| view! { <dt>{text!(i18n, meetings.description)}</dt> <dd class="meeting-text">{text}</dd> })}
        {kind}
        <dt>{text!(i18n, meetings.link)}</dt>
        <dd>{link}</dd>
        {by}
        {reason.map(|text| view! { <dt>{text!(i18n, meetings.reason)}</dt> <dd class="meeting-text">{text}</dd> })}
        <dt>{text!(i18n, meetings.booked_at)}</dt>
        <dd><RelativeTime unix_ms=created /></dd>
        <dt>{text!(i18n, records.updated_at)}</dt>
        <dd><RelativeTime unix_ms=updated /></dd>
    }
}

/// What the contact answered in the form.
fn answers(open: OpenMeeting, answers: Vec<AnsweredQuestion>) -> Option<impl IntoView> {
    let i18n = open.app.i18n;
    let line = |answer: AnsweredQuestion| view! { <dt>{answer.label}</dt> <dd class="meeting-text">{answer.value}</dd> };
    (!answers.is_empty()).then(|| {
        view! {
            <Section title=text!(i18n, meetings.answers)>
                <dl class="facts">{answers.into_iter().map(line).collect_view()}</dl>
            </Section>
        }
    })
}

/// What one would write down of the contact: name, address, zone, guests, answers; one a line.
fn contact_facts(open: OpenMeeting, meeting: &Meeting) -> String {
    let when = in_words(open.app, &meeting.contact_time_zone, meeting.starts_at, meeting.ends_at);
    let mut lines = vec![meeting.contact_name.clone()];
    lines.extend(meeting.contact_email.clone());
    lines.extend([meeting.title.clone(), when]);
    lines.extend(meeting.guests.iter().map(|guest| guest.email.clone()));
    lines.extend(meeting.answers.iter().map(|answer| format!("{}: {}", answer.label, answer.value)));
    lines.join("\n")
}
