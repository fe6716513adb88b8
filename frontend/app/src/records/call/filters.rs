//! Which calls a list shows.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::{CallDirection, CallOutcome, TranscriptState};
use types::crm::ObjectKind;
use types::{Permission, Timestamp};
use ui::{Field, Select, SelectOption, TextInput};

use super::super::filters::{LateInput, filter_value, with_any};
use super::super::list::{ShownList, use_list};
use super::super::record_field::RecordField;
use crate::calls::{direction_name, outcome_name, transcript_state_name};
use crate::context::use_app;
use crate::forms::{end_of_day, local_minute, start_of_day};
use crate::remote::Remote;
use crate::texts::{I18n, text};

const MINUTE_MS: f64 = 60_000.0;

/// The filters that only calls have.
#[component]
pub fn CallFilters() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let list = use_list();
    let may_read_contacts = app.may(Permission::ReadContacts);
    let uses_intelligence = app.may(Permission::UseCallIntelligence);
    let records = move || {
        let field = |name: &'static str, kind, label: fn(I18n) -> &'static str| {
            let value = filter_value(list, name.to_owned());
            view! { <RecordField kind label=move || label(i18n) value /> }
        };
        view! {
            {field("contact_id", ObjectKind::Contact, |i18n| t_string!(i18n, calls.contact))}
            {field("company_id", ObjectKind::Company, |i18n| t_string!(i18n, inbox.company))}
        }
    };
    let choice = move |name: &'static str, options: Signal<Vec<SelectOption>>| {
        let value = filter_value(list, name.to_owned());
        view! { <Select value options=with_any(app, options) /> }
    };
    view! {
        <Show when=move || may_read_contacts.get()>{records}</Show>
        <Field label=text!(i18n, calls.direction)>{choice("direction", directions(i18n))}</Field>
        <Field label=text!(i18n, calls.outcome)>{choice("outcome", outcomes(i18n))}</Field>
        <div class="pair">
            <Field label=text!(i18n, calls.from_day)><DayInput list name="from" to_time=start_of_day /></Field>
            <Field label=text!(i18n, calls.until_day)><DayInput list name="until" to_time=end_of_day /></Field>
        </div>
        <div class="pair">
            <Field label=text!(i18n, calls.at_least_minutes)><MinutesInput list name="min_duration_ms" /></Field>
            <Field label=text!(i18n, calls.at_most_minutes)><MinutesInput list name="max_duration_ms" /></Field>
        </div>
        <Field label=text!(i18n, calls.transcript)>{choice("transcript", transcript_states(i18n))}</Field>
        <Show when=move || uses_intelligence.get()>
            <TermFilter />
        </Show>
    }
    .into_any()
}

/// Calls in which one tracked term was said.
#[component]
fn TermFilter() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let value = filter_value(use_list(), "term_id".to_owned());
    let terms = Remote::new(move || async move { app.api().list_tracked_terms().await });
    let options = Signal::derive(move || {
        let terms = terms.get().map(|page| page.items).unwrap_or_default();
        let option =
            |term: types::calls::TrackedTerm| SelectOption { value: term.id.to_string(), label: term.name };
        terms.into_iter().map(option).collect::<Vec<_>>()
    });
    view! { <Field label=text!(i18n, calls.term)><Select value options=with_any(app, options) /></Field> }
}

fn directions(i18n: I18n) -> Signal<Vec<SelectOption>> {
    options(CallDirection::ALL, move |one| (one.to_string(), direction_name(i18n, one)))
}

fn outcomes(i18n: I18n) -> Signal<Vec<SelectOption>> {
    options(CallOutcome::ALL, move |one| (one.to_string(), outcome_name(i18n, one)))
}

fn transcript_states(i18n: I18n) -> Signal<Vec<SelectOption>> {
    options(TranscriptState::ALL, move |one| (one.to_string(), transcript_state_name(i18n, one)))
}

fn options<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: impl Fn(T) -> (String, &'static str) + Send + Sync + 'static,
) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |one: &T| {
            let (value, label) = name(*one);
            SelectOption { value, label: label.to_owned() }
        };
        all.iter().map(option).collect()
    })
}

/// Keeps a field in step with a filter that the API writes otherwise.
fn translated(
    value: RwSignal<String>,
    to_field: fn(&str) -> String,
    to_filter: impl Fn(&str) -> String + 'static,
) -> RwSignal<String> {
    let field = RwSignal::new(value.with_untracked(|value| to_field(value)));
    Effect::new(move |_| {
        let shown = value.with(|value| to_field(value));
        if field.with_untracked(|field| *field != shown) {
            field.set(shown);
        }
    });
    Effect::new(move |_| {
        let wanted = field.with(|field| to_filter(field));
        if value.with_untracked(|value| *value != wanted) {
            value.set(wanted);
        }
    });
    field
}

/// A day as the filter's instant.
#[component]
fn DayInput(list: ShownList, name: &'static str, to_time: fn(&str) -> Option<Timestamp>) -> impl IntoView {
    let to_filter = move |day: &str| to_time(day).map(|time| time.to_string()).unwrap_or_default();
    let day = translated(filter_value(list, name.to_owned()), day_of, to_filter);
    view! { <TextInput value=day kind="date" /> }
}

fn day_of(time: &str) -> String {
    let time = time.parse::<Timestamp>().ok();
    let local = time.map(|time| local_minute(time.0 as f64 / 1000.0));
    local.and_then(|local| local.split_once('T').map(|(day, _)| day.to_owned())).unwrap_or_default()
}

/// A number of minutes as the filter's milliseconds.
#[component]
fn MinutesInput(list: ShownList, name: &'static str) -> impl IntoView {
    let minutes = translated(filter_value(list, name.to_owned()), minutes_of, |minutes| {
        let number = minutes.trim().replace(',', ".").parse::<f64>().ok().filter(|number| *number >= 0.0);
        number.map(|number| ((number * MINUTE_MS).round() as i64).to_string()).unwrap_or_default()
    });
    view! { <LateInput value=minutes /> }
}

fn minutes_of(ms: &str) -> String {
    ms.parse::<f64>().map(|ms| (ms / MINUTE_MS).to_string()).unwrap_or_default()
}
