//! The list of meetings, by day.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_i18n::t_string;
use leptos_router::hooks::use_query_map;
use types::booking::{BookingLink, ListBookingLinks, ListMeetings, Meeting, MeetingState};
use types::crm::ObjectKind;
use types::{Permission, Timestamp};
use ui::{EmptyState, Field, IconName, Select, SelectOption};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::row::row;
use super::zones::{day_text, fields_of, own_zone};
use super::{MeetingsHead, MeetingsTab};
use crate::browser;
use crate::context::{App, use_app};
use crate::paged::{Paged, PagedView};
use crate::records::{RecordField, owners_or_any};
use crate::remote::Remote;
use crate::texts::{I18n, text};

/// How many links the filter offers.
const LINKS: u16 = 200;

/// Which meetings are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Upcoming,
    Past,
    Waiting,
    Cancelled,
    Declined,
}

impl View {
    const ALL: [View; 5] = [View::Upcoming, View::Past, View::Waiting, View::Cancelled, View::Declined];

    /// Its part of the address.
    fn name(self) -> &'static str {
        match self {
            View::Upcoming => "upcoming",
            View::Past => "past",
            View::Waiting => "waiting",
            View::Cancelled => "cancelled",
            View::Declined => "declined",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            View::Upcoming => t_string!(i18n, meetings.upcoming),
            View::Past => t_string!(i18n, meetings.past),
            View::Waiting => t_string!(i18n, meetings.waiting),
            View::Cancelled => t_string!(i18n, meetings.cancelled),
            View::Declined => t_string!(i18n, meetings.declined),
        }
    }

    /// What belongs here, while nothing does.
    fn hint(self, i18n: I18n) -> &'static str {
        match self {
            View::Upcoming => t_string!(i18n, meetings.no_upcoming),
            View::Past => t_string!(i18n, meetings.no_past),
            View::Waiting => t_string!(i18n, meetings.no_waiting),
            View::Cancelled => t_string!(i18n, meetings.no_cancelled),
            View::Declined => t_string!(i18n, meetings.no_declined),
        }
    }

    /// Its meetings, the nearest first.
    fn request(self) -> ListMeetings {
        let now = Timestamp((browser::now_ms() * 1000.0) as i64);
        let of = |state| ListMeetings { state: Some(state), ..ListMeetings::default() };
        let latest_first = Some(true);
        match self {
            View::Upcoming => ListMeetings { from: Some(now), ..of(MeetingState::Booked) },
            View::Past => ListMeetings { until: Some(now), latest_first, ..of(MeetingState::Booked) },
            View::Waiting => of(MeetingState::Pending),
            View::Cancelled => ListMeetings { latest_first, ..of(MeetingState::Cancelled) },
            View::Declined => ListMeetings { latest_first, ..of(MeetingState::Declined) },
        }
    }
}

/// What narrows the list down, as ids; the address may begin with it.
#[derive(Clone, Copy)]
struct Filters {
    view: RwSignal<View>,
    host: RwSignal<String>,
    contact: RwSignal<String>,
    link: RwSignal<String>,
}

impl Filters {
    fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let value = |name: &str| RwSignal::new(query.get(name).unwrap_or_default());
        let named = query.get("view").and_then(|name| View::ALL.into_iter().find(|view| view.name() == name));
        Self {
            view: RwSignal::new(named.unwrap_or(View::Upcoming)),
            host: value("host_id"),
            contact: value("contact_id"),
            link: value("booking_link_id"),
        }
    }

    /// Tracked.
    fn request(self, app: App) -> ListMeetings {
        let view = self.view.get();
        let chosen = self.host.with(|id| id.parse().ok());
        // What waits for others is shown once one of them is chosen.
        let me = (view == View::Waiting).then(|| app.peek(state::State::my_id)).flatten();
        ListMeetings {
            host_id: chosen.or(me),
            contact_id: self.contact.with(|id| id.parse().ok()),
            booking_link_id: self.link.with(|id| id.parse().ok()),
            ..view.request()
        }
    }
}

