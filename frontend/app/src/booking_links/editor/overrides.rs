//! Days with hours of their own, such as holidays.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Date;
use types::booking::{DateHours, TimeRange};
use ui::{Button, Field, IconButton, IconName, TextInput};

use super::Editor;
use super::hours::Ranges;
use crate::browser;
use crate::preferences;
use crate::texts::{I18n, text};

/// A day in words. Tracked.
pub fn date_text(i18n: I18n, date: Date) -> String {
    let style = [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("timeZone", "UTC"),
    ];
    browser::date_text(preferences::tag(i18n.get_locale()), date.0 as f64 * 86_400_000.0, &style)
}

/// The days, each with its hours, and a field to add one. A day begins closed.
#[component]
pub fn Overrides(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let typed = RwSignal::new(String::new());
    let add = move |_| {
        let Ok(date) = typed.get_untracked().parse::<Date>() else { return };
        draft.overrides.update(|days| {
            if days.iter().all(|day| day.date != date) {
                days.push(DateHours { date, ranges: Vec::new() });
                days.sort_by_key(|day| day.date);
            }
        });
        typed.set(String::new());
    };
    let dates =
        Memo::new(move |_| draft.overrides.with(|days| days.iter().map(|day| day.date).collect::<Vec<_>>()));
    let row = move |date: Date| {
        let find = move |days: &Vec<DateHours>| {
            days.iter().find(|day| day.date == date).map(|day| day.ranges.clone())
        };
        let ranges = Signal::derive(move || draft.overrides.with(find).unwrap_or_default());
        let set = move |ranges: Vec<TimeRange>| {
            draft.overrides.update(|days| {
                if let Some(day) = days.iter_mut().find(|day| day.date == date) {
                    day.ranges = ranges;
                }
            });
        };
        let name = move || date_text(i18n, date);
        let remove = move || t_string!(i18n, booking_links.remove_day, day = name()).to_string();
        view! {
            <li class="hours-day">
                <span class="name">{name}</span>
                <Ranges ranges on_change=set day=name />
                <IconButton
                    label=remove
                    icon=IconName::Close
                    on_press=move |_| draft.overrides.update(|days| days.retain(|day| day.date != date))
                />
            </li>
        }
    };
    view! {
        <h3>{text!(i18n, booking_links.overrides)}</h3>
        <p class="muted">{text!(i18n, booking_links.overrides_hint)}</p>
        <ul class="hours-week" aria-label=text!(i18n, booking_links.overrides)>
            <For each=move || dates.get() key=|date| date.0 children=row />
        </ul>
        <div class="inline-fields">
            <Field label=text!(i18n, booking_links.override_day) error=editor.error("availability.overrides")>
                <TextInput value=typed kind="date" />
            </Field>
            <Button icon=IconName::Plus on_press=add>{text!(i18n, booking_links.add_day)}</Button>
        </div>
    }
    .into_any()
}
