//! The hours of a day as fields, and the hours of the week (MEET-66).

use leptos::{prelude::*, text_prop::TextProp};
use leptos_i18n::t_string;
use state::booking_links::{MINUTES_OF_DAY, clock_of, copy_day, next_range, range_of};
use types::booking::TimeRange;
use ui::{Button, ButtonKind, IconButton, IconName, Popover};

use super::Editor;
use crate::booking_links::words::weekday_name;
use crate::context::use_app;
use crate::texts::text;

/// The ranges of one day: two time fields each, deleting one, adding one.
#[component]
pub fn Ranges(
    /// The ranges.
    #[prop(into)]
    ranges: Signal<Vec<TimeRange>>,
    /// Takes them when they have changed.
    #[prop(into)]
    on_change: Callback<Vec<TimeRange>>,
    /// The day, for screen readers.
    #[prop(into)]
    day: TextProp,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let day = Signal::derive(move || day.get().to_string());
    let add = move |_| {
        let mut changed = ranges.get_untracked();
        if let Some(range) = next_range(&changed) {
            changed.push(range);
            on_change.run(changed);
        }
    };
    let row = move |index: usize| view! { <RangeFields ranges on_change day index /> };
    let count = Memo::new(move |_| ranges.with(Vec::len));
    let closed = move || view! { <span class="muted">{text!(i18n, booking_links.closed)}</span> };
    view! {
        <span class="ranges">
            <Show when=move || count.get() == 0>{closed()}</Show>
            <For each=move || 0..count.get() key=|index| *index children=row />
        </span>
        <IconButton label=move || label_of_add(i18n, day) icon=IconName::Plus on_press=add />
    }
    .into_any()
}

/// One range: from when until when, and deleting it.
#[component]
fn RangeFields(
    ranges: Signal<Vec<TimeRange>>,
    on_change: Callback<Vec<TimeRange>>,
    day: Signal<String>,
    index: usize,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let at = move || ranges.with(|ranges| ranges.get(index).copied());
    let clock = move |read: fn(TimeRange) -> u16| move || at().map(|range| clock_of(read(range)));
    let set = move |from: Option<String>, until: Option<String>| {
        let Some(now) = untrack(at) else { return };
        let from = from.unwrap_or_else(|| clock_of(now.from_minute));
        let until = until.unwrap_or_else(|| clock_of(now.until_minute));
        let mut changed = ranges.get_untracked();
        if let (Some(range), Some(old)) = (range_of(&from, &until), changed.get_mut(index)) {
            *old = range;
            on_change.run(changed);
        }
    };
    let remove = move |_| {
        let mut changed = ranges.get_untracked();
        if index < changed.len() {
            changed.remove(index);
            on_change.run(changed);
        }
    };
    let is_late = move || at().is_some_and(|range| range.until_minute > MINUTES_OF_DAY);
    view! {
        <span class="range">
            <input
                class="input num"
                type="time"
                aria-label=move || format!("{}: {}", day.get(), t_string!(i18n, booking_links.from))
                prop:value=clock(|range| range.from_minute)
                on:change=move |event| set(Some(event_target_value(&event)), None)
            />
            <span aria-hidden="true">"–"</span>
            <input
                class="input num"
                type="time"
                aria-label=move || format!("{}: {}", day.get(), t_string!(i18n, booking_links.until))
                prop:value=clock(|range| range.until_minute)
                on:change=move |event| set(None, Some(event_target_value(&event)))
            />
            <Show when=is_late><span class="faint">{text!(i18n, booking_links.next_day)}</span></Show>
            <IconButton
                label=move || format!("{}: {}", day.get(), t_string!(i18n, booking_links.remove_range))
                icon=IconName::Trash
                on_press=remove
            />
        </span>
    }
    .into_any()
}

fn label_of_add(i18n: crate::texts::I18n, day: Signal<String>) -> String {
    format!("{}: {}", day.get(), t_string!(i18n, booking_links.add_range))
}

/// The seven days, each with its ranges and the way to copy them.
#[component]
pub fn WeekHours(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let day = move |weekday: usize| {
        let ranges =
            Signal::derive(move || draft.week.with(|week| week.get(weekday).cloned().unwrap_or_default()));
        let set = move |ranges: Vec<TimeRange>| {
            draft.week.update(|week| {
                if let Some(day) = week.get_mut(weekday) {
                    *day = ranges;
                }
            });
        };
        let name = move || weekday_name(i18n, weekday, "long");
        view! {
            <li class="hours-day">
                <span class="name">{name}</span>
                <Ranges ranges on_change=set day=name />
                <CopyHours editor weekday />
            </li>
        }
    };
    view! {
        <ul class="hours-week" aria-label=text!(i18n, booking_links.weekly_hours)>{(0..7).map(day).collect_view()}</ul>
        <p class="field"><span class="error" role="alert">{move || editor.error("availability.weekly").get()}</span></p>
    }
    .into_any()
}

/// Copies the hours of a day to chosen days.
#[component]
fn CopyHours(editor: Editor, weekday: usize) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let open = RwSignal::new(false);
    let label = move || {
        let day = weekday_name(i18n, weekday, "long");
        t_string!(i18n, booking_links.copy_hours, day = day).to_string()
    };
    let chosen = RwSignal::new([false; 7]);
    let box_of = move |day: usize| {
        let toggle = move |event| {
            let is_on = event_target_checked(&event);
            chosen.update(|all| all.iter_mut().skip(day).take(1).for_each(|one| *one = is_on));
        };
        view! {
            <label class="copy-day">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|all| all.get(day).copied().unwrap_or_default())
                    on:change=toggle
                />
                {move || weekday_name(i18n, day, "long")}
            </label>
        }
    };
    let copy = move |_| {
        let days: Vec<usize> =
            chosen.with_untracked(|all| (0..7).filter(|day| all.get(*day) == Some(&true)).collect());
        draft.week.update(|week| copy_day(week, weekday, &days));
        chosen.set([false; 7]);
        open.set(false);
    };
    view! {
        <Popover label icon=IconName::Copy icon_only=true open>
            <div class="copy-hours">
                {(0..7).filter(|day| *day != weekday).map(box_of).collect_view()}
                <Button kind=ButtonKind::Primary on_press=copy>{text!(i18n, booking_links.copy_hours_do)}</Button>
            </div>
        </Popover>
    }
    .into_any()
}