/// The screen of the list.
#[component]
pub fn MeetingList() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let filters = Filters::of_address();
    let revision = Memo::new(move |_| app.read(|state| (state.booking.meetings_revision, state.refreshes)));
    let paged = Paged::<Meeting>::new(move |page| {
        revision.get();
        let query = ListMeetings { cursor: page.cursor, limit: page.limit, ..filters.request(app) };
        async move { app.api().list_meetings(&query).await }
    });
    let empty = move || {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title=text!(i18n, meetings.empty)
                body=move || filters.view.get().hint(i18n)
            />
        }
    };
    view! {
        <main class="screen records">
            <MeetingsHead current=MeetingsTab::Meetings />
            <Tools filters />
            <div class="meetings" on:keydown=move_focus>
                <PagedView paged empty>{move || days(app, paged.items())}</PagedView>
            </div>
        </main>
    }
    .into_any()
}

/// The views, and what narrows them down.
#[component]
fn Tools(filters: Filters) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_read_contacts = app.may(Permission::ReadContacts);
    let revision = Memo::new(move |_| app.read(|state| (state.booking.links_revision, state.refreshes)));
    let links = Remote::new(move || {
        revision.get();
        let query = ListBookingLinks { limit: Some(LINKS), ..ListBookingLinks::default() };
        async move { app.api().list_booking_links(&query).await.map(|page| page.items) }
    });
    let tab = move |view: View| {
        view! {
            <button
                type="button"
                class="btn quiet"
                aria-pressed=move || (filters.view.get() == view).to_string()
                on:click=move |_| filters.view.set(view)
            >
                {move || view.title(i18n)}
            </button>
        }
    };
    view! {
        <div class="records-tools meeting-tools">
            <div class="meeting-views" role="group" aria-label=text!(i18n, meetings.which)>
                {View::ALL.into_iter().map(tab).collect_view()}
            </div>
            <span class="push"></span>
            <Field label=text!(i18n, meetings.host)><Select value=filters.host options=owners_or_any(app) /></Field>
            <Show when=move || may_read_contacts.get()>
                <RecordField kind=ObjectKind::Contact label=text!(i18n, calls.contact) value=filters.contact />
            </Show>
            <Field label=text!(i18n, meetings.link)><Select value=filters.link options=link_options(i18n, links) /></Field>
        </div>
    }
    .into_any()
}

fn link_options(i18n: I18n, links: Remote<Vec<BookingLink>>) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let any = SelectOption { value: String::new(), label: t_string!(i18n, records.any).to_owned() };
        let option = |link: BookingLink| SelectOption {
            value: link.id.to_string(),
            label: link.settings.internal_name,
        };
        let named = links.get().unwrap_or_default().into_iter().map(option);
        std::iter::once(any).chain(named).collect::<Vec<_>>()
    })
}

/// The meetings under their days, in the order in which they came.
fn days(app: App, meetings: Vec<Meeting>) -> impl IntoView {
    let zone = own_zone();
    let mut days: Vec<(String, Vec<Meeting>)> = Vec::new();
    for meeting in meetings {
        let (day, _) = fields_of(&zone, meeting.starts_at);
        match days.last_mut() {
            Some((last, of_day)) if *last == day => of_day.push(meeting),
            _ => days.push((day, vec![meeting])),
        }
    }
    let section = move |(_, meetings): (String, Vec<Meeting>)| {
        let at = meetings.first().map(|meeting| meeting.starts_at).unwrap_or_default();
        let zone = zone.clone();
        view! {
            <section class="meeting-day">
                <h2>{move || day_text(app, &zone, at)}</h2>
                <ul>{meetings.into_iter().map(|meeting| row(app, meeting)).collect_view()}</ul>
            </section>
        }
    };
    days.into_iter().map(section).collect_view()
}

/// The arrows, Home and End go through the meetings, as in other lists.
fn move_focus(event: KeyboardEvent) {
    let Some(list) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let Ok(found) = list.query_selector_all(".meeting-row") else { return };
    let rows: Vec<HtmlElement> =
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let current = rows.iter().position(|row| focused.as_ref() == Some(row.as_ref()));
    let last = rows.len().saturating_sub(1);
    let target = match (event.key().as_str(), current) {
        ("ArrowDown", Some(index)) => (index + 1).min(last),
        ("ArrowUp", Some(index)) => index.saturating_sub(1),
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => last,
        _ => return,
    };
    if let Some(row) = rows.get(target) {
        event.prevent_default();
        let _ = row.focus();
    }
}
