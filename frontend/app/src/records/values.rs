//! The values of records: as text for forms, and as people read them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_i18n::t_string;
use serde_json::Value;
use state::{Record, State};
use types::crm::{ObjectKind, Property, PropertyType, StageOutcome, TicketPriority};
use ui::{IconName, Pill, RelativeTime, Tone};

use super::call::call_cell;
use super::money;
use crate::browser;
use crate::context::App;
use crate::preferences;
use crate::texts::I18n;

/// What the column of a custom property begins with; its key follows.
pub const PROPERTY: &str = "property.";

/// Every value of a record's form by field: built-in ones by their name in the request, custom properties by
/// `properties.` with their key. An amount is in the units of its currency.
pub fn form_values(record: &Record) -> BTreeMap<String, String> {
    let mut values = built_in(record);
    for (key, value) in record.properties() {
        values.insert(format!("properties.{key}"), state::records::text_of(value));
    }
    values
}

fn built_in(record: &Record) -> BTreeMap<String, String> {
    let owner = record.owner_id().map(|id| id.to_string());
    let values: Vec<(&str, Option<String>)> = match record {
        Record::Contact(contact) => vec![
            ("name", Some(contact.name.clone())),
            ("email", contact.email.clone()),
            ("phone", contact.phone.clone()),
            ("job_title", contact.job_title.clone()),
            ("company_id", contact.company_id.map(|id| id.to_string())),
        ],
        Record::Company(company) => vec![
            ("name", Some(company.name.clone())),
            ("domain", company.domain.clone()),
            ("phone", company.phone.clone()),
            ("street", company.street.clone()),
            ("postal_code", company.postal_code.clone()),
            ("city", company.city.clone()),
            ("country", company.country.clone()),
        ],
        Record::Deal(deal) => vec![
            ("name", Some(deal.name.clone())),
            ("amount_minor", money::of(deal).map(|(minor, currency)| money::plain(minor, currency))),
            ("currency", deal.currency.clone()),
            ("stage_id", Some(deal.stage_id.to_string())),
            ("close_date", deal.close_date.map(|day| day.to_string())),
        ],
        Record::Ticket(ticket) => vec![
            ("subject", Some(ticket.subject.clone())),
            ("description", ticket.description.clone()),
            ("status_id", Some(ticket.status_id.to_string())),
            ("priority", Some(ticket.priority.to_string())),
        ],
        // Calls are changed on their own page.
        Record::Call(_) => Vec::new(),
    };
    let values = values.into_iter().chain([("owner_id", owner)]);
    values.map(|(name, value)| (name.to_owned(), value.unwrap_or_default())).collect()
}

/// The value of a custom property out of what was typed; null for nothing. What cannot be a number is sent as it is, so
/// that the server says what is wrong.
pub fn property_value(property: &Property, typed: &str) -> Value {
    let typed = typed.trim();
    match property.property_type {
        _ if typed.is_empty() => Value::Null,
        PropertyType::Boolean => Value::Bool(typed == "true"),
        PropertyType::Number => {
            let number = typed.replace(',', ".").parse::<f64>().ok().and_then(serde_json::Number::from_f64);
            number.map_or_else(|| typed.into(), Value::Number)
        }
        PropertyType::Text | PropertyType::Date | PropertyType::Select => typed.into(),
    }
}

/// The value of a custom property as people read it.
pub fn property_text(i18n: I18n, property: &Property, value: &Value) -> String {
    let text = state::records::text_of(value);
    match property.property_type {
        PropertyType::Boolean if text == "true" => t_string!(i18n, records.yes).to_owned(),
        PropertyType::Boolean => t_string!(i18n, records.no).to_owned(),
        PropertyType::Select => {
            let option = property.options.iter().find(|option| option.value == text);
            option.map_or(text, |option| option.label.clone())
        }
        PropertyType::Date => day_text(i18n, &text),
        PropertyType::Text | PropertyType::Number => text,
    }
}

/// A day such as `2026-03-02` in the words of the language.
pub fn day_text(i18n: I18n, day: &str) -> String {
    let unix_ms = js_sys::Date::parse(day);
    if unix_ms.is_nan() {
        return day.to_owned();
    }
    // A day has no time zone.
    browser::date_text(
        preferences::tag(i18n.get_locale()),
        unix_ms,
        &[("dateStyle", "medium"), ("timeZone", "UTC")],
    )
}

/// What a priority is called.
pub fn priority_name(i18n: I18n, priority: TicketPriority) -> &'static str {
    match priority {
        TicketPriority::Low => t_string!(i18n, records.priority_low),
        TicketPriority::Normal => t_string!(i18n, records.priority_normal),
        TicketPriority::High => t_string!(i18n, records.priority_high),
        TicketPriority::Urgent => t_string!(i18n, records.priority_urgent),
    }
}

