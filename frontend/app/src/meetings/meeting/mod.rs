//! The page of one meeting: all that is known of it, and what is done with it.

mod actions;
mod choice;
pub mod edit;
mod entry;
mod facts;
mod moving;

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::booking::{Meeting, MeetingPath};
use types::{MeetingId, Permission};
use ui::{Icon, IconName};

use super::words::badges;
use crate::context::{App, use_app};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The meeting that is shown, as its parts share it.
#[derive(Clone, Copy)]
pub struct OpenMeeting {
    /// The app.
    pub app: App,
    /// Which one.
    pub id: MeetingId,
    /// The meeting, fetched again when it changes.
    pub meeting: Remote<Meeting>,
    /// Whether the user may change it: its hosts, and whoever manages booking.
    pub may_change: Signal<bool>,
}

impl OpenMeeting {
    fn new(id: MeetingId) -> Self {
        let app = use_app();
        let revision =
            Memo::new(move |_| app.read(|state| (state.booking.meeting_revision(id), state.refreshes)));
        let meeting = Remote::new(move || {
            revision.get();
            async move { app.api().get_meeting(&MeetingPath { meeting_id: id }).await }
        });
        let manages = app.may(Permission::ManageBooking);
        let may_change = Memo::new(move |_| {
            let me = app.read(state::State::my_id);
            let is_host =
                meeting.get().is_some_and(|meeting| me.is_some_and(|me| meeting.host_ids.contains(&me)));
            is_host || manages.get()
        });
        Self { app, id, meeting, may_change: may_change.into() }
    }

    /// The path of its operations.
    pub fn path(self) -> MeetingPath {
        MeetingPath { meeting_id: self.id }
    }

    /// Shows the meeting as the server answered.
    pub fn take(self, meeting: Meeting) {
        self.meeting.update(|known| *known = meeting);
    }
}

/// The meeting that the address names.
#[component]
pub fn MeetingPage(
    /// Which one.
    id: MeetingId,
    /// Whether it leads on to the entry in the calendar, as soon as that has an address.
    leads_to_entry: bool,
) -> impl IntoView {
    let open = OpenMeeting::new(id);
    let i18n = open.app.i18n;
    provide_context(open);
    if leads_to_entry {
        entry::lead_to_entry(open);
    }
    let is_there = Memo::new(move |_| open.meeting.get().is_some());
    view! {
        <main class="screen">
            <A href="/meetings" attr:class="back-link"><Icon name=IconName::Back /> {text!(i18n, meetings.meetings)}</A>
            <div class="page record">
                <Show when=move || !is_there.get()><h1 class="sr-only">{text!(i18n, meetings.meeting)}</h1></Show>
                <RemoteView remote=open.meeting>
                    <Head />
                    <entry::EntryNotice />
                    <facts::Facts />
                    <entry::CalendarEntry />
                    <choice::Choice />
                </RemoteView>
            </div>
        </main>
    }
    .into_any()
}

/// The title, how the meeting stands, and what can be done.
#[component]
fn Head() -> impl IntoView {
    let open = use_meeting();
    let app = open.app;
    let title = Memo::new(move |_| open.meeting.get().map(|meeting| meeting.title).unwrap_or_default());
    let with = move || {
        let name = open.meeting.get().map(|meeting| meeting.contact_name).unwrap_or_default();
        t_string!(app.i18n, meetings.with, name = name).to_string()
    };
    view! {
        <header>
            <div class="title">
                <h1>{move || title.get()}</h1>
                <p class="muted">{with}</p>
            </div>
            <span class="meeting-badges">{move || open.meeting.get().map(|meeting| badges(app, &meeting))}</span>
            <actions::Actions />
        </header>
    }
}

/// The meeting of the page around.
pub fn use_meeting() -> OpenMeeting {
    expect_context()
}
