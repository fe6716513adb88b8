//! When the link can be booked (MEET-60 to MEET-66).

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{Button, Combobox, ComboboxOption, Field, IconName, Select, SelectOption, TextInput};

use super::Editor;
use super::draft::{RANGE, ROLLING};
use super::explain::ExplainDialog;
use super::hours::WeekHours;
use super::overrides::Overrides;
use crate::booking_links::words::span_text;
use crate::meetings::zones::zone_options;
use crate::texts::{I18n, text};

const NOTICES: [u32; 11] = [0, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10_080, 20_160];
const BUFFERS: [u32; 8] = [0, 5, 10, 15, 30, 45, 60, 120];
const INTERVALS: [u32; 7] = [5, 10, 15, 20, 30, 45, 60];

/// Lengths of time to choose from, and the one that is chosen.
fn spans(
    i18n: I18n,
    choices: &'static [u32],
    chosen: RwSignal<String>,
    none: fn(I18n) -> &'static str,
) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let now = chosen.get().parse::<u32>().ok();
        let more = now.filter(|now| !choices.contains(now));
        let mut all: Vec<u32> = choices.iter().copied().chain(more).collect();
        all.sort_unstable();
        let option = |minutes: u32| SelectOption {
            value: minutes.to_string(),
            label: if minutes == 0 { none(i18n).to_owned() } else { span_text(i18n, minutes) },
        };
        all.into_iter().map(option).collect()
    })
}

/// The third step.
#[component]
pub fn AvailabilityStep(editor: Editor) -> impl IntoView {
    let i18n = editor.app.i18n;
    let explaining = RwSignal::new(false);
    let is_saved = move || editor.link.with(Option::is_some);
    view! {
        <div class="fields">
            <Zone editor />
            <h3>{text!(i18n, booking_links.weekly_hours)}</h3>
            <p class="muted">{text!(i18n, booking_links.hours_hint)}</p>
            <WeekHours editor />
            <Overrides editor />
            <Show when=move || !editor.only_hours>
                <Window editor />
                <Distances editor />
            </Show>
            <Show when=is_saved>
                <Button icon=IconName::Help on_press=move |_| explaining.set(true)>{text!(i18n, booking_links.explain)}</Button>
            </Show>
            <ExplainDialog editor open=explaining />
        </div>
    }
    .into_any()
}

#[component]
fn Zone(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    // A combobox has no value for nothing.
    let chosen = RwSignal::new(Some(draft.zone.get_untracked().unwrap_or_default()));
    Effect::new(move |_| draft.zone.set(chosen.get().filter(|zone| !zone.is_empty())));
    let options = Signal::derive(move || {
        let of_hosts = t_string!(i18n, booking_links.zone_of_hosts).to_owned();
        let mut options = vec![ComboboxOption { value: String::new(), label: of_hosts }];
        options.extend(zone_options(draft.zone.get().as_deref().unwrap_or_default()));
        options
    });
    view! {
        <Field label=text!(i18n, booking_links.zone) hint=text!(i18n, booking_links.zone_hint) error=editor.error("availability.time_zone")>
            <Combobox value=chosen options list_label=text!(i18n, booking_links.zone) no_match=text!(i18n, booking_links.no_match) />
        </Field>
    }
    .into_any()
}

/// Rolling weeks, or a range of ten weeks at most.
#[component]
fn Window(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let options = Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option(ROLLING, t_string!(i18n, booking_links.window_rolling)),
            option(RANGE, t_string!(i18n, booking_links.window_range)),
        ]
    });
    let rolling = move || {
        view! {
            <Field label=text!(i18n, booking_links.weeks) error=editor.error("availability.rolling_weeks")>
                <TextInput value=draft.weeks kind="number" />
            </Field>
        }
    };
    view! {
        <Field label=text!(i18n, booking_links.window)><Select value=draft.window options /></Field>
        <Show when=move || draft.window.with(|window| window == RANGE) fallback=rolling>
            <div class="inline-fields">
                <Field label=text!(i18n, booking_links.first_day)>
                    <TextInput value=draft.first_day kind="date" />
                </Field>
                <Field
                    label=text!(i18n, booking_links.last_day)
                    hint=text!(i18n, booking_links.last_day_hint)
                    error=editor.error("availability.date_range")
                >
                    <TextInput value=draft.last_day kind="date" />
                </Field>
            </div>
        </Show>
    }
    .into_any()
}

/// Notice, buffers, interval and limits.
#[component]
fn Distances(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let none: fn(I18n) -> &'static str = |i18n| t_string!(i18n, booking_links.none);
    let intervals = Signal::derive(move || {
        let shortest = t_string!(i18n, booking_links.interval_shortest).to_owned();
        let mut options = vec![SelectOption { value: String::new(), label: shortest }];
        options.extend(spans(i18n, &INTERVALS, draft.interval, none).get());
        options
    });
    view! {
        <Field
            label=text!(i18n, booking_links.notice)
            hint=text!(i18n, booking_links.notice_hint)
            error=editor.error("availability.notice_minutes")
        >
            <Select value=draft.notice options=spans(i18n, &NOTICES, draft.notice, none) />
        </Field>
        <div class="inline-fields">
            <Field label=text!(i18n, booking_links.buffer_before) error=editor.error("availability.buffer_before_minutes")>
                <Select value=draft.buffer_before options=spans(i18n, &BUFFERS, draft.buffer_before, none) />
            </Field>
            <Field label=text!(i18n, booking_links.buffer_after) error=editor.error("availability.buffer_after_minutes")>
                <Select value=draft.buffer_after options=spans(i18n, &BUFFERS, draft.buffer_after, none) />
            </Field>
        </div>
        <Field label=text!(i18n, booking_links.interval) hint=text!(i18n, booking_links.interval_hint) error=editor.error("availability.interval_minutes")>
            <Select value=draft.interval options=intervals />
        </Field>
        <div class="inline-fields">
            <Field label=text!(i18n, booking_links.most_per_day) hint=text!(i18n, booking_links.empty_is_none) error=editor.error("availability.most_per_day")>
                <TextInput value=draft.most_per_day kind="number" />
            </Field>
            <Field label=text!(i18n, booking_links.most_per_week) hint=text!(i18n, booking_links.empty_is_none) error=editor.error("availability.most_per_week")>
                <TextInput value=draft.most_per_week kind="number" />
            </Field>
        </div>
    }
    .into_any()
}
