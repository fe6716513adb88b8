//! One account with its calendars.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::CalendarAccountId;
use types::booking::{
    Calendar, CalendarAccount, CalendarAccountPath, CalendarPath, CalendarState, UpdateCalendar,
};
use ui::{Button, ConfirmDialog, Field, IconButton, IconName, Pill, Select, SelectOption, Tone};

use super::calendar::CalendarLine;
use super::{Calendars, is_failing, provider_name};
use crate::forms::{FormError, Submission};
use crate::texts::{I18n, text};

/// The account, its calendars that count, and the way to more of them.
#[component]
pub fn Account(page: Calendars, id: CalendarAccountId) -> impl IntoView {
    let i18n = page.app.i18n;
    let account = Memo::new(move |_| {
        page.accounts.get().unwrap_or_default().into_iter().find(|account| account.id == id)
    });
    let name = Memo::new(move |_| account.get().map(|account| account.name).unwrap_or_default());
    let fails = Memo::new(move |_| account.with(|account| account.as_ref().is_some_and(is_failing)));
    let is_refreshing = Signal::derive(move || page.refreshing.with(|ids| ids.contains(&id)));
    let provider = move || account.get().map(|account| provider_name(i18n, account.provider));
    let state = move || account.get().map(|account| account_state(i18n, &account));
    let added = Memo::new(move |_| {
        let calendars = account.get().map(|account| account.calendars).unwrap_or_default();
        calendars
            .into_iter()
            .filter(|calendar| calendar.is_added)
            .map(|calendar| calendar.id)
            .collect::<Vec<_>>()
    });
    let remove = move |_| {
        if let Some(account) = account.get_untracked() {
            page.removing.show(account);
        }
    };
    let remove_label = move || t_string!(i18n, calendars.remove_named, name = name.get()).to_string();
    view! {
        <section class="section calendar-account" class:failing=move || fails.get()>
            <header>
                <h2>{move || name.get()}</h2>
                <p class="line"><span class="muted">{provider}</span> {state}</p>
                <span class="line">
                    <Button icon=IconName::Refresh busy=is_refreshing on_press=move |()| page.refresh(id)>
                        {text!(i18n, calendars.refresh)}
                        <span class="sr-only">" " {move || name.get()}</span>
                    </Button>
                    <IconButton label=remove_label icon=IconName::Close on_press=remove />
                </span>
            </header>
            <div class="content">
                <ul class="calendar-list">
                    <For each=move || added.get() key=|calendar| *calendar let:calendar>
                        <CalendarLine page account calendar />
                    </For>
                </ul>
                <Show when=move || added.with(Vec::is_empty)><p class="muted">{text!(i18n, calendars.none_added)}</p></Show>
                <AddCalendar page account />
            </div>
        </section>
    }
    .into_any()
}

/// Whether the account can be used, and why not.
fn account_state(i18n: I18n, account: &CalendarAccount) -> AnyView {
    let error = account.error.clone();
    let pill = state_pill(i18n, account.state);
    view! { {pill} {error.map(|error| view! { <span class="meeting-error">{error}</span> })} }.into_any()
}

/// A state in a word.
pub fn state_pill(i18n: I18n, state: CalendarState) -> AnyView {
    match state {
        CalendarState::Pending => view! { <Pill icon=IconName::Clock>{text!(i18n, calendars.state_pending)}</Pill> }.into_any(),
        CalendarState::Ok => view! { <Pill tone=Tone::Ok>{text!(i18n, calendars.state_ok)}</Pill> }.into_any(),
        CalendarState::Unreachable => {
            view! { <Pill tone=Tone::Bad icon=IconName::Warning>{text!(i18n, calendars.state_unreachable)}</Pill> }.into_any()
        }
        CalendarState::Refused => {
            view! { <Pill tone=Tone::Bad icon=IconName::Warning>{text!(i18n, calendars.state_refused)}</Pill> }.into_any()
        }
    }
}

/// Sends how a calendar is used from now on.
pub fn update(page: Calendars, submission: Submission, calendar: &Calendar, request: UpdateCalendar) {
    let path = CalendarPath { calendar_id: calendar.id };
    let i18n = page.app.i18n;
    submission.run(async move { page.app.api().update_calendar(&path, &request).await }, move |account| {
        page.take(account);
        // Another account may have lost the default.
        page.accounts.reload();
        page.app.toasts.show(t_string!(i18n, words.saved));
    });
}

/// The calendars of the account that do not count yet; those of others cannot, and say so.
#[component]
fn AddCalendar(page: Calendars, account: Memo<Option<CalendarAccount>>) -> impl IntoView {
    let i18n = page.app.i18n;
    let submission = Submission::new();
    let chosen = RwSignal::new(String::new());
    let further = Memo::new(move |_| {
        let calendars = account.get().map(|account| account.calendars).unwrap_or_default();
        calendars.into_iter().filter(|calendar| !calendar.is_added).collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        let first =
            SelectOption { value: String::new(), label: t_string!(i18n, calendars.choose).to_owned() };
        let own = further.get().into_iter().filter(|calendar| calendar.is_owned);
        let option =
            |calendar: Calendar| SelectOption { value: calendar.id.to_string(), label: calendar.name };
        std::iter::once(first).chain(own.map(option)).collect::<Vec<_>>()
    });
    let has_own = move || further.with(|all| all.iter().any(|calendar| calendar.is_owned));
    let of_others = Memo::new(move |_| {
        let others = further.get().into_iter().filter(|calendar| !calendar.is_owned);
        others.map(|calendar| calendar.name).collect::<Vec<_>>().join(", ")
    });
    Effect::new(move |_| {
        let id = chosen.get();
        let Some(calendar) =
            further.with_untracked(|all| all.iter().find(|one| one.id.to_string() == id).cloned())
        else {
            return;
        };
        chosen.set(String::new());
        let request = UpdateCalendar { is_added: true, is_default: false, is_two_way: calendar.is_two_way };
        update(page, submission, &calendar, request);
    });
    view! {
        <Show when=has_own>
            <div class="fields">
                <Field label=text!(i18n, calendars.add)><Select value=chosen options disabled=submission.busy /></Field>
            </div>
        </Show>
        <FormError submission />
        <Show when=move || of_others.with(|names| !names.is_empty())>
            <p class="muted">{move || t_string!(i18n, calendars.not_owned, names = of_others.get()).to_string()}</p>
        </Show>
    }
    .into_any()
}

/// Asks before an account goes.
#[component]
pub fn RemoveDialog(page: Calendars) -> impl IntoView {
    let i18n = page.app.i18n;
    let dialog = page.removing;
    let submission = Submission::new();
    let title = move || {
        t_string!(i18n, calendars.remove_title, name = dialog.of(|account| account.name.clone())).to_string()
    };
    let confirm = move |()| {
        let Some(account) = dialog.get_untracked() else { return };
        let path = CalendarAccountPath { calendar_account_id: account.id };
        submission.run(async move { page.app.api().delete_calendar_account(&path).await }, move |()| {
            dialog.open.set(false);
            page.accounts.update(|accounts| accounts.retain(|known| known.id != account.id));
            page.app.toasts.show(t_string!(i18n, calendars.removed));
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title
            confirm_label=text!(i18n, calendars.remove)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, calendars.remove_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
