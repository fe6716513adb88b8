//! One calendar that counts: whether meetings are written to it, whether it is kept the same both ways, and how old what is
//! known of it is.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::CalendarId;
use types::booking::{Calendar, CalendarAccount, CalendarState, UpdateCalendar};
use ui::{ConfirmDialog, IconButton, IconName, Pill, RelativeTime, Switch, Tone};

use super::Calendars;
use super::account::{state_pill, update};
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// The line of a calendar.
#[component]
pub fn CalendarLine(
    page: Calendars,
    account: Memo<Option<CalendarAccount>>,
    calendar: CalendarId,
) -> impl IntoView {
    let i18n = page.app.i18n;
    let submission = Submission::new();
    let current = Memo::new(move |_| {
        let calendars = account.get().map(|account| account.calendars).unwrap_or_default();
        calendars.into_iter().find(|known| known.id == calendar)
    });
    let can_two_way =
        Memo::new(move |_| account.with(|account| account.as_ref().is_some_and(|one| one.can_two_way)));
    let name = Memo::new(move |_| current.get().map(|calendar| calendar.name).unwrap_or_default());
    let fails = Memo::new(move |_| {
        current
            .get()
            .is_some_and(|known| matches!(known.state, CalendarState::Unreachable | CalendarState::Refused))
    });
    let is_writable = Memo::new(move |_| current.get().is_some_and(|known| known.is_writable));
    let default =
        flag(page, submission, current, |known| known.is_default, |request, on| request.is_default = on);
    let two_way =
        flag(page, submission, current, |known| known.is_two_way, |request, on| request.is_two_way = on);
    let no_default = Signal::derive(move || submission.busy.get() || !is_writable.get());
    let no_two_way =
        Signal::derive(move || submission.busy.get() || !can_two_way.get() || !is_writable.get());
    let two_way_hint = move || match can_two_way.get() {
        true => t_string!(i18n, calendars.two_way_hint),
        false => t_string!(i18n, calendars.no_two_way),
    };
    view! {
        <li class="calendar-line" class:failing=move || fails.get()>
            <header class="line">
                <Color current />
                <h3 class="trunc">{move || name.get()}</h3>
                <Show when=move || default.get()><Pill tone=Tone::Accent>{text!(i18n, calendars.default)}</Pill></Show>
                {move || current.get().map(|known| state_pill(i18n, known.state))}
                <Age current />
                <span class="push"></span>
                <Remove page submission current name />
            </header>
            {move || current.get().and_then(|known| known.error).map(|error| view! { <p class="meeting-error">{error}</p> })}
            <Switch label=text!(i18n, calendars.write_here) hint=text!(i18n, calendars.write_here_hint) checked=default disabled=no_default />
            <Switch label=text!(i18n, calendars.two_way) hint=two_way_hint checked=two_way disabled=no_two_way />
            <FormError submission />
        </li>
    }
    .into_any()
}

/// A switch that follows the calendar, and saves what is switched. What the server refuses goes back.
fn flag(
    page: Calendars,
    submission: Submission,
    current: Memo<Option<Calendar>>,
    read: fn(&Calendar) -> bool,
    write: fn(&mut UpdateCalendar, bool),
) -> RwSignal<bool> {
    let saved = Memo::new(move |_| current.with(|known| known.as_ref().is_some_and(read)));
    let switched = RwSignal::new(saved.get_untracked());
    Effect::new(move |_| switched.set(saved.get()));
    Effect::new(move |_| {
        let wanted = switched.get();
        let Some(known) = current.get_untracked().filter(|known| read(known) != wanted) else { return };
        let mut request = as_it_is(&known);
        write(&mut request, wanted);
        update(page, submission, &known, request);
    });
    Effect::new(move |before: Option<bool>| {
        let busy = submission.busy.get();
        if before == Some(true) && !busy {
            switched.set(saved.get_untracked());
        }
        busy
    });
    switched
}

fn as_it_is(calendar: &Calendar) -> UpdateCalendar {
    let Calendar { is_added, is_default, is_two_way, .. } = *calendar;
    UpdateCalendar { is_added, is_default, is_two_way }
}

/// The calendar's colour, as its keeper shows it. Drawn as SVG: the page's policy allows no style of an element.
#[component]
fn Color(current: Memo<Option<Calendar>>) -> impl IntoView {
    let color = move || current.get().and_then(|calendar| calendar.color);
    move || {
        color().map(|color| {
            view! { <svg class="calendar-color" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill=color></circle></svg> }
        })
    }
}

/// "Read 3 min. ago".
#[component]
fn Age(current: Memo<Option<Calendar>>) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    let read_at = Memo::new(move |_| current.get().and_then(|calendar| calendar.synced_at));
    move || {
        match read_at.get() {
        Some(at) => view! {
            <span class="muted">{text!(i18n, calendars.read)} " " <RelativeTime unix_ms=at.0 as f64 / 1000.0 /></span>
        }
        .into_any(),
        None => view! { <span class="muted">{text!(i18n, calendars.never_read)}</span> }.into_any(),
    }
    }
}

/// The X: what stands in the calendar does not count any more.
#[component]
fn Remove(
    page: Calendars,
    submission: Submission,
    current: Memo<Option<Calendar>>,
    name: Memo<String>,
) -> impl IntoView {
    let i18n = page.app.i18n;
    let asking = RwSignal::new(false);
    let label = move || t_string!(i18n, calendars.remove_named, name = name.get()).to_string();
    let confirm = move |()| {
        asking.set(false);
        if let Some(known) = current.get_untracked() {
            let request = UpdateCalendar { is_added: false, is_default: false, is_two_way: false };
            update(page, submission, &known, request);
        }
    };
    view! {
        <IconButton label icon=IconName::Close on_press=move |()| asking.set(true) />
        <ConfirmDialog
            open=asking
            title=move || t_string!(i18n, calendars.remove_title, name = name.get()).to_string()
            confirm_label=text!(i18n, calendars.remove)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
        >
            <p>{text!(i18n, calendars.remove_calendar_effect)}</p>
        </ConfirmDialog>
    }
}