/// One value of a record, as lists and previews show it. Tracked.
pub fn cell(app: App, record: &Record, column: &str) -> AnyView {
    let i18n = app.i18n;
    if let Some(key) = column.strip_prefix(PROPERTY) {
        return property_cell(app, record, key).into_any();
    }
    if let Record::Call(call) = record
        && let Some(cell) = call_cell(app, call, column)
    {
        return cell;
    }
    match (column, record) {
        ("stage", Record::Deal(deal)) => {
            let stage = app.read(|state| {
                state.records.setup.as_ref()?.stages.iter().find(|stage| stage.id == deal.stage_id).cloned()
            });
            stage.map(|stage| stage_pill(stage.name, stage.outcome)).into_any()
        }
        ("status", Record::Ticket(ticket)) => {
            let status = app.read(|state| {
                let setup = state.records.setup.as_ref()?;
                setup.statuses.iter().find(|status| status.id == ticket.status_id).cloned()
            });
            status.map(|status| status_pill(status.name, status.closed)).into_any()
        }
        ("priority", Record::Ticket(ticket)) => priority_pill(i18n, ticket.priority).into_any(),
        ("created_at", _) => {
            view! { <RelativeTime unix_ms=record.created_at().0 as f64 / 1000.0 /> }.into_any()
        }
        ("updated_at", _) => {
            view! { <RelativeTime unix_ms=record.updated_at().0 as f64 / 1000.0 /> }.into_any()
        }
        _ => {
            let text = app.read(|state| text(i18n, state, record, column)).unwrap_or_default();
            let is_number = column == "amount_minor";
            view! { <span class="trunc" class:num=is_number title=text.clone()>{text.clone()}</span> }
                .into_any()
        }
    }
}

fn property_cell(app: App, record: &Record, key: &str) -> impl IntoView + use<> {
    let value = record.properties().get(key)?;
    let text = app.read(|state| {
        let setup = state.records.setup.as_ref()?;
        let kind = record.reference().kind;
        let property =
            setup.properties.values().find(|property| property.object == kind && property.key == key)?;
        Some(property_text(app.i18n, property, value))
    })?;
    Some(view! { <span class="trunc" title=text.clone()>{text.clone()}</span> })
}

fn text(i18n: I18n, state: &State, record: &Record, column: &str) -> Option<String> {
    match (column, record) {
        ("name" | "subject", _) => Some(record.name().to_owned()),
        ("owner_email", _) => state.user_name(record.owner_id()?).map(ToOwned::to_owned),
        ("company_domain", Record::Contact(contact)) => {
            state.directory.companies.get(&contact.company_id?).map(|company| company.name.clone())
        }
        ("amount_minor", Record::Deal(deal)) => {
            let (minor, currency) = money::of(deal)?;
            Some(money::shown(preferences::tag(i18n.get_locale()), minor, currency))
        }
        ("close_date", Record::Deal(deal)) => Some(day_text(i18n, &deal.close_date?.to_string())),
        _ => built_in(record).remove(column),
    }
}

fn stage_pill(name: String, outcome: StageOutcome) -> impl IntoView {
    let (tone, icon) = match outcome {
        StageOutcome::Open => (Tone::Accent, None),
        StageOutcome::Won => (Tone::Ok, Some(IconName::Check)),
        StageOutcome::Lost => (Tone::Neutral, Some(IconName::Close)),
    };
    match icon {
        Some(icon) => view! { <Pill tone icon>{name}</Pill> }.into_any(),
        None => view! { <Pill tone>{name}</Pill> }.into_any(),
    }
}

fn status_pill(name: String, closed: bool) -> impl IntoView {
    if closed {
        view! { <Pill tone=Tone::Ok icon=IconName::Check>{name}</Pill> }.into_any()
    } else {
        view! { <Pill tone=Tone::Accent>{name}</Pill> }.into_any()
    }
}

fn priority_pill(i18n: I18n, priority: TicketPriority) -> impl IntoView {
    let name = move || priority_name(i18n, priority);
    match priority {
        TicketPriority::Low | TicketPriority::Normal => view! { <Pill>{name}</Pill> }.into_any(),
        TicketPriority::High => {
            view! { <Pill tone=Tone::Warn icon=IconName::Warning>{name}</Pill> }.into_any()
        }
        TicketPriority::Urgent => {
            view! { <Pill tone=Tone::Bad icon=IconName::Warning>{name}</Pill> }.into_any()
        }
    }
}

/// The heading of a column. Tracked.
pub fn column_label(app: App, kind: ObjectKind, column: &str) -> String {
    let Some(key) = column.strip_prefix(PROPERTY) else {
        return super::kind::field_label(app.i18n, column).to_owned();
    };
    let label = app.read(|state| {
        let setup = state.records.setup.as_ref()?;
        let properties = &mut setup.properties.values();
        properties.find(|property| property.object == kind && property.key == key).map(|p| p.label.clone())
    });
    label.unwrap_or_else(|| key.to_owned())
}
