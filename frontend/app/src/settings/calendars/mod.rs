//! One's own calendars: where they are kept, which of them count, and how old what is known of them is.

mod account;
mod calendar;
mod connect;

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::CalendarAccountId;
use types::booking::{CalendarAccount, CalendarAccountPath, CalendarProvider, CalendarState};
use ui::{Banner, Button, ButtonKind, EmptyState, IconName, Page, Section, Tone};

use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::remote::{Remote, RemoteView};
use crate::texts::{I18n, text};
use account::{Account, RemoveDialog};
use connect::ConnectDialog;

/// The page, as its parts share it.
#[derive(Clone, Copy)]
pub struct Calendars {
    /// The app.
    pub app: App,
    /// The accounts, in the order in which they were connected.
    pub accounts: Remote<Vec<CalendarAccount>>,
    /// Removing an account.
    pub removing: DialogFor<CalendarAccount>,
    /// Accounts that are being read again.
    pub refreshing: RwSignal<Vec<CalendarAccountId>>,
}

impl Calendars {
    /// Shows an account as the server answered.
    pub fn take(self, account: CalendarAccount) {
        self.accounts.update(|accounts| {
            if let Some(known) = accounts.iter_mut().find(|known| known.id == account.id) {
                *known = account;
            } else {
                accounts.push(account);
            }
        });
    }

    /// Has an account be read again; whether it can be used then is told by the reply, and again by an event.
    pub fn refresh(self, id: CalendarAccountId) {
        if self.refreshing.with_untracked(|ids| ids.contains(&id)) {
            return;
        }
        self.refreshing.update(|ids| ids.push(id));
        spawn_local(async move {
            let path = CalendarAccountPath { calendar_account_id: id };
            let reply = self.app.api().refresh_calendar_account(&path).await;
            let _ = self.refreshing.try_update(|ids| ids.retain(|known| *known != id));
            match reply {
                Ok(account) => self.take(account),
                Err(error) => self.app.fail(&error),
            }
        });
    }
}

/// What a keeper of calendars is called.
pub fn provider_name(i18n: I18n, provider: CalendarProvider) -> &'static str {
    match provider {
        CalendarProvider::CalDav => t_string!(i18n, calendars.caldav),
        CalendarProvider::Google => t_string!(i18n, calendars.google),
        CalendarProvider::Microsoft => t_string!(i18n, calendars.microsoft),
        CalendarProvider::Feed => t_string!(i18n, calendars.feed),
    }
}

/// Whether something of an account cannot be used.
pub fn is_failing(account: &CalendarAccount) -> bool {
    let fails = |state| matches!(state, CalendarState::Unreachable | CalendarState::Refused);
    fails(account.state)
        || account.calendars.iter().any(|calendar| calendar.is_added && fails(calendar.state))
}

/// The page of calendars.
#[component]
pub fn CalendarsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision = Memo::new(move |_| app.read(|state| (state.booking.calendars_revision, state.refreshes)));
    let accounts = Remote::new(move || {
        revision.get();
        async move { app.api().list_calendar_accounts().await.map(|accounts| accounts.items) }
    });
    let page = Calendars { app, accounts, removing: DialogFor::new(), refreshing: RwSignal::new(Vec::new()) };
    refresh_failing_once(page);
    let connecting = RwSignal::new(false);
    let is_empty = Memo::new(move |_| accounts.get().is_some_and(|accounts| accounts.is_empty()));
    let has_failing =
        Memo::new(move |_| accounts.get().is_some_and(|accounts| accounts.iter().any(is_failing)));
    let has_default = Memo::new(move |_| {
        let is_default =
            |account: &CalendarAccount| account.calendars.iter().any(|calendar| calendar.is_default);
        accounts.get().is_some_and(|accounts| accounts.iter().any(is_default))
    });
    let ids = Memo::new(move |_| {
        accounts.get().unwrap_or_default().into_iter().map(|account| account.id).collect::<Vec<_>>()
    });
    let actions = move || {
        let refresh_all = move |()| ids.get_untracked().into_iter().for_each(|id| page.refresh(id));
        view! {
            <Button icon=IconName::Refresh busy=Signal::derive(move || page.refreshing.with(|ids| !ids.is_empty())) on_press=refresh_all>
                {text!(i18n, calendars.refresh)}
            </Button>
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |()| connecting.set(true)>
                {text!(i18n, calendars.connect)}
            </Button>
        }
    };
    view! {
        <Page title=text!(i18n, settings.calendars) description=text!(i18n, calendars.intro) actions>
            <Show when=move || has_failing.get()>
                <Banner tone=Tone::Bad icon=IconName::Warning>{text!(i18n, calendars.failing)}</Banner>
            </Show>
            <RemoteView remote=accounts>
                <Show when=move || is_empty.get()>
                    <EmptyState icon=IconName::Calendar title=text!(i18n, calendars.empty) body=text!(i18n, calendars.empty_hint) />
                </Show>
                <Show when=move || !is_empty.get() && !has_default.get()>
                    <Banner tone=Tone::Warn>{text!(i18n, calendars.no_default)}</Banner>
                </Show>
                <For each=move || ids.get() key=|id| *id let:id><Account page id /></For>
            </RemoteView>
            <TwoWay />
        </Page>
        <ConnectDialog page open=connecting />
        <RemoveDialog page />
    }
    .into_any()
}

/// What fails is read again when the page opens: where access is back, the error goes.
fn refresh_failing_once(page: Calendars) {
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(accounts) = page.accounts.get() else { return false };
        accounts.iter().filter(|account| is_failing(account)).for_each(|account| page.refresh(account.id));
        true
    });
}

/// Says which keepers can be kept the same both ways.
#[component]
fn TwoWay() -> impl IntoView {
    let i18n = use_app().i18n;
    let line = move |provider: CalendarProvider| {
        let offers = match provider {
            CalendarProvider::Feed => text!(i18n, calendars.offers_reading).into_any(),
            CalendarProvider::CalDav | CalendarProvider::Google | CalendarProvider::Microsoft => {
                text!(i18n, calendars.offers_two_way).into_any()
            }
        };
        view! { <dt>{move || provider_name(i18n, provider)}</dt> <dd>{offers}</dd> }
    };
    view! {
        <Section title=text!(i18n, calendars.two_way_title) description=text!(i18n, calendars.two_way_intro)>
            <dl class="facts">{CalendarProvider::ALL.iter().copied().map(line).collect_view()}</dl>
        </Section>
    }
}
