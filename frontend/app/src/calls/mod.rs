//! Recorded calls: their list, their uploads, the page of each, the search of what was said, and clips.

mod call;
mod clips;
mod index;
mod search;
mod uploads;
mod words;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_params_map};
use types::{CallId, ClipFolderId, Permission};
use ui::{EmptyState, IconName};
use wasm_split_helpers::wasm_split;

pub use uploads::{Uploads, uploads_panel};
pub use words::{direction_name, outcome_name, sort_name, source_name, transcript_state_name};

use crate::context::use_app;
use crate::parts::{LazyScreen, PartMissing, Screen};
use crate::records::load_setup;
use crate::remote::{Remote, RemoteView};
use crate::shell::NotFoundPage;
use crate::texts::text;

/// What an address of calls names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    List,
    Search,
    Call(CallId),
    Clips,
    Nowhere,
}

impl Place {
    fn of(path: &str, call: &str) -> Self {
        match call {
            _ if path.starts_with("/clips") => Self::Clips,
            "" => Self::List,
            "search" => Self::Search,
            id => id.parse().map_or(Self::Nowhere, Self::Call),
        }
    }
}

/// The screens of calls.
#[wasm_split(calls, fallible)]
pub fn calls_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <CallsScreens /> }.into_any())
}

/// Every screen of calls and clips.
#[component]
fn CallsScreens() -> impl IntoView {
    let app = use_app();
    let (path, params) = (use_location().pathname, use_params_map());
    let place = Memo::new(move |_| {
        let call = params.with(|params| params.get("call")).unwrap_or_default();
        path.with(|path| Place::of(path, &call))
    });
    // The folder of the library that is shown: choosing another one keeps the screen.
    let folder = Memo::new(move |_| {
        params.with(|params| params.get("folder").and_then(|id| id.parse::<ClipFolderId>().ok()))
    });
    let uses_intelligence = app.may(Permission::UseCallIntelligence);
    // Whoever looks through calls opens one next: its page is fetched meanwhile. What does not come is asked for again then.
    spawn_local(async { drop(call::call_screen().await) });
    move || match place.get() {
        Place::List => view! { <List /> }.into_any(),
        Place::Search if uses_intelligence.get() => view! { <search::TranscriptSearch /> }.into_any(),
        Place::Search => view! { <Refused /> }.into_any(),
        Place::Call(_) => view! { <LazyScreen fetch=call::call_screen /> }.into_any(),
        Place::Clips => view! { <clips::ClipsScreen folder /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The list of calls, once the saved views are there. Whoever may not read contacts has none.
#[component]
fn List() -> impl IntoView {
    let app = use_app();
    let has_views = app.may(Permission::ReadContacts);
    let refreshes = app.refreshes();
    let setup = Remote::new(move || {
        refreshes.get();
        let wanted = has_views.get();
        async move { if wanted { load_setup(app).await.map(Some) } else { Ok(None) } }
    });
    view! {
        <RemoteView remote=setup><index::CallList /></RemoteView>
    }
}

/// Says that a screen is for those who may use transcripts.
#[component]
fn Refused() -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <main class="screen">
            <h1 class="sr-only">{text!(i18n, calls.transcripts)}</h1>
            <EmptyState
                icon=IconName::Lock
                title=text!(i18n, settings.no_permission)
                body=text!(i18n, settings.who_can_give)
            />
        </main>
    }
}
