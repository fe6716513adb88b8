//! The list of calls, and dropping recordings onto it.

use std::collections::BTreeMap;

use leptos::{ev::DragEvent, prelude::*};
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use types::Permission;
use types::crm::ObjectKind;

use super::uploads::{ChosenFiles, UploadDialog, dropped};
use crate::context::use_app;
use crate::records::ListScreen;
use crate::texts::text;

/// The screens beside each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CallsTab {
    /// The list of calls.
    Calls,
    /// What was said in them.
    Transcripts,
    /// The library of clips.
    Clips,
}

/// The heading of a screen of calls, with the tabs.
#[component]
pub fn CallsHead(
    /// The screen that is shown.
    current: CallsTab,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let uses_intelligence = app.may(Permission::UseCallIntelligence);
    let mark = move |tab: CallsTab| (tab == current).then_some("page");
    view! {
        <h1>
            {match current {
                CallsTab::Calls => text!(i18n, records.calls).into_any(),
                CallsTab::Transcripts => text!(i18n, calls.transcripts).into_any(),
                CallsTab::Clips => text!(i18n, calls.clips).into_any(),
            }}
        </h1>
        <nav class="records-tabs" aria-label=text!(i18n, records.calls)>
            <A href="/calls" exact=true attr:aria-current=mark(CallsTab::Calls)>{text!(i18n, records.calls)}</A>
            <Show when=move || uses_intelligence.get()>
                <A href="/calls/search" attr:aria-current=mark(CallsTab::Transcripts)>
                    {text!(i18n, calls.transcripts)}
                </A>
            </Show>
            <A href="/clips" attr:aria-current=mark(CallsTab::Clips)>{text!(i18n, calls.clips)}</A>
        </nav>
    }
}

/// The filters that a link to the list may name.
const LINKED: [&str; 6] = ["owner_id", "contact_id", "company_id", "deal_id", "ticket_id", "term_id"];

/// The filters that the address names.
fn linked_filters() -> BTreeMap<String, String> {
    let query = use_query_map().get_untracked();
    let filter = |name: &str| Some((name.to_owned(), query.get(name)?));
    LINKED.into_iter().filter_map(filter).collect()
}

/// The list of calls.
#[component]
pub fn CallList() -> impl IntoView {
    let app = use_app();
    let creating = RwSignal::new(false);
    let chosen = ChosenFiles::new();
    let may_edit = app.may(Permission::EditCalls);
    let head = move || view! { <CallsHead current=CallsTab::Calls /> };
    let drop = move |event: DragEvent| {
        if let Some(files) = dropped(&event).filter(|_| may_edit.get_untracked()) {
            chosen.add(&files);
            creating.set(true);
        }
    };
    view! {
        <div class="call-list" on:dragover=move |event: DragEvent| event.prevent_default() on:drop=drop>
            <ListScreen kind=ObjectKind::Call head creating filters=linked_filters() />
        </div>
        <UploadDialog open=creating chosen />
    }
}
