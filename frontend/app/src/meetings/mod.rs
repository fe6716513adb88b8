//! Meetings: their list, the page of each, wishes for meetings, and those of a contact.
//!
//! | module | does |
//! |-|-|
//! | [`list`] | meetings by day: upcoming, past, waiting, called off |
//! | [`meeting`] | the page of one meeting, and what is done with it |
//! | [`requests`] | what people left while a calendar could not be reached |
//! | [`of_contact`] | the meetings of a contact, and scheduling one |
//! | [`when_fields`] | day, time, length and zone as fields |
//! | [`zones`] | times in words, in any zone |

mod list;
mod meeting;
mod of_contact;
mod reminders;
mod requests;
mod row;
mod when_fields;
mod words;
pub mod zones;

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use types::{ContactId, MeetingId};
use wasm_split_helpers::wasm_split;

use crate::context::use_app;
use crate::parts::{PartMissing, Screen};
use crate::shell::NotFoundPage;
use crate::texts::text;

/// The contact whose meetings [`contact_meetings_screen`] shows: provide it as context.
#[derive(Clone, Copy)]
pub struct OfContact(pub ContactId);

/// The screens beside each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MeetingsTab {
    /// The list of meetings.
    Meetings,
    /// The links that they are booked by.
    Links,
    /// Wishes for meetings.
    Requests,
}

/// What an address of meetings names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    List,
    Requests,
    Meeting(MeetingId),
    Nowhere,
}

impl Place {
    fn of(meeting: &str) -> Self {
        match meeting {
            "" => Self::List,
            "requests" => Self::Requests,
            id => id.parse().map_or(Self::Nowhere, Self::Meeting),
        }
    }
}

/// The screens of meetings.
#[wasm_split(meetings, fallible)]
pub fn meetings_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <MeetingsScreens leads_to_entry=false /> }.into_any())
}

/// The way from mails to the entry of a meeting in its host's calendar.
#[wasm_split(meetings, fallible)]
pub fn meeting_entry_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <MeetingsScreens leads_to_entry=true /> }.into_any())
}

/// The meetings of the contact that is in context ([`OfContact`]).
#[wasm_split(meetings, fallible)]
pub fn contact_meetings_screen() -> Result<Screen, PartMissing> {
    Ok(|| {
        use_context::<OfContact>()
            .map(|OfContact(id)| view! { <of_contact::ContactMeetings id /> })
            .into_any()
    })
}

/// Every screen of meetings.
#[component]
fn MeetingsScreens(
    /// Whether the page of a meeting leads on to its entry in the calendar.
    leads_to_entry: bool,
) -> impl IntoView {
    let params = use_params_map();
    let place =
        Memo::new(move |_| Place::of(&params.with(|params| params.get("meeting")).unwrap_or_default()));
    move || match place.get() {
        Place::List => view! { <list::MeetingList /> }.into_any(),
        Place::Requests => view! { <requests::Requests /> }.into_any(),
        Place::Meeting(id) => view! { <meeting::MeetingPage id leads_to_entry /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The heading of a screen of meetings, with the tabs.
#[component]
pub fn MeetingsHead(
    /// The screen that is shown.
    current: MeetingsTab,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let mark = move |tab: MeetingsTab| (tab == current).then_some("page");
    view! {
        <header class="records-head">
            <h1>
                {match current {
                    MeetingsTab::Meetings => text!(i18n, meetings.meetings).into_any(),
                    MeetingsTab::Links => text!(i18n, meetings.links).into_any(),
                    MeetingsTab::Requests => text!(i18n, meetings.requests).into_any(),
                }}
            </h1>
            <nav class="records-tabs" aria-label=text!(i18n, meetings.meetings)>
                <A href="/meetings" exact=true attr:aria-current=mark(MeetingsTab::Meetings)>{text!(i18n, meetings.meetings)}</A>
                <A href="/meetings/links" attr:aria-current=mark(MeetingsTab::Links)>{text!(i18n, meetings.links)}</A>
                <A href="/meetings/requests" attr:aria-current=mark(MeetingsTab::Requests)>{text!(i18n, meetings.requests)}</A>
            </nav>
        </header>
    }
}
