//! Why a time is not offered.

use leptos::{ev::SubmitEvent, prelude::*};
use leptos_i18n::t_string;
use types::booking::{BookingLinkPath, ExplainSlot, MissingSlotReason, SlotExplanation};
use ui::{Banner, Button, ButtonKind, Dialog, Field, IconName, Select, SelectOption, TextInput, Tone};

use super::Editor;
use crate::booking_links::words::{reason_text, span_text, user_names};
use crate::forms::{FormError, Submission};
use crate::meetings::zones::{instant_in, own_zone, time_range};
use crate::texts::text;

/// Asks for a time, and says why it is offered or not. What is not saved yet is not looked at.
#[component]
pub fn ExplainDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let i18n = editor.app.i18n;
    view! {
        <Dialog open title=text!(i18n, booking_links.explain) close_label=text!(i18n, words.close)>
            <Question editor />
        </Dialog>
    }
    .into_any()
}

/// The zone in which times of the link are meant: its own, or that of this browser.
fn zone_of(editor: Editor) -> String {
    let link = editor.link.get_untracked();
    link.and_then(|link| link.settings.availability.time_zone).unwrap_or_else(own_zone)
}

#[component]
fn Question(editor: Editor) -> impl IntoView {
    let (app, i18n) = (editor.app, editor.app.i18n);
    let (day, time) = (RwSignal::new(String::new()), RwSignal::new("09:00".to_owned()));
    let durations = editor.link.with_untracked(|link| {
        link.as_ref().map(|link| link.settings.durations_minutes.clone()).unwrap_or_default()
    });
    let duration = RwSignal::new(durations.first().map(ToString::to_string).unwrap_or_default());
    let options = Signal::derive(move || {
        let option = |minutes: &u16| SelectOption {
            value: minutes.to_string(),
            label: span_text(i18n, u32::from(*minutes)),
        };
        durations.iter().map(option).collect::<Vec<_>>()
    });
    let submission = Submission::new();
    let answer = RwSignal::new(None::<SlotExplanation>);
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        let zone = zone_of(editor);
        let starts_at = instant_in(&zone, &day.get_untracked(), &time.get_untracked());
        let link = editor.link.with_untracked(|link| link.as_ref().map(|link| link.id));
        let duration_minutes = duration.get_untracked().parse().ok();
        let (Some(starts_at), Some(booking_link_id), Some(duration_minutes)) =
            (starts_at, link, duration_minutes)
        else {
            return;
        };
        let (path, query) =
            (BookingLinkPath { booking_link_id }, ExplainSlot { starts_at, duration_minutes });
        answer.set(None);
        submission.run(async move { app.api().explain_slot(&path, &query).await }, move |reply| {
            answer.set(Some(reply))
        });
    };
    let zone = zone_of(editor).replace('_', " ");
    view! {
        <form class="form" on:submit=ask>
            <p class="muted">{text!(i18n, booking_links.explain_hint)} " " {zone}</p>
            <div class="inline-fields">
                <Field label=text!(i18n, booking_links.explain_day)><TextInput value=day kind="date" required=true /></Field>
                <Field label=text!(i18n, booking_links.explain_time) error=submission.field("starts_at")>
                    <TextInput value=time kind="time" required=true />
                </Field>
                <Field label=text!(i18n, booking_links.durations)><Select value=duration options /></Field>
            </div>
            <FormError submission />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true busy=submission.busy>{text!(i18n, booking_links.explain_ask)}</Button>
            </div>
            <div role="status">{move || answer.get().map(|answer| view! { <Answer editor answer /> })}</div>
        </form>
    }
    .into_any()
}

#[component]
fn Answer(editor: Editor, answer: SlotExplanation) -> impl IntoView {
    let (app, i18n) = (editor.app, editor.app.i18n);
    let is_offered = answer.is_offered;
    let tone = if is_offered { Tone::Ok } else { Tone::Warn };
    let icon = if is_offered { IconName::Check } else { IconName::Info };
    let free = answer.free_host_ids;
    let is_free = !free.is_empty();
    let line = move |reason: MissingSlotReason| {
        let who = move || user_names(app, reason.host_id);
        let when = move || match (reason.from, reason.until) {
            (Some(from), Some(until)) => format!(" ({})", time_range(app, &zone_of(editor), from, until)),
            _ => String::new(),
        };
        let has_host = reason.host_id.is_some();
        view! {
            <li>
                {has_host.then(|| view! { <b>{who}": "</b> })}
                {move || reason_text(i18n, reason.reason)} {when}
                {reason.detail.map(|detail| view! { <span class="muted">" " {detail}</span> })}
            </li>
        }
    };
    view! {
        <Banner tone icon>
            {move || match is_offered {
                true => t_string!(i18n, booking_links.is_offered),
                false => t_string!(i18n, booking_links.is_not_offered),
            }}
        </Banner>
        {is_free.then(|| view! { <p>{text!(i18n, booking_links.free_hosts)} " " {move || user_names(app, free.clone())}</p> })}
        <ul class="reasons">{answer.reasons.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
