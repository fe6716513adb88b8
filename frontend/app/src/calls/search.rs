//! Searching what was said in all calls.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use state::recording::{clock, marked};
use types::calls::{CallPassage, Passage, SearchTranscripts};
use types::crm::ObjectKind;
use types::{Page, Permission};
use ui::{EmptyState, Field, IconName, RelativeTime, Select, TextInput};

use super::index::{CallsHead, CallsTab};
use crate::browser;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::forms::{end_of_day, start_of_day};
use crate::paged::{Paged, PagedView};
use crate::records::{RecordField, owners_or_any};
use crate::texts::text;

/// A search begins when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(250);

/// What is looked for, as the address has it, so that a search can be shared and come back to.
#[derive(Clone, Copy)]
struct Search {
    q: RwSignal<String>,
    owner: RwSignal<String>,
    contact: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
}

impl Search {
    fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let value = |name: &str| RwSignal::new(query.get(name).unwrap_or_default());
        Self {
            q: value("q"),
            owner: value("owner_id"),
            contact: value("contact_id"),
            from: value("from"),
            until: value("until"),
        }
    }

    /// The part of the address after the question mark. Tracked.
    fn address(self) -> String {
        let values = [
            ("q", self.q.get()),
            ("owner_id", self.owner.get()),
            ("contact_id", self.contact.get()),
            ("from", self.from.get()),
            ("until", self.until.get()),
        ];
        let given: BTreeMap<&str, String> =
            values.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        // Texts always have a form as a query.
        serde_urlencoded::to_string(&given).unwrap_or_default()
    }

    /// Tracked.
    fn request(self) -> SearchTranscripts {
        SearchTranscripts {
            q: self.q.get().trim().to_owned(),
            cursor: None,
            limit: None,
            owner_id: self.owner.get().parse().ok(),
            contact_id: self.contact.get().parse().ok(),
            from: start_of_day(&self.from.get()),
            until: end_of_day(&self.until.get()),
        }
    }
}

/// The screen of the search.
#[component]
pub fn TranscriptSearch() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let search = Search::of_address();
    let navigate = use_navigate();
    Effect::new(move |before: Option<String>| {
        let address = search.address();
        if before.as_ref().is_some_and(|before| *before != address) {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/calls/search?{address}"), options);
        }
        address
    });
    app.commands.offer(Command::SearchRecords, || browser::focus("#transcript-search"));
    let has_words = Memo::new(move |_| search.q.with(|q| !q.trim().is_empty()));
    let nothing_asked = move || {
        view! {
            <EmptyState
                icon=IconName::Search
                title=text!(i18n, calls.search_transcripts)
                body=text!(i18n, calls.search_hint)
            />
        }
    };
    view! {
        <main class="screen records">
            <header class="records-head"><CallsHead current=CallsTab::Transcripts /></header>
            <Tools search />
            <div class="passages">
                <Show when=move || has_words.get() fallback=nothing_asked><Passages search /></Show>
            </div>
        </main>
    }
    .into_any()
}

/// The words and what narrows them down.
#[component]
fn Tools(search: Search) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_read_contacts = app.may(Permission::ReadContacts);
    let typed = RwSignal::new(search.q.get_untracked());
    let on_input = move |text: String| {
        typed.set(text.clone());
        set_timeout(
            move || {
                if typed.try_with_untracked(|typed| *typed == text).unwrap_or_default() {
                    search.q.set(text);
                }
            },
            PAUSE,
        );
    };
    view! {
        <div class="records-tools transcript-tools" role="search">
            <input
                id="transcript-search"
                class="input search"
                type="search"
                autocomplete="off"
                aria-label=text!(i18n, calls.search_transcripts)
                placeholder=text!(i18n, calls.search_transcripts)
                prop:value=move || typed.get()
                on:input=move |event| on_input(event_target_value(&event))
            />
            <Field label=text!(i18n, inbox.owner)>
                <Select value=search.owner options=owners_or_any(app) />
            </Field>
            <Show when=move || may_read_contacts.get()>
                <RecordField
                    kind=ObjectKind::Contact
                    label=text!(i18n, calls.contact)
                    value=search.contact
                />
            </Show>
            <Field label=text!(i18n, calls.from_day)><TextInput value=search.from kind="date" /></Field>
            <Field label=text!(i18n, calls.until_day)><TextInput value=search.until kind="date" /></Field>
        </div>
    }
    .into_any()
}

#[component]
fn Passages(search: Search) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let paged = Paged::<CallPassage>::new(move |page| {
        let query = SearchTranscripts { cursor: page.cursor, limit: page.limit, ..search.request() };
        async move {
            // An empty field finds nothing; the server would ask for words.
            if query.q.is_empty() {
                return Ok(Page { items: Vec::new(), next_cursor: None });
            }
            app.api().search_transcripts(&query).await
        }
    });
    let empty = move || {
        view! {
            <EmptyState
                icon=IconName::Search
                title=text!(i18n, calls.no_passage)
                body=text!(i18n, calls.no_passage_hint)
            />
        }
    };
    let lines = move || paged.items().into_iter().map(|found| passage(app, found)).collect_view();
    view! { <PagedView paged empty><ol class="passage-list">{lines}</ol></PagedView> }.into_any()
}

/// A passage: who said it, in which call, when; it leads to the moment.
fn passage(app: App, found: CallPassage) -> impl IntoView {
    let CallPassage { call_id, title, started_at, owner_id, speaker, passage } = found;
    let at = clock(passage.segment.start_ms);
    let path = format!("/calls/{call_id}?t={}", passage.segment.start_ms / 1000);
    let said_at = move || t_string!(app.i18n, calls.at_moment, moment = at.clone()).to_string();
    let owner = move || {
        owner_id.and_then(|id| app.read(|state| state.user_name(id).map(|name| format!(" · {name}"))))
    };
    view! {
        <li>
            <A href=path attr:class="passage">
                <span class="passage-call">
                    <span class="trunc">{title}</span>
                    <span class="faint">
                        <RelativeTime unix_ms=started_at.0 as f64 / 1000.0 /> {owner} " · " {said_at}
                    </span>
                </span>
                <span class="passage-text">
                    {speaker.map(|speaker| view! { <b>{speaker} ": "</b> })}
                    {marked_text(&passage)}
                </span>
            </A>
        </li>
    }
}

/// The text of a passage with what was found marked.
fn marked_text(passage: &Passage) -> impl IntoView + use<> {
    let piece = |(is_match, text): (bool, String)| match is_match {
        true => view! { <mark>{text}</mark> }.into_any(),
        false => text.into_any(),
    };
    marked(&passage.segment.text, &passage.matches).into_iter().map(piece).collect_view()
}
